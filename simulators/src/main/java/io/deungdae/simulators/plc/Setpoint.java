package io.deungdae.simulators.plc;

/**
 * One setpoint of a PLC: the target as it was accepted, which is what reads back, and the working
 * value that follows it on a ramp. Targets outside the limits are refused, not clamped, when they
 * come from outside. Used by one thread at a time.
 */
public final class Setpoint {

  private final double low;
  private final double high;
  private final double ramp;
  private final double standing;
  private double target;
  private double working;

  /**
   * A setpoint at rest at its standing value.
   *
   * @param low lowest value that is accepted
   * @param high highest value that is accepted
   * @param standing value that the PLC falls back to, within the limits
   * @param ramp greatest change of the working value per second, positive
   */
  public Setpoint(double low, double high, double standing, double ramp) {
    if (!(low <= standing && standing <= high && ramp > 0)) {
      throw new IllegalArgumentException(
          "standing value outside its limits or no ramp: " + low + " " + standing + " " + high);
    }
    this.low = low;
    this.high = high;
    this.standing = standing;
    this.ramp = ramp;
    target = standing;
    working = standing;
  }

  /** Takes a target; false, and nothing changes, when it is not within the limits. */
  public boolean aim(double value) {
    if (!(value >= low && value <= high)) {
      return false;
    }
    target = value;
    return true;
  }

  /** Takes a target from a panel, moved to the nearest limit when it is outside. */
  public void place(double value) {
    target = Math.max(low, Math.min(high, value));
  }

  /** Puts target and working value at once; for recipes that are loaded, and for studies. */
  public void jump(double value) {
    place(value);
    working = target;
  }

  /** Goes to the standing value, by the ramp. */
  public void fallBack() {
    target = standing;
  }

  /** The target becomes what is at work now, so that whoever takes over moves nothing. */
  public void track() {
    target = working;
  }

  /** Lets {@code dt} seconds pass. */
  public void step(double dt) {
    double most = ramp * dt;
    working += Math.max(-most, Math.min(most, target - working));
  }

  /** The value as last accepted. */
  public double target() {
    return target;
  }

  /** The value on its ramp, which the loops use. */
  public double working() {
    return working;
  }
}
