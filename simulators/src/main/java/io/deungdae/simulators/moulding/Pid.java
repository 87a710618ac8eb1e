package io.deungdae.simulators.moulding;

/** A PI temperature loop with an output from 0 to 1; its integral stops where the output does. */
final class Pid {

  private final double gain;
  private final double integralTime;
  private double integral;

  /**
   * A loop.
   *
   * @param gain output per kelvin
   * @param integralTime seconds
   */
  Pid(double gain, double integralTime) {
    this.gain = gain;
    this.integralTime = integralTime;
  }

  /** The output after {@code seconds} more with the given deviation (setpoint less value), in K. */
  double step(double deviation, double seconds) {
    double proportional = gain * deviation;
    double wanted = integral + gain * deviation * seconds / integralTime;
    double output = proportional + wanted;
    boolean windsUp = (output > 1 && deviation > 0) || (output < 0 && deviation < 0);
    if (!windsUp) {
      integral = Math.min(1, Math.max(0, wanted));
    }
    return Math.min(1, Math.max(0, proportional + integral));
  }
}
