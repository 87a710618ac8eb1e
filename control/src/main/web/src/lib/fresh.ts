// How far a value can be trusted at sight.

export type Freshness = 'good' | 'stale' | 'uncertain' | 'bad';

/** Older than this, a value is no longer what the plant does now, however good it was. */
export const STALE_MS = 10_000;

export function freshness(qualityCode: number, ageMs: number): Freshness {
  if (qualityCode >= 200 || qualityCode < 0) {
    return 'bad';
  }
  if (qualityCode >= 100) {
    return 'uncertain';
  }
  return ageMs > STALE_MS ? 'stale' : 'good';
}
