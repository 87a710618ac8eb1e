package io.deungdae.simulators.melting;

import io.deungdae.simulators.dynamics.DeadTime;
import io.deungdae.simulators.dynamics.Lag;
import io.deungdae.simulators.plant.Severity;
import java.util.SplittableRandom;

/**
 * What the PLC's inputs see of the tank.
 *
 * <p>Thermocouples in wells lag by 12 s (tank, after 3 s) and 4 s (jacket); with less than 40 kg in
 * the tank its well hangs in the gas and reads towards the hall's air. The load cells shake with
 * the agitator, and overflow by thousands of kg while powder is blown in, as they do in the
 * published data. Noise: 0.15 °C, 0.3 °C, 0.6 kg, 4 kg/h, 0.4 rpm, 0.4 kPa.
 */
final class Gauges {

  private static final double OVERFLOW = 55_252;

  private final SplittableRandom random;
  private final boolean noise;
  private final DeadTime way = new DeadTime(3, TankLine.DT, 45);
  private final Lag well = new Lag(12, TankLine.DT, 45);
  private final Lag gas = new Lag(90, TankLine.DT, 45);
  private final Lag jacketWell = new Lag(4, TankLine.DT, 45);
  private double frozen = Double.NaN;
  private double melt = 45;
  private double limiter = 45;
  private double jacket = 45;
  private double weight;
  private double feed;
  private double speed;
  private double pressure;

  Gauges(SplittableRandom random, boolean noise) {
    this.random = random;
    this.noise = noise;
  }

  /** Reads everything, once a step. */
  void read(TankLine line, boolean blowing) {
    Vessel vessel = line.vessel();
    Severity<MeltingFault> faults = line.faults();
    double covered = Math.min(1, vessel.mass() / 40);
    double around =
        covered * vessel.temperature()
            + (1 - covered) * (0.6 * line.ambient() + 0.4 * vessel.temperature());
    double truth = well.step(gasped(covered, way.step(around)));
    limiter = truth + error(0.3);
    melt = hold(truth + 5 * faults.of(MeltingFault.THERMOCOUPLE) + error(0.15), faults);
    jacket = jacketWell.step(line.shell().jacket()) + error(0.3);
    speed = Math.max(0, line.agitator().drive() + (line.agitator().drive() > 1 ? error(0.4) : 0));
    weight = weigh(vessel.mass(), blowing, faults);
    feed = Math.max(0, 3600 * line.feed() + (line.feed() > 0 ? error(4) : 0));
    pressure = Math.max(0, line.strain() + error(0.4));
  }

  private double gasped(double covered, double value) {
    double slow = gas.step(value);
    return covered < 1 ? slow : value;
  }

  private double hold(double reading, Severity<MeltingFault> faults) {
    double share = faults.of(MeltingFault.FROZEN);
    if (share == 0) {
      frozen = Double.NaN;
      return reading;
    }
    frozen = Double.isNaN(frozen) ? reading : frozen;
    return frozen + (1 - share) * (reading - frozen);
  }

  private double weigh(double mass, boolean blowing, Severity<MeltingFault> faults) {
    double scale = 1 + 0.06 * faults.of(MeltingFault.LOAD_CELL);
    if (noise && blowing) {
      return Math.min(OVERFLOW, Math.exp(8.72 + 0.55 * random.nextGaussian()));
    }
    double shake = speed / 174;
    return Math.max(0, mass * scale + error(0.6 + 2.4 * shake * shake));
  }

  private double error(double sigma) {
    return noise ? sigma * random.nextGaussian() : 0;
  }

  /** Tank, °C. */
  double melt() {
    return melt;
  }

  /** Limiter of the tank, with a well of its own, °C. */
  double limiter() {
    return limiter;
  }

  /** Jacket, °C. */
  double jacket() {
    return jacket;
  }

  /** Load cells, kg. */
  double weight() {
    return weight;
  }

  /** Flow to the dryer, kg/h. */
  double feed() {
    return feed;
  }

  /** Speed of the agitator's drive, rpm. */
  double speed() {
    return speed;
  }

  /** Across the strainer, kPa. */
  double pressure() {
    return pressure;
  }
}
