package io.deungdae.simulators.plc;

/**
 * A PID controller as a PLC has it: derivative on the measurement, output limits, output rate
 * limit, anti-windup by back-calculation (Åström and Hägglund, Advanced PID Control, ch. 3).
 *
 * <p>u = K·(e + ∫e/Ti dt − Td·dy/dt), with the integral pulled towards the output that was really
 * given whenever that differs. Allocates nothing. Used by one thread at a time.
 */
public final class Pid {

  private final double gain;
  private final double integral;
  private final double derivative;
  private final double low;
  private final double high;
  private final double rate;

  private double accumulated;
  private double output;
  private double last = Double.NaN;

  /**
   * A loop at output 0.
   *
   * @param gain output per unit of error
   * @param integral integral time, s
   * @param derivative derivative time, s
   * @param low lowest output
   * @param high highest output
   * @param rate greatest change of the output per second
   */
  public Pid(
      double gain, double integral, double derivative, double low, double high, double rate) {
    this.gain = gain;
    this.integral = integral;
    this.derivative = derivative;
    this.low = low;
    this.high = high;
    this.rate = rate;
  }

  /**
   * Takes over without a bump at the given output, which is what the actuator really has; the next
   * step starts from there. Call it in every scan in which something else drives the actuator.
   */
  public void track(double actual) {
    accumulated = actual;
    output = actual;
    last = Double.NaN;
  }

  /** The output, as last given. */
  public double output() {
    return output;
  }

  /**
   * The next output.
   *
   * @param setpoint what is wanted, in the unit of the measurement
   * @param measured what is measured
   * @param dt time since the last step, s, positive
   */
  public double step(double setpoint, double measured, double dt) {
    double slope = Double.isNaN(last) ? 0 : (measured - last) / dt;
    last = measured;
    double error = setpoint - measured;
    double wanted = gain * error + accumulated - gain * derivative * slope;
    double limited = Math.max(low, Math.min(high, wanted));
    limited = Math.max(output - rate * dt, Math.min(output + rate * dt, limited));
    accumulated += dt / integral * (gain * error + (limited - wanted));
    accumulated = Math.max(low - gainSpan(), Math.min(high + gainSpan(), accumulated));
    output = limited;
    return output;
  }

  private double gainSpan() {
    return high - low;
  }
}
