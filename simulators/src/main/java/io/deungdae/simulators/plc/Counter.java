package io.deungdae.simulators.plc;

/**
 * A totalizer: adds up amounts and shows whole units, as an unsigned 32-bit counter that starts
 * again at 0 after 4,294,967,295. Used by one thread at a time.
 */
public final class Counter {

  private static final long MODULUS = 1L << 32;

  private long whole;
  private double part;

  /** Adds an amount, not negative, in the counter's unit. */
  public void add(double amount) {
    part += amount;
    long full = (long) part;
    part -= full;
    whole = (whole + full) % MODULUS;
  }

  /** Whole units. */
  public long whole() {
    return whole;
  }

  /** Whole units and what is on the way to the next. */
  public double exact() {
    return whole + part;
  }
}
