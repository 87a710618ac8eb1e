package io.deungdae.simulators.melting;

/**
 * The batch program: what the valves, the powder conveyor, the agitator and the pump do in each
 * phase, and when it is over.
 *
 * <p>How much hot water dissolves the powder follows from the recipe, so that the cold water which
 * brings the batch to its solids also brings it from the dissolving to the holding temperature:
 *
 * <pre>
 *   W = P·0.965·(1/s − 1) − 0.035·P                       all water, kg
 *   W_h = ((c_w·W + c_s·P)·T_h − c_s·P·T_d − c_w·W·14)/(c_w·(T_d − 14)),  150 to 330 kg
 * </pre>
 *
 * <p>Water is metered, powder weighed by the tank's load cells: P = 240 kg by the scale. Powder is
 * blown for 6 s of each 8 s; the scale counts in the pauses; the last 15 kg trickle.
 */
final class Batch {

  /** Powder of a batch by the scale, kg. */
  static final double POWDER = 240;

  /** Hot water, °C. */
  static final double HOT = 86;

  private static final double COLD = 14;
  private static final double WATER_FLOW = 7;
  private static final double BLOW = 3.4;
  private static final double TRICKLE = 0.6;
  private static final double MIX_SPEED = 60;
  private static final double RINSE_SPEED = 90;
  private static final int RINSE_EVERY = 8;
  private static final double RINSE_WATER = 110;
  private static final double EMPTY = 16;
  private static final double PLAUSIBLE = 1200;

  private Phase phase = Phase.FILL;
  private double inPhase;
  private double metered;
  private double tare;
  private double weighed;
  private double cold;
  private long count;
  private double started;
  private double lastMinutes;
  private double heatSeconds;
  private int sinceRinse;

  private double hotFlow;
  private double coldFlow;
  private double powderFlow;
  private double speed;
  private boolean blowing;

  /**
   * One scan; {@code plc} tells setpoints and the temperature it controls by.
   *
   * @param dt seconds
   */
  void scan(MeltingPlc plc, Gauges in, double time, double dt) {
    inPhase += dt;
    weigh(in, dt);
    hotFlow = 0;
    coldFlow = 0;
    powderFlow = 0;
    blowing = false;
    switch (phase) {
      case FILL -> fill(plc, dt);
      case CHARGE -> charge(plc);
      case HEAT -> heat(plc, in);
      case DISSOLVE -> dissolve(plc);
      case TEMPER -> temper(plc, in, dt);
      case FEED -> feed(plc, time);
      case RINSE -> rinse(dt);
      case DRAIN -> drain(time);
    }
  }

  private void weigh(Gauges in, double dt) {
    if (!blowing && in.weight() < PLAUSIBLE) {
      weighed += (in.weight() - weighed) * Math.min(1, dt / 2);
    }
  }

  private void fill(MeltingPlc plc, double dt) {
    speed = weighed > 60 ? plc.working(MeltingHandle.DISSOLVE_SPEED) : speed;
    double wanted = hotWater(plc) - 35 * plc.miskeyed();
    hotFlow = Math.min(WATER_FLOW, Math.max(0, wanted - metered) / dt);
    metered += hotFlow * dt;
    if (metered >= wanted - 1e-6 && inPhase > wanted / WATER_FLOW + 8) {
      tare = weighed;
      enter(Phase.CHARGE);
    }
  }

  private static double hotWater(MeltingPlc plc) {
    double water = water(plc, POWDER);
    double hold = plc.working(MeltingHandle.HOLD);
    double dissolve = plc.working(MeltingHandle.DISSOLVE);
    double solids = Liquor.SOLIDS * POWDER;
    double heat =
        (Liquor.WATER * water + solids) * hold - solids * dissolve - Liquor.WATER * water * COLD;
    double kg = heat / (Liquor.WATER * (dissolve - COLD));
    return Math.max(150, Math.min(Math.min(330, water), kg));
  }

  private static double water(MeltingPlc plc, double powder) {
    double solids = plc.working(MeltingHandle.SOLIDS) / 100;
    return powder * 0.965 * (1 / solids - 1) - 0.035 * powder;
  }

