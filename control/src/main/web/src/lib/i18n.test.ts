import { describe, expect, it } from 'vitest';
import { nameOf, textOf, texts, type TextKey } from './i18n';

const keys = Object.keys(texts) as TextKey[];
const HANGUL = /[가-힣]/;
/** What is written the same in both languages. */
const SAME = new Set(['REMOTE', 'LOCAL', 'PV', 'SP', '± {value} (1 σ)']);

function places(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();
}

describe('every text', () => {
  it.each(keys)('%s is there in both languages, with the same places', (key) => {
    const [en, ko] = texts[key];
    expect(en.trim()).not.toBe('');
    expect(ko.trim()).not.toBe('');
    expect(places(ko)).toEqual(places(en));
  });

  it('is Korean in Korean and English in English', () => {
    const crossed = keys.filter((key) => {
      const [en, ko]: readonly [string, string] = texts[key];
      // The button that changes the language is named in the other one.
      return key !== 'top.language' && (HANGUL.test(en) || (!HANGUL.test(ko) && !SAME.has(ko)));
    });
    expect(crossed).toEqual([]);
  });
});

it('fills places and leaves what it does not know', () => {
  expect(textOf('now.learning', 'en', { percent: '63 %' })).toBe('Learning the plant, 63 %');
  expect(textOf('now.learning', 'ko')).toContain('{percent}');
});

it('shows the name of a state that is newer than the page', () => {
  expect(nameOf('link', 'UP', 'ko')).toBe('정상');
  expect(nameOf('link', 'HIBERNATING', 'ko')).toBe('HIBERNATING');
});

it('has a word for every state the gateway can be in', () => {
  const wire: Record<string, string[]> = {
    mode: ['OBSERVE', 'ADVISE', 'SUPERVISED', 'AUTONOMOUS'],
    phase: ['STANDBY', 'INITIALISING', 'IN_FORCE', 'HOLDING', 'SHED'],
    link: ['DOWN', 'CONNECTING', 'UP', 'WAITING'],
    state: [
      ...['DETECTED', 'PROPOSED', 'AWAITING_APPROVAL', 'MOVING', 'SETTLING', 'VERIFYING', 'ROLLING_BACK', 'CLOSED'],
      ...['KEPT', 'ROLLED_BACK', 'REFUSED', 'ABANDONED', 'OPEN'],
    ],
    stage: [
      ...['DETECTED', 'CAUSE', 'PROPOSED', 'APPROVED', 'FIRST_WRITE', 'FIRST_CONFIRMED', 'ARRIVED', 'SETTLED'],
      ...['VERIFIED', 'CLOSED'],
    ],
    verdict: ['ALLOWED', 'LIMITED', 'REFUSED', 'FAILED', 'SUPERSEDED', 'BUSY'],
    outcome: ['CONFIRMED', 'MISMATCH', 'REFUSED', 'LATE', 'SUPERSEDED', 'FAILED', 'UNDER_WAY'],
    alarm: ['NORMAL', 'UNACKNOWLEDGED', 'ACKNOWLEDGED', 'RETURNED', 'SHELVED', 'SUPPRESSED', 'OUT_OF_SERVICE'],
    prio: ['LOW', 'MEDIUM', 'HIGH'],
    role: ['VIEWER', 'OPERATOR', 'ENGINEER', 'ADMIN'],
    quality: [
      ...['GOOD', 'UNCERTAIN_DEVICE', 'UNCERTAIN_STALE', 'UNCERTAIN_RANGE', 'UNCERTAIN_TIME', 'BAD_NO_LINK'],
      ...['BAD_TIMEOUT', 'BAD_REJECTED', 'BAD_DEVICE', 'BAD_NOT_FINITE', 'BAD_MALFORMED', 'NONE'],
    ],
  };
  const missing = Object.entries(wire).flatMap(([group, names]) =>
    names.map((name) => `${group}.${name}`).filter((key) => !(key in texts)),
  );
  expect(missing).toEqual([]);
});
