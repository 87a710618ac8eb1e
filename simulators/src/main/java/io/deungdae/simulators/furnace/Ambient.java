package io.deungdae.simulators.furnace;

import io.deungdae.simulators.dynamics.Wander;
import java.util.SplittableRandom;

/**
 * Air in the hall: a day's cycle about 22 °C and 55 % with slow weather on top. Plant time 0 is
 * eight in the morning; the warmest hour is three in the afternoon.
 */
final class Ambient {

  private static final double DAY = 86_400;
  private static final double START = 8 * 3600.0;
  private static final double WARMEST = 15 * 3600.0;

  private final double swing;
  private final Wander weather;
  private final Wander moisture;
  private double temperature = 22;
  private double humidity = 55;

  Ambient(SplittableRandom random, boolean noise, double dt) {
    swing = noise ? 5 : 0;
    weather = new Wander(random.split(), noise ? 1.0 : 0, 5400, dt);
    moisture = new Wander(random.split(), noise ? 4.0 : 0, 5400, dt);
  }

  void step(double time) {
    double phase = swing == 0 ? 0 : Math.cos(2 * Math.PI * (time + START - WARMEST) / DAY);
    temperature = 22 + swing * phase + weather.next();
    humidity = Math.max(15, Math.min(95, 55 - 2.2 * swing * phase + moisture.next()));
  }

  /** °C. */
  double temperature() {
    return temperature;
  }

  /** Relative, %. */
  double humidity() {
    return humidity;
  }
}
