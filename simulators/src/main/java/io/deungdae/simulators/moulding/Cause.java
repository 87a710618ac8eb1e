package io.deungdae.simulators.moulding;

import io.deungdae.simulators.plant.Defect;
import io.deungdae.simulators.plant.Fault;

/** What can go wrong with the machine, mould and material. */
enum Cause implements Defect {
  CHECK_RING_WEAR(
      "check-ring-wear",
      "worn check ring: melt flows back past the screw tip",
      "체크링 마모: 용융 수지 역류",
      "leak in injection and holding from 0.25 g to about 4 g a shot, with 25 % spread; cushion"
          + " falls from 5 mm towards 1 and varies, weight falls, short shots"),
  NOZZLE_LEAK(
      "nozzle-leak",
      "nozzle does not seal: melt drools at the sprue bushing",
      "노즐 누설",
      "up to about 4.1 g a shot lost in proportion to hold pressure and fluidity; cushion falls,"
          + " pressure reaches the cavity worse by 12 %"),
  COOLING_CHANNEL_FOULED(
      "cooling-channel-fouled",
      "scale in the mould's cooling channels",
      "금형 냉각수로 스케일",
      "heat transfer to the coolant down by 62 %, cavity 9 K hotter than the sensor shows; sink"
          + " marks and warp"),
  MATERIAL_MOIST(
      "material-moist",
      "moist resin: dryer fails or the hopper stood open",
      "원료 수분 과다",
      "moisture from 0.02 % to 0.072 %; silver streaks, viscosity down by 10 %"),
  HEATER_Z2_DEGRADED(
      "heater-z2-degraded",
      "heater band of barrel zone 2 partly broken",
      "배럴 2존 히터 열화",
      "heating power of zone 2 down by 85 %; zone and melt colder and less even"),
  THERMOCOUPLE_Z3_DRIFT(
      "thermocouple-z3-drift",
      "thermocouple of barrel zone 3 reads low",
      "배럴 3존 열전대 드리프트",
      "reads 24 K too low: the loop overheats the zone; streaks, specks, flash"),
  HYDRAULIC_LEAK(
      "hydraulic-leak",
      "internal leak in pump and valves",
      "유압 내부 누설",
      "idle power up by 2.6 kW, injection slower by up to 40 % in proportion to pressure, hold"
          + " pressure 8 % below its setpoint"),
  FILTER_CLOGGED(
      "filter-clogged",
      "melt filter in the nozzle clogged",
      "노즐 수지 필터 막힘",
      "pressure drop of the nozzle up fivefold, pressure reaches the cavity worse by 24 %"),
  VENT_BLOCKED(
      "vent-blocked",
      "mould vents blocked by deposit",
      "금형 가스벤트 막힘",
      "speed at which trapped air burns falls from 92 to 59 mm/s; back pressure of the air up to"
          + " 12 MPa");

  private final String id;
  private final String en;
  private final String ko;
  private final String effect;

  Cause(String id, String en, String ko, String effect) {
    this.id = id;
    this.en = en;
    this.ko = ko;
    this.effect = effect;
  }

  @Override
  public Fault fault() {
    return new Fault(id, en, ko, effect);
  }

  /** {@inheritDoc} At once: within one step of the machine. */
  @Override
  public double ramp() {
    return Moulding.STEP;
  }

  @Override
  @SuppressWarnings("EnumOrdinal") // the one place; what is indexed lives in memory only
  public int slot() {
    return ordinal();
  }
}