  private void charge(MeltingPlc plc) {
    speed = plc.working(MeltingHandle.DISSOLVE_SPEED);
    double missing = POWDER - (weighed - tare);
    if (missing > 15) {
      blowing = inPhase % 8 < 6;
      powderFlow = blowing ? BLOW : 0;
    } else if (missing > 0.5) {
      powderFlow = TRICKLE;
    } else {
      cold = Math.max(0, water(plc, POWDER) - metered);
      enter(Phase.HEAT);
    }
    if (inPhase > 900) {
      cold = Math.max(0, water(plc, Math.max(20, weighed - tare)) - metered);
      enter(Phase.HEAT);
    }
  }

  private void heat(MeltingPlc plc, Gauges in) {
    speed = plc.working(MeltingHandle.DISSOLVE_SPEED);
    heatSeconds = inPhase;
    if (in.melt() >= plc.working(MeltingHandle.DISSOLVE) - 1 || inPhase > 2400) {
      enter(Phase.DISSOLVE);
    }
  }

  private void dissolve(MeltingPlc plc) {
    speed = plc.working(MeltingHandle.DISSOLVE_SPEED);
    if (inPhase >= plc.working(MeltingHandle.DISSOLVE_TIME)) {
      metered = 0;
      enter(Phase.TEMPER);
    }
  }

  private void temper(MeltingPlc plc, Gauges in, double dt) {
    speed = MIX_SPEED;
    coldFlow = Math.min(WATER_FLOW, Math.max(0, cold - metered) / dt);
    metered += coldFlow * dt;
    boolean mixed = metered >= cold - 1e-6 && inPhase > cold / WATER_FLOW + 30;
    boolean cooled = Math.abs(in.melt() - plc.working(MeltingHandle.HOLD)) < 2.5;
    if (mixed && (cooled || inPhase > 900)) {
      enter(Phase.FEED);
    }
  }

  private void feed(MeltingPlc plc, double time) {
    double swing = Math.sin(2 * Math.PI * inPhase / 120);
    speed = plc.working(MeltingHandle.HOLD_SPEED) * (1 + 0.45 * swing);
    if (weighed < EMPTY && inPhase > 60) {
      finish(time);
      enter(sinceRinse >= RINSE_EVERY ? Phase.RINSE : Phase.FILL);
      metered = 0;
      speed = 0;
    }
  }

  private void finish(double time) {
    count++;
    sinceRinse++;
    lastMinutes = (time - started) / 60;
    started = time;
  }

  private void rinse(double dt) {
    speed = inPhase < 30 || inPhase > 270 ? 0 : RINSE_SPEED;
    hotFlow = Math.min(WATER_FLOW, Math.max(0, RINSE_WATER - metered) / dt);
    metered += hotFlow * dt;
    if (inPhase > 300) {
      enter(Phase.DRAIN);
    }
  }

  private void drain(double time) {
    speed = 0;
    if ((weighed < EMPTY && inPhase > 40) || inPhase > 240) {
      sinceRinse = 0;
      metered = 0;
      started = time;
      enter(Phase.FILL);
    }
  }

  private void enter(Phase next) {
    phase = next;
    inPhase = 0;
  }

  Phase phase() {
    return phase;
  }

  /** Seconds since the phase began. */
  double inPhase() {
    return inPhase;
  }

  /** Batches finished since the start. */
  long count() {
    return count;
  }

  /** Length of the last batch, minutes. */
  double lastMinutes() {
    return lastMinutes;
  }

  /** How long the last batch took to heat, s. */
  double heatSeconds() {
    return heatSeconds;
  }

  /** Hot water, kg/s. */
  double hotFlow() {
    return hotFlow;
  }

  /** Cold water, kg/s. */
  double coldFlow() {
    return coldFlow;
  }

  /** Powder, kg/s. */
  double powderFlow() {
    return powderFlow;
  }

  /** True while the conveyor blows. */
  boolean blowing() {
    return blowing;
  }

  /** Speed asked of the agitator, rpm. */
  double speed() {
    return speed;
  }

  /** Weight that the PLC goes by, kg. */
  double weighed() {
    return weighed;
  }
}
