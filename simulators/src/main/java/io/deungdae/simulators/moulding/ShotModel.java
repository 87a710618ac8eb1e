package io.deungdae.simulators.moulding;

import io.deungdae.simulators.plant.Severity;
import java.util.random.RandomGenerator;

/**
 * Makes one shot: fill, pack, cool, plasticize.
 *
 * <p>Fill. The cavity is a slot; with the frozen layer {@code d} on both faces {@code h' = h - 2d},
 *
 * <pre>
 * g = 6 Q / (w h'^2),  dp = 12 eta(g, T) Q L / (w h'^3) + dp_nozzle
 * d = 0.42 sqrt(a t_fill) (T_freeze - T_face) / (T_melt - T_freeze)
 * </pre>
 *
 * (Hele-Shaw flow; frozen layer by conduction.) The machine gives at most 140 MPa; what is wanted
 * beyond slows the fill.
 *
 * <p>Pack. The gate freezes after {@code t_g = s_g^2/(pi^2 a) ln(4/pi (T_melt - T_face)/(T_f -
 * T_face))}; until then the cavity has a share of the hold pressure, and the mass frozen in is
 * {@code V / v(p, T)} by pvT. Holding shorter than that lets melt flow back. Mass is balanced at
 * the screw: dose = part + leak + cushion. Without a cushion there is no pressure in the cavity; a
 * long one gives way, so that less of the hold pressure arrives. What the screw draws in is the
 * next dose less what is left of the last.
 *
 * <p>Cool. Core of a plate of thickness {@code h}: {@code T = T_face + 4/pi (T_melt - T_face)
 * exp(-t pi^2 a / h^2)} (Ballman and Shusman).
 *
 * <p>Plasticize. Drag flow less pressure flow: {@code Q = Q_drag - k p_back / eta}.
 *
 * <p>Geometry and the defects' limits are of a 150 t machine with a 42 mm screw and are set by
 * experience of the trade: a smooth rise of the chance about a limit of a physical quantity.
 */
final class ShotModel {

  private static final Resin RESIN = Resin.ABS;

  /** Area of the 42 mm screw, m². */
  private static final double SCREW = Math.PI / 4 * 0.042 * 0.042;

  /** Stroke that plasticizing usually fills: dosing stroke less the usual cushion, mm. */
  private static final double STROKE = 61;

  /** Loss of pressure on the way to the cavity for each mm of dosing stroke beyond the usual. */
  private static final double SOFT = 0.008;

  /** Share of injection's work, peak pressure times volume, that stays in the melt as heat. */
  private static final double DISSIPATED = 0.35;

  /** Screw position at which the machine changes to holding, mm. */
  private static final double SWITCH = 9.0;

  /** Highest injection pressure, MPa. */
  private static final double LIMIT = 140;

  /** Clamping force, N. */
  private static final double CLAMP = 1.5e6;

  /** Temperature below which ABS does not flow, °C. */
  private static final double NO_FLOW = 125;

  /** Half height of the gate that must freeze: s²/(pi² a) of a 1.7 mm gate, s. */
  private static final double GATE = tau(1.7e-3);

  /** Closing, opening, ejection and robot, s. */
  private static final double HANDLING = 3.6;

  /** Shear rate at which leaks are judged, 1/s. */
  private static final double LEAK_SHEAR = 100;

  private static final double USUAL_VISCOSITY = RESIN.viscosity(LEAK_SHEAR, 232);

  private final RandomGenerator random;
  private double wander;
  private double lastDose = Double.NaN;

  /** With the chance that makes no two shots alike. */
  ShotModel(RandomGenerator random) {
    this.random = random;
  }

  /** Time constant of a plate of a thickness in m, in s. */
  private static double tau(double thickness) {
    return thickness * thickness / (Math.PI * Math.PI * RESIN.diffusivity());
  }

  /** Share of the shots' spread due to uneven melt: standard deviation of its temperature, K. */
  static double spread(double backPressure, double unevenness) {
    return 0.8 + 3.2 * Math.exp(-backPressure / 4.5) + 0.40 * unevenness;
  }

