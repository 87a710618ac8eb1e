package io.deungdae.simulators.plant;

/**
 * A fault that is on.
 *
 * @param id the true cause
 * @param size what it grows to, from 0 to 1
 * @param slope how fast, per hour of plant time; infinite for at once
 * @param since plant time at which it started, s
 * @param now its size at present
 */
public record ActiveFault(String id, double size, double slope, double since, double now) {

  public ActiveFault {
    if (!(size > 0 && size <= 1)) {
      throw new IllegalArgumentException("size must be above 0 and at most 1, found " + size);
    }
    if (!(slope > 0)) {
      throw new IllegalArgumentException("slope must be above 0, found " + slope);
    }
  }

  /** The same at a plant time. */
  ActiveFault at(double time) {
    double grown = Math.min(size, Math.max(0, time - since) / 3600 * slope);
    return new ActiveFault(id, size, slope, since, Double.isNaN(grown) ? size : grown);
  }

  /** True while it has not its full size. */
  boolean growing() {
    return now < size;
  }
}
