package io.deungdae.simulators.furnace;

import io.deungdae.simulators.plant.Severity;

/**
 * Heat balance of the four hardening zones, each one lump:
 *
 * <pre>
 *   C·dT_i/dt = P_i − UA_i·(T_i − T_amb) + K·(T_{i−1} − T_i) + K·(T_{i+1} − T_i) − Q_i − D_i
 *   dP_i/dt   = (P_max,i·u_i − P_i)/τ_h
 * </pre>
 *
 * <p>C heat capacity of muffle, hearth and inner lining, kJ/K; P heating power, kW; UA wall loss,
 * kW/K; K exchange with the neighbour by circulating gas and radiation, kW/K; Q heat into the load,
 * kW; D draught and door, kW; u duty, 0 to 1. The form is the usual lumped one (Trinks et al.,
 * Industrial Furnaces, 6th ed., ch. 4 and 5); the sizes are those of a small mesh-belt furnace of 2
 * m heated length and 0.6 m belt that takes about 60 kW at 127 kg/h.
 */
final class Chamber {

  private static final int N = FurnaceHandle.ZONES;
  private static final double[] CAPACITY = {65, 55, 55, 55};
  private static final double[] POWER = {38, 19, 16, 17};
  private static final double[] WALL = {0.0115, 0.0105, 0.0105, 0.0120};
  private static final double EXCHANGE = 0.12;
  private static final double ELEMENT_LAG = 12;
  private static final double DOOR = 17;

  private final double[] temperature = new double[N];
  private final double[] power = new double[N];
  private final double[] loss = new double[N];

  Chamber(double start) {
    java.util.Arrays.fill(temperature, start);
  }

  /**
   * Lets {@code dt} seconds pass.
   *
   * @param duty 0 to 1, by zone
   * @param load heat that the load takes, kW, by zone
   * @param draught heat lost at the charging end beside the wall, kW
   * @param ambient °C
   */
  void step(
      double[] duty,
      double[] load,
      double draught,
      double ambient,
      Severity<FurnaceFault> faults,
      double dt) {
    double exchange = EXCHANGE * (1 - 0.3 * faults.of(FurnaceFault.FAN));
    double[] flow = new double[N];
    for (int i = 0; i < N; i++) {
      power[i] += (available(i, faults) * duty[i] - power[i]) * dt / ELEMENT_LAG;
      loss[i] = wall(i, faults) * (temperature[i] - ambient);
      flow[i] = power[i] - loss[i] - load[i];
    }
    double door = draught + DOOR * faults.of(FurnaceFault.DOOR);
    loss[0] += door;
    flow[0] -= door;
    for (int i = 0; i + 1 < N; i++) {
      double between = exchange * (temperature[i + 1] - temperature[i]);
      flow[i] += between;
      flow[i + 1] -= between;
    }
    for (int i = 0; i < N; i++) {
      temperature[i] += flow[i] / CAPACITY[i] * dt;
    }
  }

  private static double available(int zone, Severity<FurnaceFault> faults) {
    double lost =
        switch (zone) {
          case 1 -> 0.66 * faults.of(FurnaceFault.HEATER_ZONE2);
          case 2 -> 0.66 * faults.of(FurnaceFault.HEATER_ZONE3);
          default -> 0;
        };
    return POWER[zone] * (1 - lost);
  }

  private static double wall(int zone, Severity<FurnaceFault> faults) {
    return zone >= 2 ? WALL[zone] * (1 + 0.45 * faults.of(FurnaceFault.INSULATION)) : WALL[zone];
  }

  /** True temperature of a zone, °C. */
  double temperature(int zone) {
    return temperature[zone];
  }

  /** True temperatures, °C; not to be changed. */
  double[] temperatures() {
    return temperature;
  }

  /** Heating power at present, kW. */
  double power() {
    return sum(power);
  }

  /** Heat lost through walls, draught and door at present, kW. */
  double loss() {
    return sum(loss);
  }

  /** Heat stored, kJ above 0 °C. */
  double stored() {
    double heat = 0;
    for (int i = 0; i < N; i++) {
      heat += CAPACITY[i] * temperature[i];
    }
    return heat;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
