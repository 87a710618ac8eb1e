// What a unit does now, in one sentence.

import type { Decision, Unit } from './api';
import { f, t, tl } from './session.svelte';
import { texts, type TextKey } from './i18n';

export type Tone = 'normal' | 'working' | 'attention' | 'abnormal';

export interface Story {
  tone: Tone;
  text: string;
}

const OPEN = new Set(['PROPOSED', 'AWAITING_APPROVAL', 'MOVING', 'SETTLING', 'VERIFYING', 'ROLLING_BACK']);

/** What is being done about it, empty for nothing. */
function doing(decision: Decision | undefined): string {
  const key = `now.${decision?.state ?? ''}`;
  return decision !== undefined && OPEN.has(decision.state) && key in texts ? t(key as TextKey) : '';
}

function found(unit: Unit): Story {
  const { insight } = unit;
  if (insight.anomaly !== null) {
    const cause = insight.anomaly.causes[0];
    return {
      tone: 'abnormal',
      text: cause === undefined ? t('now.searching') : t('now.anomaly', { cause: tl(cause.title) }),
    };
  }
  switch (insight.state) {
    case 'LEARNING':
      return { tone: 'normal', text: t('now.learning', { percent: f.percent(insight.progress) }) };
    case 'BLIND':
      return { tone: 'attention', text: t('now.blind') };
    case 'OUT_OF_RANGE':
      return { tone: 'attention', text: t('now.outOfRange') };
    case 'DRIFTED':
      return { tone: 'attention', text: t('now.drifted') };
    default:
      return { tone: 'normal', text: t('now.sound') };
  }
}

/** The sentence, and how much it should catch the eye. */
export function story(unit: Unit, decision: Decision | undefined): Story {
  if (unit.handshake.interlock) {
    return { tone: 'abnormal', text: t('now.interlock') };
  }
  const state = found(unit);
  const action = doing(decision);
  if (action === '') {
    return state;
  }
  const improving = decision?.kind === 'OPTIMISE' && state.tone === 'normal';
  return {
    tone: state.tone === 'normal' ? 'working' : state.tone,
    text: `${improving ? t('now.optimising') : state.text} – ${action}`,
  };
}

/** A short name for a tag within its unit: "zone1" of furnace.zone1.sp. */
export function shortName(tag: string): string {
  return tag.replace(/^[^.]+\./, '').replace(/\.(sp|pv|op)$/, '');
}
