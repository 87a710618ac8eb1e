package io.deungdae.simulators.moulding;

import io.deungdae.simulators.plc.Pid;
import java.util.Arrays;

/**
 * The barrel: four heated zones and the resin that passes through them.
 *
 * <pre>
 * C dT_i/dt = P_i + G (T_(i-1) - T_i) + G (T_(i+1) - T_i) - U (T_i - T_ambient) - q_i
 * T_resin,i = T_i + (T_resin,i-1 - T_i) exp(-K / (m cp)) + dT_shear / 4
 * q_i       = m cp (T_resin,i - T_resin,i-1 - dT_shear / 4)
 * </pre>
 *
 * P is a PI loop's duty times the heater's power. A thermocouple follows its zone with a lag of 8
 * s.
 */
final class Barrel {

  static final int ZONES = 4;

  /** Heat capacity of a zone: 22 kg of steel at 470 J/(kg·K). */
  private static final double CAPACITY = 22 * 470;

  /** Power of a heater band, W. */
  private static final double HEATER = 2000;

  /** Conduction between neighbouring zones, W/K. */
  private static final double BETWEEN = 3.0;

  /** Loss of an insulated zone to the room, W/K. */
  private static final double LOSS = 1.6;

  /** Barrel wall to resin, W/K, for one zone. */
  private static final double TO_RESIN = 10.0;

  /** Resin from the hopper dryer, °C. */
  static final double FEED = 75;

  private static final double THERMOCOUPLE_LAG = 8;

  private final double[] zone = new double[ZONES];
  private final double[] measured = new double[ZONES];
  private final double[] resin = new double[ZONES];
  private final double[] before = new double[ZONES];
  private final Pid[] loops = new Pid[ZONES];
  private final double[] duty = new double[ZONES];
  private double heaters;
  private double loss;

  /** A barrel at temperature: each zone at its setpoint. */
  Barrel(double[] setpoints) {
    for (int i = 0; i < ZONES; i++) {
      zone[i] = setpoints[i];
      measured[i] = setpoints[i];
      resin[i] = setpoints[i];
      loops[i] = new Pid(0.06, 180, 0, 0, 1, 1);
    }
  }

  /**
   * Lets time pass.
   *
   * @param seconds how long
   * @param setpoints of the zones, °C
   * @param ambient °C
   * @param flow mass flow of resin, kg/s; 0 when the machine stands
   * @param shear rise of the melt's temperature by the screw's work, K
   * @param z2Power share of zone 2's heating power that is left
   * @param z3Drift error of zone 3's thermocouple, K
   */
  void step(
      double seconds,
      double[] setpoints,
      double ambient,
      double flow,
      double shear,
      double z2Power,
      double z3Drift) {
    heaters = 0;
    loss = 0;
    double capacityFlow = Math.max(0.2, flow * Resin.ABS.heat());
    double kept = Math.exp(-TO_RESIN / capacityFlow);
    double entering = FEED;
    System.arraycopy(zone, 0, before, 0, ZONES);
    for (int i = 0; i < ZONES; i++) {
      duty[i] = loops[i].step(setpoints[i], measured[i], seconds);
      double power = duty[i] * HEATER * (i == 1 ? z2Power : 1);
      heaters += power;
      double leaving = before[i] + (entering - before[i]) * kept;
      double taken = flow * Resin.ABS.heat() * (leaving - entering);
      double exchanged = BETWEEN * (neighbour(before, i - 1, i) + neighbour(before, i + 1, i));
      double lost = LOSS * (before[i] - ambient);
      loss += lost;
      double net = power + exchanged - lost - taken;
      zone[i] += net / CAPACITY * seconds;
      resin[i] = leaving + shear / ZONES;
      entering = resin[i];
      double read = zone[i] + (i == 2 ? z3Drift : 0);
      measured[i] += (read - measured[i]) * seconds / THERMOCOUPLE_LAG;
    }
  }

  private static double neighbour(double[] zones, int other, int self) {
    return other < 0 || other >= ZONES ? 0 : zones[other] - zones[self];
  }

  /** What the thermocouple of a zone reads, °C. */
  double measured(int index) {
    return measured[index];
  }

  /** Mean temperature of the melt ahead of the screw, °C. */
  double melt() {
    return resin[ZONES - 1];
  }

  /** How uneven the melt is: spread of the zones about their setpoints, K. */
  double unevenness(double[] setpoints) {
    double sum = 0;
    for (int i = 0; i < ZONES; i++) {
      sum += Math.abs(zone[i] - setpoints[i]);
    }
    return sum / ZONES;
  }

  /** What a zone's loop asks of its heater, from 0 to 1. */
  double duty(int index) {
    return duty[index];
  }

  /** Heating power, W. */
  double heaters() {
    return heaters;
  }

  /** Heat lost to the room, W. */
  double loss() {
    return loss;
  }

  /** Heat kept in the steel above 0 °C, J. */
  double stored() {
    return CAPACITY * Arrays.stream(zone).sum();
  }

  /** Highest temperature of a zone, °C. */
  double hottest() {
    return Arrays.stream(zone).max().orElseThrow();
  }

  /** Lowest temperature of a zone, °C. */
  double coldest() {
    return Arrays.stream(zone).min().orElseThrow();
  }
}
