package io.deungdae.simulators.melting;

/**
 * How a simulated tank is set up.
 *
 * @param seed seed of all chance in it
 * @param noise false for a tank without disturbances and sensor noise, for studies
 * @param dither how far operators move setpoints about while LOCAL, as a share of their ordinary
 *     habit; 0 for none
 * @param rules true when operators correct setpoints by rule after each laboratory result
 * @param productChanges true when products change now and then
 * @param watchdog plant seconds without a new heartbeat after which the PLC sheds to LOCAL
 * @param remoteAfter plant seconds of steady heartbeat after which the operator turns the key to
 *     REMOTE; infinite for never
 * @param campaign plant seconds for which each product is run; 0 for six hours to a day, as chance
 *     will
 */
public record MeltingSettings(
    long seed,
    boolean noise,
    double dither,
    boolean rules,
    boolean productChanges,
    double watchdog,
    double remoteAfter,
    double campaign) {

  public MeltingSettings {
    if (!(dither >= 0 && dither <= 2)) {
      throw new IllegalArgumentException("dither must be from 0 to 2, found " + dither);
    }
    if (!(watchdog > 0) || !(remoteAfter > 0) || !(campaign >= 0)) {
      throw new IllegalArgumentException("times must be positive");
    }
  }

  /**
   * The tank of the demo site, run {@code speed} times as fast as real: the watchdog sheds after 5
   * s and the key turns after 100 s of steady heartbeat, as seen from outside.
   */
  public static MeltingSettings demo(long seed, double speed) {
    return new MeltingSettings(seed, true, 1, true, true, 5 * speed, 100 * speed, 0);
  }

  /** The same with another time before the key is turned. */
  public MeltingSettings remoteAfter(double seconds) {
    return new MeltingSettings(
        seed, noise, dither, rules, productChanges, watchdog, seconds, campaign);
  }

  /** The same with campaigns of so many plant seconds. */
  public MeltingSettings campaign(double seconds) {
    return new MeltingSettings(
        seed, noise, dither, rules, productChanges, watchdog, remoteAfter, seconds);
  }

  /** A tank without chance, operator or key, for searches and studies. */
  public static MeltingSettings still() {
    double never = Double.POSITIVE_INFINITY;
    return new MeltingSettings(1, false, 0, false, false, never, never, 0);
  }

  /** A tank with disturbances under its standing recipe. */
  public static MeltingSettings standing(long seed) {
    return new MeltingSettings(seed, true, 0, false, false, 300, Double.POSITIVE_INFINITY, 0);
  }

  /** A tank with disturbances whose operators correct by rule after each laboratory result. */
  public static MeltingSettings ruled(long seed) {
    return new MeltingSettings(seed, true, 0, true, false, 300, Double.POSITIVE_INFINITY, 0);
  }
}
