package io.deungdae.simulators.plating;

import io.deungdae.simulators.dynamics.Wander;
import java.util.SplittableRandom;

/**
 * Air in the hall: a day's cycle about 22 °C with slow weather on top; plant time 0 is eight in the
 * morning and the warmest hour is three in the afternoon. Without chance it stands at 22 °C.
 */
final class Hall {

  private static final double DAY = 86_400;
  private static final double WARMEST = 7 * 3600.0;

  private final double swing;
  private final Wander weather;
  private double temperature = 22;

  Hall(SplittableRandom random, boolean noise, double dt) {
    swing = noise ? 4.5 : 0;
    weather = new Wander(random, noise ? 1.0 : 0, 5400, dt);
  }

  void step(double time) {
    double phase = swing == 0 ? 0 : Math.cos(2 * Math.PI * (time - WARMEST) / DAY);
    temperature = 22 + swing * phase + weather.next();
  }

  /** °C. */
  double temperature() {
    return temperature;
  }
}
