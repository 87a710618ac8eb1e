package io.deungdae.simulators.furnace;

import io.deungdae.simulators.dynamics.Wander;
import io.deungdae.simulators.plant.Severity;
import java.util.SplittableRandom;

/**
 * The line itself, without its PLC: what physics does with given duties and drives in one second.
 * Beside chamber, belt, bath, atmosphere and inspection it has the washer and the dryer before the
 * furnace, and the meters.
 *
 * <p>Electricity: heaters + fans 4 × 0.55 kW + pumps, drives and controls 3.5 kW + salt cooler 1.5
 * kW at full fan + immersion heater. Gas: carrier generator 14 kW + 16 kW at full enriching valve +
 * washer and dryer, 5 kW and the heat that wet load takes from 20 to 95 °C.
 */
final class FurnaceLine {

  static final double DT = 1;

  private static final double DRIVE_LAG = 5;
  private static final double SENSOR_LAG = 6;
  private static final double CHARGE_TEMPERATURE = 95;

  private final boolean noise;
  private final SplittableRandom random;
  private final Wander loading;
  private final Wander draught;
  private final Wander gas;
  private final Wander saltSpots;
  private final Wander wash;
  private final Wander dry;

  private final Chamber chamber = new Chamber(860);
  private final Belt belt = new Belt(Product.of(1), 850);
  private final SaltBath bath = new SaltBath(332);
  private final Atmosphere atmosphere = new Atmosphere(0.45);
  private final Ambient ambient;
  private final Inspection inspection;
  private final Severity<FurnaceFault> faults = new Severity<>(FurnaceFault.values());

  private final double[] thermocouple = {860, 860, 860, 860};
  private double drive = FurnaceHandle.BELT.reference();
  private double effort;
  private double dryer = 100;
  private double washer = 67.7;
  private double valve;
  private Measured measured = new Measured(thermocouple.clone(), 860, 0.45, drive, 332);

  FurnaceLine(SplittableRandom random, boolean noise) {
    this.random = random;
    this.noise = noise;
    loading = new Wander(random.split(), noise ? 0.03 : 0, 40, DT);
    draught = new Wander(random.split(), noise ? 4.5 : 0, 120, DT);
    gas = new Wander(random.split(), noise ? 0.045 : 0, 120, DT);
    saltSpots = new Wander(random.split(), noise ? 0.4 : 0, 120, DT);
    wash = new Wander(random.split(), noise ? 1.6 : 0, 300, DT);
    dry = new Wander(random.split(), noise ? 0.4 : 0, 120, DT);
    ambient = new Ambient(random.split(), noise, DT);
    Product first = Product.of(1);
    double parts = drive / 1000 * first.partsPerMetre() * 60;
    inspection = new Inspection(random.split(), noise, parts);
  }

  /** One second under the PLC's outputs, ending at plant time {@code time}. */
  void step(FurnacePlc plc, Product product, double time) {
    faults.step(DT);
    ambient.step(time);
    effort = plc.effort();
    valve = plc.valve();
    drive += (plc.working(FurnaceHandle.BELT) - drive) * DT / DRIVE_LAG;
    atmosphere.step(valve, gas.next(), faults, DT);
    belt.heat(chamber.temperatures(), atmosphere.potential(), faults, DT);
    chamber.step(plc.duty(), belt.heat(), draught.next(), ambient.temperature(), faults, DT);
    convey(product, time);
    bath.step(effort, ambient.temperature(), faults, DT);
    inspection.step(time, DT);
    saltSpots.next();
    wash.next();
    dry.next();
    measure();
  }

  private void convey(Product product, double time) {
    double full = Math.max(0.5, 1 + loading.next());
    Charge dropped = belt.move(speed() / 60 * DT, product, full, CHARGE_TEMPERATURE + dry.value());
    if (dropped != null) {
      bath.drop(dropped);
      inspection.take(dropped, Quality.of(dropped, bath.temperature(), faults), time);
    }
  }

  private void measure() {
    double[] zones = new double[FurnaceHandle.ZONES];
    double hottest = 0;
    for (int i = 0; i < zones.length; i++) {
      double truth = chamber.temperature(i);
      thermocouple[i] += (truth - thermocouple[i]) * DT / SENSOR_LAG;
      zones[i] = thermocouple[i] + bias(i) + error(0.25);
      hottest = Math.max(hottest, truth);
    }
    double cp = atmosphere.potential() + 0.06 * faults.of(FurnaceFault.CP_PROBE) + error(0.003);
    dryer = 100 + dry.value() + error(0.05);
    washer = 67.7 + wash.value() + error(0.1);
    double salt = bath.temperature() + saltSpots.value() + error(0.15);
    measured = new Measured(zones, hottest, cp, drive + error(0.3), salt);
  }

  private double bias(int zone) {
    return switch (zone) {
      case 1 -> 22 * faults.of(FurnaceFault.THERMOCOUPLE_ZONE2);
      case 2 -> -16 * faults.of(FurnaceFault.THERMOCOUPLE_ZONE3);
      default -> 0;
    };
  }

  private double error(double sigma) {
    return noise ? sigma * random.nextGaussian() : 0;
  }

  /** True speed of the belt, mm/min. */
  double speed() {
    return drive * (1 - 0.15 * faults.of(FurnaceFault.BELT_SLIP));
  }

  /** Electrical power, kW. */
  double electric() {
    return chamber.power() + 4 * 0.55 + 3.5 + 1.5 * Math.max(0, effort) + SaltBath.heating(effort);
  }

  /** Gas as heat, kW. */
  double gas(Product product) {
    double flow = product.mass() * product.partsPerMetre() * speed() / 60_000;
    return 14 + 16 * valve + 5 + flow * Belt.HEAT * 75 / 0.7;
  }

  /** Dryer, °C. */
  double dryer() {
    return dryer;
  }

  /** Washer, °C. */
  double washer() {
    return washer;
  }

  Measured measured() {
    return measured;
  }

  Severity<FurnaceFault> faults() {
    return faults;
  }

  Ambient ambient() {
    return ambient;
  }

  Inspection inspection() {
    return inspection;
  }

  Chamber chamber() {
    return chamber;
  }

  Belt belt() {
    return belt;
  }

  SaltBath bath() {
    return bath;
  }

  Atmosphere atmosphere() {
    return atmosphere;
  }
}