  /** Rise of the melt's temperature by the screw's work, K, at a back pressure in MPa. */
  static double shear(double melt, double backPressure) {
    double thickness = Math.sqrt(RESIN.viscosity(LEAK_SHEAR, melt) / USUAL_VISCOSITY);
    return (14 + 1.1 * backPressure) * Math.min(2, thickness);
  }

  /** Makes a shot; {@code spread} is the standard deviation of the melt's temperature in K. */
  Shot make(Conditions given, double spread) {
    Severity<Cause> bad = given.severity();
    double melt = given.melt() + spread * random.nextGaussian();
    wander = 0.9 * wander + 0.44 * random.nextGaussian();
    double thin = 1 - 0.10 * bad.of(Cause.MATERIAL_MOIST);
    Fill fill = fill(given, melt, thin);
    double fluidity = USUAL_VISCOSITY / (thin * RESIN.viscosity(LEAK_SHEAR, melt));
    double hold = given.holdPressure() * (1 - 0.08 * bad.of(Cause.HYDRAULIC_LEAK));
    double pressing = fill.seconds() + given.holdTime();
    Leak lost = leak(bad, fluidity, hold, pressing);
    double leak = lost.back() + lost.out();
    double gate = freezing(melt, given.face());
    double sealed = Chances.above(pressing - gate, 0, 0.16);
    double core = core(given, melt, gate, 8 / (Math.PI * Math.PI));
    double wanted = transmitted(given, fluidity, hold) * (0.30 + 0.70 * sealed);
    double dose = dose(given, melt);
    double packed = mass(given.product(), wanted, core);
    double spare = dose - leak - packed;
    double cushion = cushion(spare, hold, melt);
    double reach = Chances.above(cushion, 1.1, 0.35);
    double pressure = wanted * reach;
    double weight =
        Math.min(mass(given.product(), pressure, core), dose - leak)
            * fill.share()
            * (1 + 3e-4 * random.nextGaussian());
    double plasticizing =
        plasticizing(given, fluidity, lost.out() * RESIN.volume(given.backPressure() * 1e6, melt));
    double cooling = Math.max(given.coolingTime(), plasticizing + 0.4);
    double inMould = fill.seconds() / 2 + given.holdTime() + cooling;
    double ejection = core(given, melt, inMould, 4 / Math.PI);
    double shrinkage = shrinkage(pressure, core);
    Chances chances = chances(given, melt, fill, weight, pressure, ejection, shrinkage);
    double mean = 0.6 * ejection + 0.4 * given.face();
    double injected = DISSIPATED * fill.peak() * 1e6 * given.product().cavity();
    double turned = weight + lost.out();
    double shearing = turned * RESIN.heat() * shear(given.melt(), given.backPressure());
    double drawn = turned + (Double.isNaN(lastDose) ? 0 : dose - lastDose);
    lastDose = dose;
    return new Shot(
        fill.seconds(),
        fill.peak(),
        SWITCH + 0.02 * (given.speed() - 55) / 10 + 0.03 * random.nextGaussian(),
        Math.max(0, cushion),
        plasticizing,
        fill.seconds() + given.holdTime() + cooling + HANDLING + stop(),
        weight * 1e3,
        given.face(),
        ejection,
        shrinkage,
        chances,
        work(given, fill, hold, plasticizing, shearing),
        weight * RESIN.heat() * (melt - mean) + injected,
        injected,
        shearing,
        weight * RESIN.heat() * (mean - Barrel.FEED),
        lost.out() * 1e3,
        drawn * 1e3);
  }

  // ---- fill

  /**
   * How the cavity filled.
   *
   * @param seconds fill time
   * @param peak injection pressure, MPa
   * @param front temperature of the melt front at the end, °C
   * @param speed speed reached, mm/s
   * @param share share of the cavity filled
   * @param need pressure that the wanted speed would have taken, MPa
   */
  private record Fill(
      double seconds, double peak, double front, double speed, double share, double need) {}

