package io.deungdae.control.guard;

/** What the guards say to a proposal. */
public sealed interface Verdict {

  /** What may be written now, in the tag's unit; NaN when nothing may. */
  double value();

  /**
   * It may be written as proposed.
   *
   * @param value the proposed value
   */
  record Allowed(double value) implements Verdict {}

  /**
   * Only a part of the way may be gone now.
   *
   * @param requested the proposed value
   * @param value what may be written now
   * @param reason what stands against the rest
   */
  record Limited(double requested, double value, Reason reason) implements Verdict {}

  /**
   * Nothing may be written now.
   *
   * @param requested the proposed value
   * @param reason why
   */
  record Refused(double requested, Reason reason) implements Verdict {
    @Override
    public double value() {
      return Double.NaN;
    }
  }
}
