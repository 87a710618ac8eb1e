package io.deungdae.simulators.moulding;

/**
 * How a simulated machine is set up.
 *
 * @param seed seed of all chance in it
 * @param dither how far people move setpoints about while LOCAL, as a share of their ordinary
 *     habit; 0 for the recipe
 * @param rules true when a setter corrects by rule what is seen on the parts
 * @param productChanges true when the product changes every few hours
 * @param watchdog plant seconds without a new heartbeat after which the PLC sheds to LOCAL
 */
public record MouldingSettings(
    long seed, double dither, boolean rules, boolean productChanges, double watchdog) {

  public MouldingSettings {
    if (!(dither >= 0 && dither <= 2)) {
      throw new IllegalArgumentException("dither must be from 0 to 2, found " + dither);
    }
    if (!(watchdog > 0)) {
      throw new IllegalArgumentException("watchdog must be positive, found " + watchdog);
    }
  }

  /** A machine with its people: habits, corrections and product changes. */
  public static MouldingSettings staffed(long seed, double watchdog) {
    return new MouldingSettings(seed, 1, true, true, watchdog);
  }

  /** A machine that nobody touches. */
  public static MouldingSettings unattended(long seed) {
    return new MouldingSettings(seed, 0, false, false, Moulding.WATCHDOG);
  }

  /** A machine that is only corrected by rule: the baseline that control is compared with. */
  public static MouldingSettings ruled(long seed) {
    return new MouldingSettings(seed, 0, true, false, Moulding.WATCHDOG);
  }
}