  private Fill fill(Conditions given, double melt, double thin) {
    Severity<Cause> bad = given.severity();
    double speed = given.speed();
    double need = pressure(given, melt, thin, speed);
    double available = LIMIT;
    double slowed = speed * (1 - 0.40 * bad.of(Cause.HYDRAULIC_LEAK) * Math.min(1.2, need / 100));
    for (int i = 0; i < 6 && pressure(given, melt, thin, slowed) > available; i++) {
      slowed *= 0.85;
    }
    double peak = Math.min(available, pressure(given, melt, thin, slowed));
    double seconds = fillTime(given.product(), slowed);
    double heated = DISSIPATED * peak * 1e6 * RESIN.volume(3e7, melt) / RESIN.heat();
    double lost = 0.45 * (melt - given.face()) * Math.sqrt(seconds / tau(given.product().wall()));
    double share = 1 - 0.5 * Math.max(0, need / LIMIT - 1.25);
    double shown = peak * (1 + 0.006 * random.nextGaussian());
    return new Fill(seconds, shown, melt + heated - lost, slowed, Math.max(0.5, share), need);
  }

  private static double fillTime(Product product, double speed) {
    return product.cavity() / (SCREW * speed * 1e-3);
  }

  private static double pressure(Conditions given, double melt, double thin, double speed) {
    Severity<Cause> bad = given.severity();
    Product product = given.product();
    double seconds = fillTime(product, speed);
    double frozen =
        0.42
            * Math.sqrt(RESIN.diffusivity() * seconds)
            * Math.max(0, NO_FLOW - given.face())
            / Math.max(20, melt - NO_FLOW);
    double open = Math.max(0.4 * product.wall(), product.wall() - 2 * frozen);
    double flow = SCREW * speed * 1e-3;
    double rate = 6 * flow / (Product.WIDTH * open * open);
    double thickness = thin * RESIN.viscosity(rate, melt);
    double slot =
        12 * thickness * flow * Product.FLOW_LENGTH / (Product.WIDTH * open * open * open);
    double nozzle =
        14e6
            * (1 + 4 * bad.of(Cause.FILTER_CLOGGED))
            * Math.pow(speed / 55, 0.35)
            * Math.pow(thickness / 240, 0.8);
    double air = 12e6 * bad.of(Cause.VENT_BLOCKED) * Math.min(1.5, speed / 55);
    return (slot + nozzle + air) * 1e-6;
  }

  // ---- pack

  /**
   * What leaves the space ahead of the screw.
   *
   * @param back past the check ring, kg; it waits behind the ring for the next shot
   * @param out at the nozzle, kg; it has to be plasticized anew
   */
  private record Leak(double back, double out) {}

  private Leak leak(Severity<Cause> bad, double fluidity, double hold, double pressing) {
    double push = fluidity * hold / 52 * pressing / 5.2;
    double ring = 0.25 + 3.7 * bad.of(Cause.CHECK_RING_WEAR);
    double ringSpread = 1 + (0.05 + 0.20 * bad.of(Cause.CHECK_RING_WEAR)) * wander;
    double nozzle = 4.1 * bad.of(Cause.NOZZLE_LEAK) * (1 + 0.10 * random.nextGaussian());
    return new Leak(
        Math.max(0, push * ring * ringSpread) * 1e-3, Math.max(0, push * nozzle) * 1e-3);
  }

  /** When the gate is frozen, s after the start of injection. */
  private static double freezing(double melt, double face) {
    double ratio = 4 / Math.PI * (melt - face) / Math.max(5, NO_FLOW - 8 - face);
    return GATE * Math.log(Math.max(1.1, ratio));
  }

  /** Temperature of the plate after some seconds, with the factor for its core or its mean. */
  private static double core(Conditions given, double melt, double seconds, double factor) {
    double decay = Math.min(1, factor * Math.exp(-seconds / tau(given.product().wall())));
    return given.face() + (melt - given.face()) * decay;
  }

