package io.deungdae.simulators.plating;

/**
 * How a simulated line is set up.
 *
 * @param seed seed of all chance in it
 * @param noise false for a line without disturbances and sensor noise, for studies
 * @param dither how far operators move setpoints about while LOCAL, as a share of their ordinary
 *     habit; 0 for none
 * @param corrections true when operators correct the recipe by rule from laboratory results while
 *     LOCAL
 * @param productChanges true when products change now and then
 * @param watchdog plant seconds without a new heartbeat after which the PLC sheds to LOCAL
 * @param remoteAfter plant seconds of steady heartbeat after which the operator turns the key to
 *     REMOTE; infinite for never
 * @param campaign plant seconds for which each product is run; 0 for some hours, as chance will
 */
public record PlatingSettings(
    long seed,
    boolean noise,
    double dither,
    boolean corrections,
    boolean productChanges,
    double watchdog,
    double remoteAfter,
    double campaign) {

  public PlatingSettings {
    if (!(dither >= 0 && dither <= 2)) {
      throw new IllegalArgumentException("dither must be from 0 to 2, found " + dither);
    }
    if (!(watchdog > 0) || !(remoteAfter > 0) || !(campaign >= 0)) {
      throw new IllegalArgumentException("watchdog and remoteAfter must be positive");
    }
  }

  /**
   * A line of the demo site, run {@code speed} times as fast as real: the watchdog sheds after 5 s
   * and the key turns after 100 s of steady heartbeat, as seen from outside.
   */
  public static PlatingSettings demo(long seed, double speed) {
    return new PlatingSettings(seed, true, 1, false, true, 5 * speed, 100 * speed, 0);
  }

  /** The same with another time before the key is turned. */
  public PlatingSettings remoteAfter(double seconds) {
    return new PlatingSettings(
        seed, noise, dither, corrections, productChanges, watchdog, seconds, campaign);
  }

  /** The same with campaigns of so many plant seconds. */
  public PlatingSettings campaign(double seconds) {
    return new PlatingSettings(
        seed, noise, dither, corrections, productChanges, watchdog, remoteAfter, seconds);
  }

  /** A line without chance, operator or key, for searches and studies. */
  public static PlatingSettings still() {
    return new PlatingSettings(
        1, false, 0, false, false, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0);
  }

  /** A line with disturbances under its standing recipe. */
  public static PlatingSettings standing(long seed) {
    return new PlatingSettings(seed, true, 0, false, false, 300, Double.POSITIVE_INFINITY, 0);
  }

  /** A line as people run it without the gateway: standing recipe, corrections by rule. */
  public static PlatingSettings attended(long seed) {
    return new PlatingSettings(seed, true, 0, true, true, 300, Double.POSITIVE_INFINITY, 0);
  }
}
