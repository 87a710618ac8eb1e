// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import golden from '../golden.json';
import type { Live, TagValue } from '../lib/api';
import { session } from '../lib/session.svelte';
import { story } from '../lib/story';
import Lamp from './Lamp.svelte';
import Value from './Value.svelte';

const live = golden.live as unknown as Live;
const unit = live.units[0];
const pv = unit?.loops[0]?.processValue as TagValue;

afterEach(cleanup);

describe('a value', () => {
  it('shows number and unit only, while it is good and fresh', () => {
    const { container } = render(Value, { value: pv });
    expect(container.textContent.replace(/\s+/g, ' ').trim()).toBe('866.4 °C');
  });

  it('shows its age when it is old, and looks old', () => {
    const { container } = render(Value, { value: { ...pv, ageMs: 95_000 } });
    expect(container.querySelector('.stale')).not.toBeNull();
    expect(container.textContent).toContain('1 min 35 s');
  });

  it('says why it is bad, in the language of the reader', () => {
    session.speak('ko');
    const { container } = render(Value, { value: { ...pv, value: null, quality: 'BAD_NO_LINK', qualityCode: 200 } });
    session.speak('en');
    expect(container.querySelector('.bad')).not.toBeNull();
    expect(container.textContent).toContain('불량: 연결 끊김');
  });
});

it('a lamp is grey when as it should be, and unknown is not well', () => {
  const look = (well: boolean | null) => render(Lamp, { name: 'PLC', text: 'x', well }).container.querySelector('.lamp')?.className ?? '';
  expect(look(true)).not.toMatch(/ill|unknown/);
  expect(look(false)).toMatch(/ill/);
  expect(look(null)).toMatch(/unknown/);
});

describe('the sentence of a unit', () => {
  if (unit === undefined) {
    throw new Error('the golden file has a unit');
  }
  const sound = { ...unit, insight: { ...unit.insight, anomaly: null } };

  it('names the cause and what is being done', () => {
    const decision = { ...(golden.decisions[0] as unknown as Parameters<typeof story>[1] & object), state: 'VERIFYING' };
    expect(story(unit, decision)).toEqual({
      tone: 'abnormal',
      text: 'Anomaly: Heater of zone 2 has lost power – verifying the effect',
    });
  });

  it('is calm when all is well, and when a decision has ended', () => {
    expect(story(sound, undefined)).toEqual({ tone: 'normal', text: 'Sound' });
    expect(story(unit, golden.decisions[0] as never).text).toBe('Anomaly: Heater of zone 2 has lost power');
  });

  it('says how far learning is', () => {
    const learning = { ...sound, insight: { ...sound.insight, state: 'LEARNING', progress: 0.634 } };
    expect(story(learning, undefined).text).toBe('Learning the plant, 63 %');
  });

  it('puts a tripped interlock before everything', () => {
    const tripped = { ...unit, handshake: { ...unit.handshake, interlock: true } };
    expect(story(tripped, undefined)).toEqual({ tone: 'abnormal', text: 'Interlock tripped' });
  });
});
