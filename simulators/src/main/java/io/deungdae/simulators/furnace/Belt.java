package io.deungdae.simulators.furnace;

import io.deungdae.simulators.plant.Severity;
import java.util.Arrays;

/**
 * The load on its way through the furnace: cells of 50 mm that move with the belt, each with its
 * own history. For each cell, with T_e the furnace temperature at its place (linear between the
 * middles of the zones):
 *
 * <pre>
 *   dT/dt = (T_e − T)/τ                          heating; the heat comes out of the zones
 *   dU/dt = −k·U,  k = k0·exp(−Q/R·(1/T − 1/T0)) carbide dissolves, above Ac1
 *   dG/dt =  g,    g = g0·exp(−Qg/R·(1/T − 1/T0)) austenite grain grows, above Ac1
 *   dc/dt = (CP − c)/τ_c                         surface carbon follows the atmosphere, above Ac1
 *   dW/dt = (dT_e/dx)²/600 s                     austenite creeps in an uneven furnace, above Ac1
 * </pre>
 *
 * <p>Ac1 = 735 °C; T0 = 1133 K; Q = 230 kJ/mol (alloyed cementite, between carbon diffusion in
 * austenite, 148, and chromium diffusion, 290); Qg = 480 kJ/mol (400 for grain growth of plain C–Mn
 * steel, Sellars and Whiteman, Met. Sci. 13 (1979) 187; more here, because pinning particles go
 * into solution with temperature). k0 = 0.0118 1/s is sized so that the 8.5 minutes of the standing
 * recipe leave 2 to 3 % undissolved; g0 = 1/600 1/s makes G = 1 ten minutes at 860 °C; τ_c = 400 s.
 */
final class Belt {

  /** Heated length, mm. */
  static final double LENGTH = 2000;

  /** Heat of steel from 90 to 860 °C with its transformation, mean, kJ/kgK. */
  static final double HEAT = 0.66;

  /** Carbon of the steel, %. */
  static final double CARBON = 0.465;

  private static final double CELL = 50;
  private static final int N = (int) (LENGTH / CELL);
  private static final double ZONE = LENGTH / FurnaceHandle.ZONES;
  private static final double AC1 = 735;
  private static final double T0 = 1133;
  private static final double K0 = 0.0118;
  private static final double Q = 230_000 / 8.314;
  private static final double G0 = 1.0 / 600;
  private static final double QG = 480_000 / 8.314;
  private static final double CARBON_LAG = 400;

  private final double[] temperature = new double[N];
  private final double[] undissolved = new double[N];
  private final double[] grain = new double[N];
  private final double[] rate = new double[N];
  private final double[] carbon = new double[N];
  private final double[] warp = new double[N];
  private final double[] density = new double[N];
  private final Product[] product = new Product[N];
  private final double[] heat = new double[FurnaceHandle.ZONES];
  private int newest;
  private double offset;
  private double carried;
  private double removed;

  Belt(Product first, double start) {
    Arrays.fill(product, first);
    Arrays.fill(temperature, start);
    Arrays.fill(density, 1);
    Arrays.fill(carbon, CARBON);
    Arrays.fill(undissolved, 0.03);
    Arrays.fill(grain, 0.5);
    Arrays.fill(rate, 2);
  }

  /**
   * Heats the load for {@code dt} seconds where it lies.
   *
   * @param zones furnace temperature, °C
   * @param cp carbon potential of the atmosphere, %
   */
  void heat(double[] zones, double cp, Severity<FurnaceFault> faults, double dt) {
    Arrays.fill(heat, 0);
    double slow = 1 / (1 - 0.13 * faults.of(FurnaceFault.FAN));
    double absorb = 1 - Math.exp(-dt / CARBON_LAG);
    for (int k = 0; k < N; k++) {
      int i = (newest + k) % N;
      double place = (offset + k * CELL) / ZONE - 0.5;
      int left = Math.max(0, Math.min(FurnaceHandle.ZONES - 2, (int) Math.floor(place)));
      double share = Math.max(0, Math.min(1, place - left));
      double around = zones[left] * (1 - share) + zones[left + 1] * share;
      double rise = (around - temperature[i]) * (1 - Math.exp(-dt / (product[i].heating() * slow)));
      double power = mass(i) * HEAT * rise / dt;
      heat[left] += power * (1 - share);
      heat[left + 1] += power * share;
      double tilt = share > 0 && share < 1 ? (zones[left + 1] - zones[left]) / ZONE * 1000 : 0;
      soak(i, rise / dt, tilt, cp, absorb, dt);
      temperature[i] += rise;
    }
  }

  private void soak(int i, double slope, double tilt, double cp, double absorb, double dt) {
    if (temperature[i] < AC1) {
      rate[i] = slope;
      return;
    }
    double inverse = 1 / (temperature[i] + 273.15) - 1 / T0;
    undissolved[i] *= Math.exp(-K0 * Math.exp(-Q * inverse) * dt);
    grain[i] += G0 * Math.exp(-QG * inverse) * dt;
    carbon[i] += (cp - carbon[i]) * absorb;
    warp[i] += tilt * tilt / 600 * dt;
  }

  /**
   * Moves the belt and drops at most one cell off its end.
   *
   * @param advance mm, less than a cell
   * @param next what is loaded at the charging end
   * @param loading how densely, 1 = evenly and full
   * @param start °C of what is loaded
   * @return what dropped, or null
   */
  @org.jspecify.annotations.Nullable
  Charge move(double advance, Product next, double loading, double start) {
    offset += advance;
    if (offset < CELL) {
      return null;
    }
    offset -= CELL;
    newest = (newest + N - 1) % N;
    Charge dropped = charge(newest);
    removed += dropped.mass() * HEAT * dropped.temperature();
    load(newest, next, loading, start);
    return dropped;
  }

  private Charge charge(int i) {
    return new Charge(
        product[i],
        mass(i),
        mass(i) / product[i].mass(),
        temperature[i],
        undissolved[i],
        grain[i],
        rate[i],
        carbon[i],
        warp[i]);
  }

  private void load(int i, Product next, double loading, double start) {
    product[i] = next;
    density[i] = loading;
    temperature[i] = start;
    undissolved[i] = 1;
    grain[i] = 0;
    rate[i] = 0;
    carbon[i] = CARBON;
    warp[i] = 0;
    carried += mass(i) * HEAT * start;
  }

  private double mass(int i) {
    return product[i].mass() * product[i].partsPerMetre() * density[i] * CELL / 1000;
  }

  /** Heat that the load took in the last step, kW by zone; not to be changed. */
  double[] heat() {
    return heat;
  }

  /** Heat of all load that came in, kJ above 0 °C. */
  double carriedIn() {
    return carried;
  }

  /** Heat of all load that dropped out, kJ above 0 °C. */
  double carriedOut() {
    return removed;
  }

  /** Heat of the load now on the belt, kJ above 0 °C. */
  double stored() {
    double stored = 0;
    for (int i = 0; i < N; i++) {
      stored += mass(i) * HEAT * temperature[i];
    }
    return stored;
  }

  /** Temperature of the load that drops next, °C. */
  double exitTemperature() {
    return temperature[(newest + N - 1) % N];
  }
}
