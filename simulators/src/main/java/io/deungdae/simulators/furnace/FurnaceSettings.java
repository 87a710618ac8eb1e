package io.deungdae.simulators.furnace;

/**
 * How a simulated line is set up.
 *
 * @param seed seed of all chance in it
 * @param noise false for a line without disturbances and sensor noise, for studies
 * @param dither how far operators move setpoints about while LOCAL, as a share of their ordinary
 *     habit; 0 for a standing recipe
 * @param productChanges true when products change now and then
 * @param watchdog plant seconds without a new heartbeat after which the PLC sheds to LOCAL
 * @param remoteAfter plant seconds of steady heartbeat after which the operator turns the key to
 *     REMOTE; infinite for never
 * @param campaign plant seconds for which each product is run; 0 for lots of one to some hours, as
 *     chance will
 * @param rules true when a hardener corrects by rule what the inspection shows
 */
public record FurnaceSettings(
    long seed,
    boolean noise,
    double dither,
    boolean productChanges,
    double watchdog,
    double remoteAfter,
    double campaign,
    boolean rules) {

  /** A line that nobody corrects by rule. */
  public FurnaceSettings(
      long seed,
      boolean noise,
      double dither,
      boolean productChanges,
      double watchdog,
      double remoteAfter,
      double campaign) {
    this(seed, noise, dither, productChanges, watchdog, remoteAfter, campaign, false);
  }

  /** A line that changes products as chance will. */
  public FurnaceSettings(
      long seed,
      boolean noise,
      double dither,
      boolean productChanges,
      double watchdog,
      double remoteAfter) {
    this(seed, noise, dither, productChanges, watchdog, remoteAfter, 0);
  }

  public FurnaceSettings {
    if (!(dither >= 0 && dither <= 2)) {
      throw new IllegalArgumentException("dither must be from 0 to 2, found " + dither);
    }
    if (!(watchdog > 0) || !(remoteAfter > 0)) {
      throw new IllegalArgumentException("watchdog and remoteAfter must be positive");
    }
  }

  /**
   * The line of the demo site, run {@code speed} times as fast as real: the watchdog sheds after 5
   * s and the key turns after 100 s of steady heartbeat, as seen from outside.
   */
  public static FurnaceSettings demo(long seed, double speed) {
    return new FurnaceSettings(seed, true, 1, true, 5 * speed, 100 * speed);
  }

  /** The same with another time before the key is turned. */
  public FurnaceSettings remoteAfter(double seconds) {
    return new FurnaceSettings(
        seed, noise, dither, productChanges, watchdog, seconds, campaign, rules);
  }

  /** The same with campaigns of so many plant seconds. */
  public FurnaceSettings campaign(double seconds) {
    return new FurnaceSettings(
        seed, noise, dither, productChanges, watchdog, remoteAfter, seconds, rules);
  }

  /** A line without chance, operator or key, for searches and studies. */
  public static FurnaceSettings still() {
    return new FurnaceSettings(
        1, false, 0, false, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** A line that is only corrected by rule: the baseline that control is compared with. */
  public static FurnaceSettings ruled(long seed) {
    return new FurnaceSettings(seed, true, 0, false, 300, Double.POSITIVE_INFINITY, 0, true);
  }

  /** A line with disturbances under its standing recipe. */
  public static FurnaceSettings standing(long seed) {
    return new FurnaceSettings(seed, true, 0, false, 300, Double.POSITIVE_INFINITY);
  }
}
