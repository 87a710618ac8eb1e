package io.deungdae.simulators.plating;

import io.deungdae.simulators.dynamics.Lag;
import io.deungdae.simulators.plant.Severity;
import io.deungdae.simulators.plating.Ledger.Way;

/**
 * What the plating tank holds: liquid, heat, zinc, acid, brightener, iron. 4000 L of acid zinc
 * sulphate and chloride bath, ideally mixed.
 *
 * <p>Heat: d(ρc·V·T)/dt = U·I + r·ΔH + heater 24 kW + pump 0.8 kW − UA·u·(T − T_w) − UA_w·(T −
 * T_hall) − evaporation − rack + liquids; ρc 4.0 kJ/(L·K), coil 2.2 kW/K against chilled water of
 * 12 °C with a lag of 60 s, wall 0.08 kW/K. Reactions give 153.9 kJ/mol where zinc dissolves and
 * hydrogen comes instead (CRC).
 *
 * <p>Evaporation: ṁ = h·A·(0.9·p(T) − 0.55·p(T_hall)), p by Magnus' formula (WMO no. 8); h 0.0387
 * kg/(m²·h·hPa), which is (25 + 19·v) kg/(m²·h) per kg/kg of humidity for v 2 m/s of lip exhaust
 * (the usual formula for water surfaces, VDI 2089), A 5 m².
 *
 * <p>Zinc: anodes give what the current asks for less what makes oxygen, corrode by protons at 0.3
 * of the transport limit of a bare surface, the pump doses zinc chloride solution of 400 g/L; the
 * rack takes (I − I_H)·M/2F and the film on it.
 *
 * <p>Acid: H⁺ is used by hydrogen and corrosion, made by oxygen, dosed as sulphuric acid of 10
 * mol/L H⁺. pH by the bisulphate buffer, a = h + C·h/(K + h), C 0.25 mol/L, pK 1.99 (CRC), solved
 * for h.
 *
 * <p>Brightener is used per charge, in proportion to its content, 4.5 %/K more when warm. Iron
 * comes off the parts and is kept down by peroxide and filtration.
 */
final class Bath {

  /** Nominal volume, L. */
  static final double NOMINAL = 4000;

  /** Zinc in the dosed solution, g/L. */
  static final double CONCENTRATE = 400;

  /** Acid in the dosed solution, mol/L. */
  static final double ACID = 10;

  /** Heat of a litre per kelvin, kJ. */
  static final double LITRE_HEAT = 4.0;

  /** Film on a rack, L/m². */
  static final double FILM = 0.18;

  private static final double HEATER = 24;
  private static final double PUMP = 0.8;
  private static final double COIL = 2.2;
  private static final double CHILLED = 12;
  private static final double COIL_LAG = 60;
  private static final double WALL = 0.08;
  private static final double SURFACE = 5;
  private static final double TRANSFER = 0.0387;
  private static final double LATENT = 2450;
  private static final double BUFFER = 0.25;
  private static final double BUFFER_CONSTANT = Math.pow(10, -1.99);
  private static final double BRIM = 4150;
  private static final double ZINC_PUMP = 6.0 / 3600;
  private static final double ACID_PUMP = 10.0 / 3600;
  private static final double RETURN = 0.02;
  private static final double BRIGHTENER_USE = 25;
  private static final double IRON_USUAL = 0.08;
  private static final double STEEL = 0.46;
  private static final double RACK_EXCHANGE = 1.2;

  private final Ledger ledger = new Ledger();
  private final Lag cooling;

  private double volume = NOMINAL;
  private double heat;
  private double zinc;
  private double acid;
  private double brightener;
  private double iron = IRON_USUAL;
  private double protons;
  private double rackHeat;
  private double rackTemperature;
  private double coilPower;
  private double heaterPower;
  private double evaporation;
  private double returned;
  private double dosedZinc;
  private double dosedAcid;
  private double dosedBrightener;

  /** A bath at the standing recipe. */
  Bath(double dt) {
    cooling = new Lag(COIL_LAG, dt, 0.4);
    put(
        PlatingHandle.TEMPERATURE.reference(),
        PlatingHandle.PH.reference(),
        PlatingHandle.ZINC.reference(),
        4.2);
  }

