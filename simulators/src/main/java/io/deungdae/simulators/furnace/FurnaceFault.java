package io.deungdae.simulators.furnace;

import io.deungdae.simulators.plant.Defect;
import io.deungdae.simulators.plant.Fault;

/** What can go wrong in the line, how far at size 1, and how fast it comes and goes. */
enum FurnaceFault implements Defect {
  HEATER_ZONE2(
      "heater-zone2-degraded",
      "Heating elements of zone 2 burnt out",
      "2존 히터 일부 단선",
      60,
      "zone 2 loses 66 % of its heating power, saturates and droops"),
  HEATER_ZONE3(
      "heater-zone3-degraded",
      "Heating elements of zone 3 burnt out",
      "3존 히터 일부 단선",
      60,
      "zone 3 loses 66 % of its heating power, saturates and droops"),
  THERMOCOUPLE_ZONE2(
      "thermocouple-zone2-drift",
      "Thermocouple of zone 2 reads high",
      "2존 열전대 드리프트(높게 지시)",
      300,
      "zone 2 reads 22 °C too high and is that much too cold"),
  THERMOCOUPLE_ZONE3(
      "thermocouple-zone3-drift",
      "Thermocouple of zone 3 reads low",
      "3존 열전대 드리프트(낮게 지시)",
      300,
      "zone 3 reads 16 °C too low and is that much too hot"),
  SALT_COOLER(
      "salt-cooler-fouled",
      "Cooler of the salt bath fouled",
      "솔트조 냉각기 오염",
      120,
      "the cooler loses 67 % of its conductance and the bath heats up"),
  SALT_AGITATOR(
      "salt-agitator-degraded",
      "Agitator of the salt bath weak",
      "솔트조 교반기 성능 저하",
      60,
      "slow quench: 1.2 HRC softer and more scatter"),
  DOOR(
      "door-left-open",
      "Charging door left open",
      "장입 도어 열림",
      10,
      "zone 1 loses 17 kW more and air draws the carbon potential down"),
  CP_PROBE(
      "cp-probe-drift",
      "Oxygen probe reads high",
      "CP 프로브 드리프트(높게 지시)",
      300,
      "the probe reads 0.06 %C too high and the atmosphere is that much too lean"),
  BELT_SLIP(
      "belt-slip",
      "Belt slips on its drum",
      "벨트 슬립",
      30,
      "the belt runs 15 % slower than its drive says"),
  INSULATION(
      "insulation-degraded",
      "Insulation of zones 3 and 4 worn",
      "3·4존 단열재 열화",
      120,
      "zones 3 and 4 lose 45 % more heat through the wall"),
  FAN(
      "circulation-fan-worn",
      "Circulation fans worn",
      "순환팬 마모",
      60,
      "the load heats 13 % more slowly and the zones mix 30 % less");

  private final String id;
  private final String en;
  private final String ko;
  private final String effect;
  private final double ramp;

  FurnaceFault(String id, String en, String ko, double ramp, String effect) {
    this.id = id;
    this.en = en;
    this.ko = ko;
    this.effect = effect;
    this.ramp = ramp;
  }

  @Override
  public Fault fault() {
    return new Fault(id, en, ko, effect);
  }

  @Override
  public double ramp() {
    return ramp;
  }

  @Override
  @SuppressWarnings("EnumOrdinal") // the one place; what is indexed lives in memory only
  public int slot() {
    return ordinal();
  }
}
