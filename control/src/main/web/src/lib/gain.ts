// What a decision was worth.

import type { Effect } from './api';

export interface Gain {
  /** Measured after less what it would have been without, in the objective's unit. */
  amount: number;
  /** The same as a share of what it would have been. */
  share: number;
  better: boolean;
}

/** Against no action where the model gave a forecast of it, else against before; null while not measured. */
export function gain(effect: Effect | null, direction: string): Gain | null {
  const reference = effect?.noAction ?? effect?.before ?? null;
  const after = effect?.after ?? null;
  if (reference === null || after === null) {
    return null;
  }
  const amount = after - reference;
  return {
    amount,
    share: reference === 0 ? 0 : amount / Math.abs(reference),
    better: direction === 'MAXIMISE' ? amount > 0 : amount < 0,
  };
}
