package io.deungdae.simulators.plating;

import io.deungdae.simulators.dynamics.DeadTime;
import io.deungdae.simulators.dynamics.Lag;
import io.deungdae.simulators.dynamics.Wander;
import io.deungdae.simulators.plant.Severity;
import java.util.SplittableRandom;

/**
 * The line's sensors: mixing dead time, lag, noise, slow drift. Thermometer 45 s dead, 20 s lag,
 * 0.04 °C noise, drift 0.08 °C; pH 90 s, 20 s, 0.01, drift 0.025; titrator every ten minutes, five
 * minutes late, 0.5 g/L; shunt 0.3 %.
 */
final class Instruments {

  private static final double TITRATION = 600;
  private static final double TITRATED = 300;

  private final SplittableRandom random;
  private final boolean noise;
  private final Measured seen = new Measured();
  private final DeadTime warmMixing;
  private final DeadTime acidMixing;
  private final Lag thermometer;
  private final Lag probe;
  private final Wander warmDrift;
  private final Wander acidDrift;
  private double sample = PlatingHandle.ZINC.reference();

  Instruments(SplittableRandom random, boolean noise, double dt) {
    this.random = random;
    this.noise = noise;
    warmMixing = new DeadTime(45, dt, PlatingHandle.TEMPERATURE.reference());
    acidMixing = new DeadTime(90, dt, PlatingHandle.PH.reference());
    thermometer = new Lag(20, dt, PlatingHandle.TEMPERATURE.reference());
    probe = new Lag(20, dt, PlatingHandle.PH.reference());
    warmDrift = new Wander(random.split(), noise ? 0.08 : 0, 12 * 3600.0, dt);
    acidDrift = new Wander(random.split(), noise ? 0.025 : 0, 12 * 3600.0, dt);
  }

  void look(
      Bath bath, Rectifier rectifier, Filter filter, Severity<PlatingFault> faults, double time) {
    double warm = thermometer.step(warmMixing.step(bath.temperature()));
    seen.temperature =
        warm + warmDrift.next() + error(0.04) - 7 * faults.of(PlatingFault.TEMPERATURE_PROBE);
    seen.hottest = bath.temperature();
    seen.ph =
        probe.step(acidMixing.step(bath.ph()))
            + acidDrift.next()
            + error(0.01)
            + 0.5 * faults.of(PlatingFault.PH_PROBE);
    seen.current = Math.max(0, rectifier.current() * (1 + error(0.003)));
    seen.voltage = Math.max(0, rectifier.voltage() + (rectifier.current() > 0 ? error(0.015) : 0));
    seen.ripple = rectifier.current() > 0.1 ? 100 * rectifier.ripple() + error(0.2) : 0;
    titrate(bath, time);
    seen.level = bath.volume() / Bath.NOMINAL * 100 + error(0.05);
    seen.flow = Math.max(0, filter.flow() + error(0.06));
    seen.pressure = Math.max(0, filter.pressure() + error(0.5));
  }

  /** The tanks before and after the bath. */
  void look(Degreaser degreaser, Rinses rinses) {
    seen.degreaser = degreaser.temperature() + error(0.1);
    seen.rinse = Math.max(0, rinses.conductivity() + error(4));
  }

  private void titrate(Bath bath, double time) {
    double phase = time % TITRATION;
    if (phase == 0) {
      sample = bath.zinc() + error(0.5);
    } else if (phase == TITRATED) {
      seen.zinc = sample;
    }
  }

  private double error(double sigma) {
    return noise ? sigma * random.nextGaussian() : 0;
  }

  /** What the PLC sees. */
  Measured seen() {
    return seen;
  }
}
