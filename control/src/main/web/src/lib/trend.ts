// Columns of numbers for one chart: history joined once, pushes appended, the oldest dropped. Bounded by construction.

import type uPlot from 'uplot';
import type { TagValue, TrendData } from './api';

export type Column = (number | null | undefined)[];

/** A number to draw: flags as 0 and 1, bad values as gaps. */
export function drawable(value: TagValue | undefined): number | null {
  if (value === undefined || value.qualityCode >= 200 || value.qualityCode < 0) {
    return null;
  }
  if (typeof value.value === 'number') {
    return value.value;
  }
  return typeof value.value === 'boolean' ? Number(value.value) : null;
}

/** All latest samples of a push, by tag. */
export function byTag(lists: Iterable<Iterable<TagValue | null>>): Map<string, TagValue> {
  const map = new Map<string, TagValue>();
  for (const list of lists) {
    for (const value of list) {
      if (value !== null) {
        map.set(value.tag, value);
      }
    }
  }
  return map;
}

/** One history on common times: undefined where it has no point of its own. */
function aligned(timesS: readonly number[], trend: TrendData | undefined): Column {
  const { timesMs, values } = trend ?? { timesMs: [], values: [] };
  let next = 0;
  return timesS.map((time) => {
    while ((timesMs[next] ?? Infinity) / 1000 < time) {
      next++;
    }
    return (timesMs[next] ?? Infinity) / 1000 === time ? (values[next++] ?? null) : undefined;
  });
}

export class Columns {
  /** Seconds since 1970, ascending. */
  times: number[] = [];
  /** One column for each tag; null is a gap, undefined is no point at this time. */
  values: Column[];
  private lastAppended = -Infinity;

  /**
   * @param series number of columns
   * @param spanS seconds to keep
   * @param most points kept at most
   */
  constructor(
    series: number,
    private readonly spanS: number,
    private readonly most: number,
  ) {
    this.values = Array.from({ length: series }, () => []);
  }

  /** Puts history in front of what has been appended since it was asked for. */
  prepend(history: readonly TrendData[]): void {
    const live = { times: this.times, values: this.values };
    const past = [...new Set(history.flatMap((trend) => trend.timesMs))].sort((a, b) => a - b).map((ms) => ms / 1000);
    if (past.length === 0) {
      return;
    }
    const end = past.at(-1) ?? -Infinity;
    const from = live.times.findIndex((time) => time > end);
    const keep = from < 0 ? live.times.length : from;
    this.times = past.concat(live.times.slice(keep));
    this.values = live.values.map((column, i) => aligned(past, history[i]).concat(column.slice(keep)));
  }

  /** Appends one time. Points nearer to each other than can be seen take the place of the one before. */
  append(timeS: number, row: readonly (number | null)[]): void {
    const apart = this.spanS / this.most;
    const n = this.times.length;
    const newest = this.times[n - 1];
    if (newest !== undefined && timeS <= newest) {
      return;
    }
    // The newest point is provisional until it lies far enough from the one before it.
    const replace = newest === this.lastAppended && n > 1 && newest - (this.times[n - 2] ?? 0) < apart;
    const at = replace ? n - 1 : n;
    this.times[at] = timeS;
    this.values.forEach((column, i) => {
      column[at] = row[i] ?? null;
    });
    this.lastAppended = timeS;
    this.trim(timeS);
  }

  private trim(nowS: number): void {
    const oldest = nowS - this.spanS * 1.05;
    let drop = 0;
    while (drop < this.times.length && (this.times[drop] ?? 0) < oldest) {
      drop++;
    }
    drop = Math.max(drop, this.times.length - 4 * this.most);
    // In blocks: shifting thousands of numbers twice a second is work for nothing.
    if (drop > this.most / 20) {
      this.times.splice(0, drop);
      for (const column of this.values) {
        column.splice(0, drop);
      }
    }
  }

  data(): uPlot.AlignedData {
    return [this.times, ...this.values] as unknown as uPlot.AlignedData;
  }
}
