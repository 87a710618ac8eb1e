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
 * <p>Switch-over. What has left the screw until it is at the switch-over position fills a share
 * {@code phi} of the cavity, by mass:
 *
 * <pre>
 * phi = (m_dose - m_leak - A s / v(p_peak, T)) v(dp_slot/2, T_cavity) / V
 * </pre>
 *
 * Beyond a full cavity the screw compresses melt: the pressure rises by {@code (B + p)/0.0894} for
 * each share, 19.5 MPa for 1 %, and what the mould is pushed open with rises with it; at 140 MPa
 * the screw stands and the machine changes early. What is not filled yet fills under hold pressure,
 * at {@code (p_hold/p_fill)^(1/0.45)} of the speed; the front cools meanwhile, less of the pressure
 * arrives, and what takes longer than 0.45 s stays empty.
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

  /** Pressure that compresses melt by its own volume, (B + p)/0.0894 at 80 MPa and 232 °C, MPa. */
  private static final double COMPRESSING = 1950;

  /** Share of the cavity over which an overflowing front comes to rest. */
  private static final double SOFT_END = 0.004;

  /** Share of the pressure of an overfilled cavity that is still there when the gate freezes. */
  private static final double FROZEN_IN = 0.08;

  /** Index of the melt's flow while the front slows down, over all shear rates in the slot. */
  private static final double SLOWING = 0.45;

  /** Time under hold pressure after which the front is frozen, and its spread, s. */
  private static final double FREEZING = 0.45;

  private static final double FREEZING_SPREAD = 0.05;

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

  /** Spread of the weight from shot to shot by what is not in the model, of the weight. */
  private static final double WEIGHING = 8e-4;

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
    double fluidity = USUAL_VISCOSITY / (thin * RESIN.viscosity(LEAK_SHEAR, melt));
    double hold = given.holdPressure() * (1 - 0.08 * bad.of(Cause.HYDRAULIC_LEAK));
    double dose = dose(given, melt);
    double usualFill = fillTime(given, given.speed());
    Leak lost = leak(bad, fluidity, hold, usualFill + given.holdTime());
    double early = (lost.back() + lost.out()) * usualFill / (usualFill + given.holdTime());
    Fill fill = fill(given, melt, thin, dose - early, hold);
    double pressing = fill.seconds() + given.holdTime();
    double leak = lost.back() + lost.out();
    double gate = freezing(melt, given.face());
    double sealed = Chances.above(pressing - gate, 0, 0.16);
    double core = core(given, melt, gate, 8 / (Math.PI * Math.PI));
    double wanted =
        transmitted(given, fluidity, hold) * (0.30 + 0.70 * sealed) * fill.arriving()
            + FROZEN_IN * fill.squeeze();
    double packed = mass(given.product(), wanted, core);
    double spare = dose - leak - packed;
    double cushion = Math.min(cushion(spare, hold, melt), fill.switched());
    double reach = Chances.above(cushion, 1.1, 0.35);
    double pressure = wanted * reach;
    double weight =
        Math.min(mass(given.product(), pressure, core), dose - leak)
            * fill.share()
            * (1 + WEIGHING * random.nextGaussian());
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
        fill.switched() + 0.02 * (given.speed() - 55) / 10 + 0.03 * random.nextGaussian(),
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
   * @param seconds until the change to holding
   * @param peak highest injection pressure, MPa
   * @param front temperature of the melt front at the end, °C
   * @param speed speed reached, mm/s
   * @param share share of the cavity filled in the end
   * @param need pressure that the wanted speed would have taken, MPa
   * @param switched screw position at the change to holding, mm
   * @param squeeze pressure in the cavity by melt beyond its volume, MPa
   * @param opening mean pressure in the cavity at the change to holding, MPa
   * @param arriving share of the pressure that arrives after a late end of filling
   */
  private record Fill(
      double seconds,
      double peak,
      double front,
      double speed,
      double share,
      double need,
      double switched,
      double squeeze,
      double opening,
      double arriving) {}

  private Fill fill(Conditions given, double melt, double thin, double ahead, double hold) {
    Severity<Cause> bad = given.severity();
    double speed = given.speed();
    double need = pressure(given, melt, thin, speed);
    double available = LIMIT;
    double slowed = speed * (1 - 0.40 * bad.of(Cause.HYDRAULIC_LEAK) * Math.min(1.2, need / 100));
    for (int i = 0; i < 6 && pressure(given, melt, thin, slowed) > available; i++) {
      slowed *= 0.85;
    }
    double full = Math.min(available, pressure(given, melt, thin, slowed));
    double mean = 0.5 * Math.min(full, slot(given, melt, thin, slowed));
    double asked = filled(given, melt, ahead, full, mean);
    double most = 1 + (available - full) / COMPRESSING;
    double filled = Math.min(asked, most);
    double switched =
        given.switchOver() + (asked - filled) * given.product().cavity() / SCREW * 1e3;
    double squeeze = squeeze(filled);
    double peak = Math.min(available, full * Math.min(1, filled) + squeeze);
    double seconds = Math.max(0.05, (given.dose() - switched) / slowed);
    double rest = Math.max(0, 1 - filled);
    double late = rest * seconds * Math.pow(full / Math.max(1, hold), 1 / SLOWING);
    double heated = DISSIPATED * peak * 1e6 * RESIN.volume(3e7, melt) / RESIN.heat();
    double cooling = seconds + Math.min(2, late);
    double lost = 0.45 * (melt - given.face()) * Math.sqrt(cooling / tau(given.product().wall()));
    double unfilled = rest * Chances.above(late, FREEZING, FREEZING_SPREAD);
    double share = 1 - 0.5 * Math.max(0, need / LIMIT - 1.25) - unfilled;
    double shown = peak * (1 + 0.006 * random.nextGaussian());
    return new Fill(
        seconds,
        shown,
        melt + heated - lost,
        slowed,
        Math.max(0.5, share),
        need,
        switched,
        squeeze,
        mean * Math.min(1, filled) + squeeze,
        1 - 0.15 * Math.min(1, late));
  }

  /** Time to the switch-over position at a speed, s. */
  private static double fillTime(Conditions given, double speed) {
    return Math.max(0.05, (given.dose() - given.switchOver()) / speed);
  }

  /** Share of the cavity that is filled at the switch-over position, by mass; 1 is full. */
  private static double filled(
      Conditions given, double melt, double ahead, double peak, double mean) {
    double left = SCREW * given.switchOver() * 1e-3 / RESIN.volume(peak * 1e6, melt);
    double inCavity = 0.8 * melt + 0.2 * given.face();
    return (ahead - left) * RESIN.volume(mean * 1e6, inCavity) / given.product().cavity();
  }

  /** Pressure by melt beyond the cavity's volume, MPa; rises smoothly from a cavity just full. */
  private static double squeeze(double filled) {
    double over = (filled - 1) / SOFT_END;
    double soft = over > 30 ? over : Math.log1p(Math.exp(over));
    return COMPRESSING * SOFT_END * soft;
  }

  /** Pressure that a speed takes at the nozzle's inlet, MPa. */
  private static double pressure(Conditions given, double melt, double thin, double speed) {
    Severity<Cause> bad = given.severity();
    double thickness = thin * RESIN.viscosity(rate(given, melt, speed), melt);
    double nozzle =
        14
            * (1 + 4 * bad.of(Cause.FILTER_CLOGGED))
            * Math.pow(speed / 55, 0.35)
            * Math.pow(thickness / 240, 0.8);
    double air = 12 * bad.of(Cause.VENT_BLOCKED) * Math.min(1.5, speed / 55);
    return slot(given, melt, thin, speed) + nozzle + air;
  }

  /** Height of the slot that frozen layers leave open, m. */
  private static double open(Conditions given, double melt, double speed) {
    Product product = given.product();
    double seconds = product.cavity() / (SCREW * speed * 1e-3);
    double frozen =
        0.42
            * Math.sqrt(RESIN.diffusivity() * seconds)
            * Math.max(0, NO_FLOW - given.face())
            / Math.max(20, melt - NO_FLOW);
    return Math.max(0.4 * product.wall(), product.wall() - 2 * frozen);
  }

  /** Shear rate in the slot, 1/s. */
  private static double rate(Conditions given, double melt, double speed) {
    double open = open(given, melt, speed);
    return 6 * SCREW * speed * 1e-3 / (Product.WIDTH * open * open);
  }

  /** Pressure that the slot takes when the front is at its end, MPa. */
  private static double slot(Conditions given, double melt, double thin, double speed) {
    double open = open(given, melt, speed);
    double thickness = thin * RESIN.viscosity(rate(given, melt, speed), melt);
    double flow = SCREW * speed * 1e-3;
    return 12e-6 * thickness * flow * Product.FLOW_LENGTH / (Product.WIDTH * open * open * open);
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
    double opening = Product.projectedArea() * Math.max(pressure, fill.opening()) * 1e6 / CLAMP;
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
