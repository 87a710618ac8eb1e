package io.deungdae.simulators.melting;

import io.deungdae.simulators.dynamics.Wander;
import io.deungdae.simulators.plant.Severity;
import java.util.SplittableRandom;

/**
 * The tank without its PLC: what physics does in one second with given valves and drives.
 *
 * <p>Chance: the powder comes in lots of four to nine batches (moisture 3.5 ± 0.4 %, lumping ± 15
 * %); hot water 86 ± 0.6 °C, cold water 14 ± 1.2 °C, steam 4.0 ± 0.1 bar absolute, each wandering
 * over hours; hall 22 ± 5 °C over the day with weather on top.
 *
 * <p>Discharge: F = 1500·u/√(1 + R) kg/h, pump speed u, strainer R = 0.15 clean; it fills with
 * lumps (0.15 for each kg of them) and is cleaned with every rinse; Δp = 8 kPa·(F/1080)²·R/0.15.
 */
final class TankLine {

  /** Step, s. */
  static final double DT = 1;

  private static final double STEAM = 4.0;
  private static final double CLEAN = 0.15;
  private static final double DAY = 86_400;

  private final SplittableRandom random;
  private final boolean noise;
  private final Vessel vessel = new Vessel();
  private final Shell shell = new Shell(45);
  private final Agitator agitator = new Agitator();
  private final Severity<MeltingFault> faults = new Severity<>(MeltingFault.values());
  private final Gauges gauges;
  private final Wander hot;
  private final Wander cold;
  private final Wander supply;
  private final Wander weather;

  private double ambient = 22;
  private double moisture = 0.035;
  private double lumping = 1;
  private long lotUntil;
  private double fouled = CLEAN;
  private double feed;
  private double strain;
  private double hotWater;
  private double hotHeat;
  private double steamed;
  private double electric;
  private double pumpPower;
  private boolean rinsed;

  TankLine(SplittableRandom random, boolean noise) {
    this.random = random;
    this.noise = noise;
    gauges = new Gauges(random.split(), noise);
    hot = new Wander(random.split(), noise ? 0.6 : 0, 7200, DT);
    cold = new Wander(random.split(), noise ? 1.2 : 0, 6 * 3600, DT);
    supply = new Wander(random.split(), noise ? 0.1 : 0, 1800, DT);
    weather = new Wander(random.split(), noise ? 1.0 : 0, 5400, DT);
  }

  /** One second under the PLC's outputs, ending at plant time {@code time}. */
  void step(MeltingPlc plc, double time) {
    faults.step(DT);
    double phase = noise ? Math.cos(2 * Math.PI * (time - 7 * 3600) / DAY) : 0;
    ambient = 22 + 5 * phase + weather.next();
    double hotNow = Batch.HOT + hot.next();
    double coldNow = 14 + cold.next();
    double steam = Math.max(1.1, STEAM - 2.8 * faults.of(MeltingFault.STEAM_LOW) + supply.next());
    Batch batch = plc.batch();
    lot(batch);
    charge(plc, hotNow, coldNow);
    agitator.step(
        plc.interlock() ? 0 : plc.speed(),
        vessel.level(),
        vessel.solids(),
        vessel.viscosity(),
        faults,
        DT);
    double wall =
        shell.step(
            plc.effort(),
            steam,
            vessel.area(),
            agitator.film(),
            vessel.resistance(),
            vessel.temperature(),
            ambient,
            faults,
            DT);
    vessel.step(wall, agitator, shell.skin(), plc.product().thickness(), ambient, faults, DT);
    discharge(plc);
    meter(hotNow);
    gauges.read(this, batch.blowing());
  }

  private void lot(Batch batch) {
    if (noise && batch.count() >= lotUntil && batch.phase() == Phase.FILL) {
      lotUntil = batch.count() + 4 + random.nextInt(6);
      moisture = Math.max(0.02, 0.035 + 0.004 * random.nextGaussian());
      lumping = Math.exp(0.15 * random.nextGaussian());
    }
  }

  private void charge(MeltingPlc plc, double hotNow, double coldNow) {
    Batch batch = plc.batch();
    boolean open = !plc.interlock();
    hotWater = open ? batch.hotFlow() * DT : 0;
    if (hotWater > 0) {
      vessel.water(hotWater, hotNow);
    }
    if (open && batch.coldFlow() > 0) {
      vessel.water(batch.coldFlow() * DT, coldNow);
    }
    if (open && batch.powderFlow() > 0) {
      double wet = faults.of(MeltingFault.WET);
      vessel.powder(
          batch.powderFlow() * DT,
          moisture + 0.03 * wet,
          ambient,
          lumping * plc.product().lumping() * (1 + 3 * wet),
          agitator.speed());
    }
  }

  private void discharge(MeltingPlc plc) {
    double resistance = fouled + CLEAN * 8.6 * faults.of(MeltingFault.STRAINER);
    double wanted = 1500.0 / 3600 * plc.pump() / Math.sqrt(1 + resistance);
    double scarce = Math.min(1, vessel.mass() / 8);
    boolean draining = plc.batch().phase() == Phase.DRAIN;
    double lumps = vessel.lumps() * vessel.solids();
    double kg = vessel.draw((draining ? 4 * plc.pump() : wanted * scarce) * DT);
    feed = draining ? 0 : kg / DT;
    double flow = feed * 3600 / 1080;
    strain = 8 * flow * flow * resistance / CLEAN;
    pumpPower = plc.pump() > 0 ? 0.2 + 0.8 * plc.pump() + feed * strain / 500 : 0;
    if (draining) {
      rinsed = true;
    } else if (rinsed) {
      rinsed = false;
      fouled = CLEAN;
      vessel.clean();
    }
    fouled += draining ? 0 : 0.15 * lumps * kg;
  }

  private void meter(double hotNow) {
    hotHeat = hotWater * Liquor.WATER * (hotNow - 14);
    // The hot water is made with steam, 2,100 kJ of it in a kg.
    steamed = shell.steam() * DT + hotHeat / 2100;
    electric = agitator.electric() + pumpPower + 1.5;
  }

  Gauges gauges() {
    return gauges;
  }

  Severity<MeltingFault> faults() {
    return faults;
  }

  Vessel vessel() {
    return vessel;
  }

  Shell shell() {
    return shell;
  }

  Agitator agitator() {
    return agitator;
  }

  /** Air in the hall, °C. */
  double ambient() {
    return ambient;
  }

  /** Liquor to the dryer, kg/s. */
  double feed() {
    return feed;
  }

  /** Across the strainer, kPa. */
  double strain() {
    return strain;
  }

  /** Steam used in the last second, with that for hot water, kg. */
  double steamed() {
    return steamed;
  }

  /** Electrical power of agitator, pump and panel, kW. */
  double electric() {
    return electric;
  }

  /** Moisture of the present lot of powder, share, without a fault. */
  double moisture() {
    return moisture;
  }
}