  /**
   * Puts temperature (°C), pH, zinc (g/L) and brightener (mL/L); for the start and for studies. The
   * ledger does not see it.
   */
  void put(double celsius, double ph, double grams, double millilitres) {
    heat = LITRE_HEAT * volume * celsius;
    zinc = grams * volume;
    double h = Math.pow(10, -ph);
    acid = volume * (h + BUFFER * h / (BUFFER_CONSTANT + h));
    protons = h;
    brightener = millilitres * volume;
  }

  /** Heat, from the rectifier in kW, the coils by their outputs, the walls and the air. */
  void warm(
      double kilowatts,
      double duty,
      double effort,
      double hall,
      Severity<PlatingFault> faults,
      double dt) {
    double t = temperature();
    double cool = cooling.step(Math.max(0, effort));
    double fouled = 1 - 0.75 * faults.of(PlatingFault.COIL);
    coilPower = Math.max(0, COIL * fouled * cool * (t - CHILLED));
    heaterPower = HEATER * duty;
    evaporation = evaporates(t, hall) * (1 + 4 * faults.of(PlatingFault.EXHAUST));
    double away = evaporation * dt;
    double gain = ledger.book(Way.HEAT_CURRENT, kilowatts * dt);
    gain += ledger.book(Way.HEAT_HEATER, heaterPower * dt);
    gain += ledger.book(Way.HEAT_PUMP, PUMP * dt);
    gain += ledger.book(Way.HEAT_COIL, -coilPower * dt);
    gain += ledger.book(Way.HEAT_WALL, -WALL * (t - hall) * dt);
    gain += ledger.book(Way.HEAT_EVAPORATION, -away * (LATENT + LITRE_HEAT * t));
    gain += ledger.book(Way.HEAT_RACK, -rack(t, dt));
    heat += gain;
    volume += ledger.book(Way.LIQUID_EVAPORATED, -away);
  }

  private static double evaporates(double celsius, double hall) {
    double drive = 0.9 * vapour(celsius) - 0.55 * vapour(hall);
    return TRANSFER * SURFACE * Math.max(0, drive) / 3600;
  }

  /** Saturated vapour pressure, hPa: Magnus' formula. */
  private static double vapour(double celsius) {
    return 6.112 * Math.exp(17.62 * celsius / (243.12 + celsius));
  }

  private double rack(double celsius, double dt) {
    if (rackHeat <= 0) {
      return 0;
    }
    double taken =
        rackHeat * (celsius - rackTemperature) * -Math.expm1(-RACK_EXCHANGE * dt / rackHeat);
    rackTemperature += taken / rackHeat;
    return taken;
  }

  /**
   * Reactions: {@code plated} and {@code wasted} current in kA make zinc and hydrogen on the rack,
   * {@code oxygen} of it oxygen on the anodes; the anodes corrode by {@code corroding} kA more.
   */
  void react(double plated, double wasted, double oxygen, double corroding, double dt) {
    double amperes = 1000 * dt / 3600 * Zinc.GRAMS_PER_AH;
    zinc += ledger.book(Way.ZINC_ANODES, (plated + wasted - oxygen) * amperes);
    zinc += ledger.book(Way.ZINC_CORROSION, corroding * amperes);
    zinc += ledger.book(Way.ZINC_DEPOSITED, -plated * amperes);
    double faradays = 1000 * dt / Zinc.FARADAY;
    acid -= (wasted + corroding - oxygen) * faradays;
    double dissolving = (wasted + corroding) * faradays / 2 * Zinc.DISSOLUTION_HEAT;
    double splitting = oxygen * faradays / 2 * (Zinc.DISSOLUTION_HEAT + Zinc.WATER_HEAT);
    heat += ledger.book(Way.HEAT_REACTIONS, dissolving - splitting);
  }

  /** Dosing by pump outputs from 0 to 1, brightener in mL/s; liquids come at hall temperature. */
  void dose(double zincDuty, double acidDuty, double millilitres, double hall, double dt) {
    double a = ZINC_PUMP * zincDuty * dt;
    double b = ACID_PUMP * acidDuty * dt;
    zinc += ledger.book(Way.ZINC_DOSED, a * CONCENTRATE);
    acid += b * ACID;
    brightener += millilitres * dt;
    volume += ledger.book(Way.LIQUID_DOSED, a + b);
    heat += ledger.book(Way.HEAT_LIQUIDS, (a + b) * LITRE_HEAT * hall);
    dosedZinc = a * CONCENTRATE;
    dosedAcid = b * ACID;
    dosedBrightener = millilitres * dt;
  }

