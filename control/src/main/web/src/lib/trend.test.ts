import { describe, expect, it } from 'vitest';
import type { TagValue } from './api';
import { byTag, Columns, drawable } from './trend';

function value(partial: Partial<TagValue>): TagValue {
  return { tag: 'a', value: 1, unit: '', quality: 'GOOD', qualityCode: 0, sourceMs: 0, arrivalMs: 0, ageMs: 0, reason: null, ...partial };
}

describe('columns', () => {
  it('stay bounded through hours of pushes', () => {
    const columns = new Columns(2, 900, 900);
    for (let i = 0; i < 2 * 3600 * 8; i++) {
      columns.append(1_000_000 + i / 2, [i, null]);
    }
    expect(columns.times.length).toBeLessThan(1100);
    expect(columns.values.map((column) => column.length)).toEqual([columns.times.length, columns.times.length]);
    expect(columns.times.at(-1)).toBe(1_000_000 + (2 * 3600 * 8 - 1) / 2);
    expect(columns.times[0]).toBeGreaterThan((columns.times.at(-1) ?? 0) - 1000);
  });

  it('always end with the newest push, however dense they are', () => {
    const columns = new Columns(1, 86_400, 900);
    for (let i = 0; i < 1000; i++) {
      columns.append(i / 2, [i]);
      expect(columns.values[0]?.at(-1)).toBe(i);
    }
    expect(columns.times.length).toBeLessThan(12);
    expect([...columns.times]).toEqual([...columns.times].sort((a, b) => a - b));
  });

  it('put history in front of what was pushed while it was fetched', () => {
    const columns = new Columns(2, 100, 100);
    columns.append(10, [100, 1]);
    columns.append(12, [120, 2]);
    columns.prepend([
      { tag: 'a', unit: '', timesMs: [1000, 5000, 10_000], values: [10, null, 100] },
      { tag: 'b', unit: '', timesMs: [2000, 5000], values: [7, 8] },
    ]);
    expect(columns.times).toEqual([1, 2, 5, 10, 12]);
    expect(columns.values[0]?.[2]).toBeNull();
    expect(columns.values[0]?.[1]).toBeUndefined();
    expect(columns.values[1]).toEqual([undefined, 7, 8, undefined, 2]);
  });

  it('take two samples of the same millisecond in their stride', () => {
    const columns = new Columns(1, 100, 100);
    columns.prepend([{ tag: 'a', unit: '', timesMs: [1000, 1000, 2000], values: [1, 2, 3] }]);
    expect(columns.times).toEqual([1, 2]);
    expect(columns.values[0]).toEqual([1, 3]);
  });

  it('keep what was pushed when there is no history', () => {
    const columns = new Columns(1, 100, 100);
    columns.append(10, [1]);
    columns.prepend([{ tag: 'a', unit: '', timesMs: [], values: [] }]);
    expect(columns.times).toEqual([10]);
  });

  it('ignore a push that is not newer', () => {
    const columns = new Columns(1, 100, 100);
    columns.append(10, [1]);
    columns.append(10, [2]);
    columns.append(9, [3]);
    expect(columns.values[0]).toEqual([1]);
  });
});

describe('what is drawn', () => {
  it('leaves a gap for a bad value and none for an uncertain one', () => {
    expect(drawable(value({ value: 5, qualityCode: 200 }))).toBeNull();
    expect(drawable(value({ value: 5, qualityCode: 101 }))).toBe(5);
    expect(drawable(value({ value: true }))).toBe(1);
    expect(drawable(value({ value: 'text' }))).toBeNull();
    expect(drawable(undefined)).toBeNull();
  });

  it('finds the latest sample of each tag', () => {
    const map = byTag([[value({ tag: 'a' }), null], [value({ tag: 'b', value: 2 })]]);
    expect([...map.keys()]).toEqual(['a', 'b']);
  });
});
