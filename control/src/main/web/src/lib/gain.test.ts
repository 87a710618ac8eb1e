import { describe, expect, it } from 'vitest';
import { freshness, STALE_MS } from './fresh';
import { gain } from './gain';

describe('what a decision was worth', () => {
  const effect = { fate: 'KEPT', before: 800, predicted: 690, after: 700, noAction: 1000, unit: 'KRW/part' };

  it('is measured against no action, not against before', () => {
    expect(gain(effect, 'MINIMISE')).toEqual({ amount: -300, share: -0.3, better: true });
    expect(gain(effect, 'MAXIMISE')?.better).toBe(false);
  });

  it('falls back to before where no forecast was made', () => {
    expect(gain({ ...effect, noAction: null }, 'MINIMISE')?.amount).toBe(-100);
  });

  it('is nothing before it was measured', () => {
    expect(gain(null, 'MINIMISE')).toBeNull();
    expect(gain({ ...effect, after: null }, 'MINIMISE')).toBeNull();
  });
});

it('a good value that is old is stale, and a bad one is bad however fresh', () => {
  expect(freshness(0, 100)).toBe('good');
  expect(freshness(0, STALE_MS + 1)).toBe('stale');
  expect(freshness(101, 100)).toBe('uncertain');
  expect(freshness(200, 100)).toBe('bad');
  expect(freshness(-1, -1)).toBe('bad');
});
