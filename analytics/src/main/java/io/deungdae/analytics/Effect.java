package io.deungdae.analytics;

import java.time.Instant;

/**
 * What control found out about a remedy; handed back to analytics, which learns from it and plans
 * what comes next.
 *
 * @param remedyId the remedy
 * @param fate what became of it
 * @param at when that was known
 * @param before objective measured before the moves
 * @param after objective measured after they had settled; NaN when it was not carried out
 */
public record Effect(String remedyId, Fate fate, Instant at, double before, double after) {

  /** What became of a remedy. */
  public enum Fate {
    /** Carried out, helped, kept. */
    KEPT,
    /** Carried out, did not help, undone. */
    ROLLED_BACK,
    /** Refused by the guards or by an operator. */
    REFUSED,
    /** Given up before it was complete. */
    ABANDONED
  }
}