  /** Mean pressure in the cavity, MPa. */
  private static double transmitted(Conditions given, double fluidity, double hold) {
    Severity<Cause> bad = given.severity();
    double share =
        0.70
            * (1 - SOFT * Math.max(0, given.dose() - Knob.DOSE.reference()))
            * Math.pow(fluidity, 0.15)
            * (1 - 0.24 * bad.of(Cause.FILTER_CLOGGED))
            * (1 - 0.12 * bad.of(Cause.NOZZLE_LEAK));
    return hold * Math.min(0.9, share);
  }

  /** Mass ahead of the screw, kg; the higher the back pressure, the denser and the fuller. */
  private double dose(Conditions given, double melt) {
    double filled = 1 - 0.055 * Math.exp(-given.backPressure() / 5);
    double volume = SCREW * given.dose() * 1e-3 * filled * (1 + 8e-4 * random.nextGaussian());
    return volume / RESIN.volume(given.backPressure() * 1e6, melt);
  }

  private static double mass(Product product, double megapascal, double celsius) {
    return product.cavity() / RESIN.volume(megapascal * 1e6, celsius);
  }

  private static double cushion(double spare, double hold, double melt) {
    return spare * RESIN.volume(hold * 1e6, melt) / SCREW * 1e3;
  }

  private static double shrinkage(double megapascal, double celsius) {
    return 100 * (1 - RESIN.volume(0, 25) / RESIN.volume(megapascal * 1e6, celsius));
  }

  // ---- the rest of the cycle

  private double plasticizing(Conditions given, double fluidity, double spilt) {
    double drag = 18.5e-6; // m³/s at the usual 80 rpm
    double back = 0.016 * given.backPressure() * Math.sqrt(fluidity);
    double flow = drag * Math.max(0.3, 1 - back);
    double volume = SCREW * STROKE * 1e-3 + spilt;
    return volume / flow * (1 + 0.008 * random.nextGaussian());
  }

  /** Seconds that the robot or the conveyor makes the machine wait; seldom. */
  private double stop() {
    double jitter = 0.04 * random.nextGaussian();
    return random.nextDouble() < 0.002 ? 4 + 16 * random.nextDouble() : jitter;
  }

  private static double work(
      Conditions given, Fill fill, double hold, double plasticizing, double shearing) {
    double injection = fill.peak() * 1e6 * given.product().cavity() / 0.60;
    double holding = (900 + 16 * hold) * given.holdTime();
    double torque = shearing / 0.65;
    double turning = 700 * plasticizing;
    double clamping = 24_000;
    return injection + holding + torque + turning + clamping;
  }

  private static Chances chances(
      Conditions given,
      double melt,
      Fill fill,
      double weight,
      double pressure,
      double ejection,
      double shrinkage) {
    Severity<Cause> bad = given.severity();
    double proper = mass(given.product(), 34, 122);
    double lightness = 100 * (1 - weight / proper);
    double opening = Product.projectedArea() * pressure * 1e6 / CLAMP;
    double moisture = 0.02 + 0.052 * bad.of(Cause.MATERIAL_MOIST);
    double steam = moisture * Math.exp((melt - 232) / 24) / (1 + (given.backPressure() - 9) / 28);
    double venting = 92 * (1 - 0.36 * bad.of(Cause.VENT_BLOCKED));
    return new Chances(
        Math.max(
            Chances.above(lightness, 1.9, 0.22), Chances.above(fill.need() / LIMIT, 1.15, 0.03)),
        Chances.above(opening, 0.975, 0.022),
        Chances.above(shrinkage + 0.02 * (ejection - 88), 2.05, 0.14),
        Chances.above(ejection, 97, 1.9),
        Chances.above(steam, 0.082, 0.009),
        Chances.above(fill.speed(), venting, 4.5),
        Math.max(Chances.above(-fill.front(), -194, 2.6), Chances.above(-given.face(), -37, 2.2)),
        Math.max(
            Chances.above(melt + 0.08 * fill.speed(), 268, 4.0),
            Chances.above(given.hottest(), 258, 4.5)),
        Chances.above(-given.coldest(), -188, 3.0));
  }
}