  /** Makes up from the drag-out tank while told to; gives the litres taken. */
  double makeUp(boolean open, double grams, double hall, double dt) {
    returned = open ? RETURN * dt : 0;
    volume += ledger.book(Way.LIQUID_RETURNED, returned);
    zinc += ledger.book(Way.ZINC_RETURNED, returned * grams);
    heat += ledger.book(Way.HEAT_LIQUIDS, returned * LITRE_HEAT * hall);
    return returned;
  }

  /** Uses up brightener by current (kA) and lets iron come and go. */
  void age(double current, double contaminated, double dt) {
    double hours = dt / 3600;
    double warm = Math.exp(0.045 * (temperature() - 25));
    brightener -= BRIGHTENER_USE * warm * brightener() * current * hours;
    double aim = IRON_USUAL + 0.6 * contaminated;
    iron += (aim - iron) * dt / (aim > iron ? 3600 : 6 * 3600);
    settle();
  }

  private void settle() {
    if (volume > BRIM) {
      double over = volume - BRIM;
      double share = over / volume;
      heat += ledger.book(Way.HEAT_LIQUIDS, -heat * share);
      zinc += ledger.book(Way.ZINC_OVERFLOW, -zinc * share);
      acid -= acid * share;
      brightener -= brightener * share;
      volume += ledger.book(Way.LIQUID_OVERFLOW, -over);
    }
    double free = Math.max(1e-6, acid / volume) - BUFFER_CONSTANT - BUFFER;
    double root = Math.sqrt(free * free + 4 * Math.max(1e-6, acid / volume) * BUFFER_CONSTANT);
    protons = 0.5 * (free + root);
  }

  /** A rack goes in, wet with rinse water; both at hall temperature. */
  void lower(double area, double mass, double hall) {
    double film = FILM * area;
    volume += ledger.book(Way.LIQUID_DRAGGED_IN, film);
    heat += ledger.book(Way.HEAT_LIQUIDS, film * LITRE_HEAT * hall);
    rackHeat = mass * STEEL;
    rackTemperature = hall;
  }

  /** The rack comes out; gives the litres that it takes along. */
  double raise(double area, double hasty) {
    double film = FILM * area * (1 + 0.8 * hasty);
    double share = film / volume;
    heat += ledger.book(Way.HEAT_LIQUIDS, -heat * share);
    zinc += ledger.book(Way.ZINC_DRAGGED_OUT, -zinc * share);
    acid -= acid * share;
    brightener -= brightener * share;
    volume += ledger.book(Way.LIQUID_DRAGGED_OUT, -film);
    rackHeat = 0;
    return film;
  }

  /** °C. */
  double temperature() {
    return heat / (LITRE_HEAT * volume);
  }

  /** L. */
  double volume() {
    return volume;
  }

  /** Heat above liquid at 0 °C, kJ. */
  double heat() {
    return heat;
  }

  /** Zinc in the bath, g. */
  double zincMass() {
    return zinc;
  }

  /** g/L. */
  double zinc() {
    return zinc / volume;
  }

  /** Free acid, mol/L. */
  double protons() {
    return protons;
  }

  double ph() {
    return -Math.log10(protons);
  }

  /** mL/L. */
  double brightener() {
    return brightener / volume;
  }

  /** Iron, g/L. */
  double iron() {
    return iron;
  }

  /** Heat that the coil takes out, kW. */
  double coilPower() {
    return coilPower;
  }

  /** Electrical power of the heater, kW. */
  double heaterPower() {
    return heaterPower;
  }

  /** kg/s. */
  double evaporation() {
    return evaporation;
  }

  /** Zinc dosed in the last step, g. */
  double dosedZinc() {
    return dosedZinc;
  }

  /** Acid dosed in the last step, mol. */
  double dosedAcid() {
    return dosedAcid;
  }

  /** Brightener dosed in the last step, mL. */
  double dosedBrightener() {
    return dosedBrightener;
  }

  /** In and out since the start. */
  Ledger ledger() {
    return ledger;
  }

  /** Zinc that the pump gives at full stroke, g/s. */
  static double mostZinc() {
    return ZINC_PUMP * CONCENTRATE;
  }

  /** Brightener at which use and dosing (mL/kAh) balance at a temperature, mL/L. */
  static double steadyBrightener(double dosing, double celsius, double litresPerKiloampereHour) {
    double warm = Math.exp(0.045 * (celsius - 25));
    return dosing / (BRIGHTENER_USE * warm + litresPerKiloampereHour);
  }
}
