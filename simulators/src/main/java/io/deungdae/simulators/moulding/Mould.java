package io.deungdae.simulators.moulding;

/**
 * The mould and its temperature control unit.
 *
 * <pre>
 * C dT/dt = Q_melt - UA (T - T_water) - U (T - T_ambient)
 * </pre>
 *
 * The unit runs in a cascade on the mould's own sensor: a PI loop shifts the water's temperature
 * from the setpoint by at most 14 K either way, as such units limit it; the water follows with a
 * lag of 60 s and is never colder than the chilled supply allows. The cavity's face is hotter than
 * the sensor, in proportion to the heat that passes, and where scale covers a channel more so.
 */
final class Mould {

  /** 180 kg of steel at 460 J/(kg·K). */
  private static final double CAPACITY = 180 * 460;

  /** Clean channels, turbulent: W/K. */
  private static final double TO_WATER = 250;

  private static final double TO_ROOM = 8;
  private static final double SHIFT = 14;
  private static final double WATER_LAG = 60;
  private static final double COLDEST_WATER = 16;
  private static final double INTEGRAL_TIME = 420;
  private static final double GAIN = 1.2;

  /** Face above sensor: K per W. */
  private static final double FACE = 2.0e-3;

  private double steel;
  private double measured;
  private double water;
  private double integral;
  private double removed;
  private double lost;

  /** A mould at its setpoint. */
  Mould(double setpoint) {
    steel = setpoint;
    measured = setpoint;
    water = setpoint - 8;
    integral = -8;
  }

  /**
   * Lets time pass.
   *
   * @param seconds how long
   * @param setpoint °C
   * @param ambient °C
   * @param heat heat from the melt, W
   * @param fouling share of the heat transfer to the water that is lost
   */
  void step(double seconds, double setpoint, double ambient, double heat, double fouling) {
    double deviation = setpoint - measured;
    double wanted = integral + GAIN * deviation * seconds / INTEGRAL_TIME;
    integral = clamp(wanted, SHIFT);
    double shift = clamp(GAIN * deviation + integral, SHIFT);
    double target = Math.max(COLDEST_WATER, setpoint + shift);
    water += (target - water) * seconds / WATER_LAG;
    removed = TO_WATER * (1 - fouling) * (steel - water);
    lost = TO_ROOM * (steel - ambient);
    steel += (heat - removed - lost) / CAPACITY * seconds;
    measured += (steel - measured) * seconds / 10;
  }

  private static double clamp(double value, double limit) {
    return Math.min(limit, Math.max(-limit, value));
  }

  /** What the mould's sensor reads, °C. */
  double measured() {
    return measured;
  }

  /** Temperature of the water that goes to the mould, °C. */
  double water() {
    return water;
  }

  /** Heat that the water takes away, W; negative while it heats. */
  double removed() {
    return removed;
  }

  /** Heat lost to the room, W. */
  double lost() {
    return lost;
  }

  /** Heat kept in the steel above 0 °C, J. */
  double stored() {
    return CAPACITY * steel;
  }

  /** Temperature of the cavity's face, °C, under a heat load in W and with a hot spot in K. */
  double face(double heat, double hotSpot) {
    return steel + FACE * heat + hotSpot;
  }

  /**
   * Electric power of pump, heater and chiller, W; heat is pumped with 0.25 W electric per W where
   * the water is colder than 30 °C, and goes to the cooling tower for 0.05 otherwise.
   */
  double power() {
    double pump = 600;
    double effort = water < 30 ? 0.25 : 0.05;
    return pump + (removed > 0 ? effort * removed : -removed);
  }
}
