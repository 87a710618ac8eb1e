package io.deungdae.simulators.plc;

/**
 * A limit alarm as ISA-18.2 (clause 10) wants it: it comes after an on-delay and goes after an
 * off-delay, with a deadband between the two limits, so that noise at the limit does not make it
 * chatter. Used by one thread at a time.
 */
public final class Alarm {

  private enum Side {
    ABOVE,
    BELOW,
    BEYOND
  }

  private final Side side;
  private final double limit;
  private final double deadband;
  private final double onDelay;
  private final double offDelay;
  private double held;
  private boolean active;

  private Alarm(Side side, double limit, double deadband, double onDelay, double offDelay) {
    if (!(deadband >= 0 && onDelay >= 0 && offDelay >= 0)) {
      throw new IllegalArgumentException("deadband and delays must not be negative");
    }
    this.side = side;
    this.limit = limit;
    this.deadband = deadband;
    this.onDelay = onDelay;
    this.offDelay = offDelay;
  }

  /** Comes above the limit, goes below the limit less the deadband. Delays in s. */
  public static Alarm above(double limit, double deadband, double onDelay, double offDelay) {
    return new Alarm(Side.ABOVE, limit, deadband, onDelay, offDelay);
  }

  /** Comes below the limit, goes above the limit plus the deadband. Delays in s. */
  public static Alarm below(double limit, double deadband, double onDelay, double offDelay) {
    return new Alarm(Side.BELOW, limit, deadband, onDelay, offDelay);
  }

  /** Comes when the deviation is beyond the limit either way. Delays in s. */
  public static Alarm beyond(double limit, double deadband, double onDelay, double offDelay) {
    return new Alarm(Side.BEYOND, limit, deadband, onDelay, offDelay);
  }

  /** One scan of {@code dt} seconds; the answer is {@link #active()}. */
  public boolean scan(double value, double dt) {
    boolean turns = active ? clears(value) : raises(value);
    held = turns ? held + dt : 0;
    if (turns && held >= (active ? offDelay : onDelay)) {
      active = !active;
      held = 0;
    }
    return active;
  }

  private boolean raises(double value) {
    return switch (side) {
      case ABOVE -> value > limit;
      case BELOW -> value < limit;
      case BEYOND -> Math.abs(value) > limit;
    };
  }

  private boolean clears(double value) {
    return switch (side) {
      case ABOVE -> value < limit - deadband;
      case BELOW -> value > limit + deadband;
      case BEYOND -> Math.abs(value) < limit - deadband;
    };
  }

  /** True while it stands. */
  public boolean active() {
    return active;
  }
}
