package io.deungdae.simulators.dynamics;

import java.util.Arrays;

/**
 * A dead time: what goes in comes out a fixed number of steps later. Used by one thread at a time.
 */
public final class DeadTime {

  private final double[] line;
  private int at;

  /**
   * A dead time that has been fed the same value for ever.
   *
   * @param seconds length, s; rounded to whole steps, 0 for none
   * @param dt step, s
   * @param start that value
   */
  public DeadTime(double seconds, double dt, double start) {
    line = new double[(int) Math.rint(seconds / dt) + 1];
    Arrays.fill(line, start);
  }

  /** Puts a value in and takes out the one that is due. */
  public double step(double input) {
    line[at] = input;
    at = (at + 1) % line.length;
    return line[at];
  }
}
