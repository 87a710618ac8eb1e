package io.deungdae.simulators.plating;

import io.deungdae.simulators.plant.Defect;
import io.deungdae.simulators.plant.Fault;

/** What can go wrong in the line, how far at size 1, and how fast it comes and goes. */
enum PlatingFault implements Defect {
  RIPPLE(
      "rectifier-ripple",
      "Smoothing of the rectifier failing",
      "정류기 평활부 열화(리플 증가)",
      3600,
      "creeping, 1 h: ripple rises from 4 % to 22 %, dull deposit that adheres badly"),
  PHASE(
      "rectifier-phase-lost",
      "Rectifier lost a phase",
      "정류기 결상",
      1,
      "sudden: at most 3.3 kA, ripple 26 %, lots take longer and come out dull"),
  CONTACT(
      "rack-contact-bad",
      "Bad contact between racks and saddle",
      "랙 접점 불량",
      600,
      "within 10 min: a third of the rack gets 45 % less current, 0.9 V more at the rectifier"),
  ANODES(
      "anode-passivation",
      "Anodes passive",
      "아연 애노드 부동태화",
      5400,
      "creeping, 1.5 h: 35 % of the current makes oxygen, 1.5 V more, pH and zinc fall"),
  RECIPE(
      "recipe-miskeyed",
      "Rack area keyed in too small",
      "레시피 면적 오입력",
      1,
      "sudden: current and charge are 22 % less than the rack needs, the coating as much thinner"),
  TEMPERATURE_PROBE(
      "temp-probe-drift",
      "Thermometer of the bath reads low",
      "도금욕 온도계 드리프트(낮게 지시)",
      7200,
      "creeping, 2 h: reads 7 °C too low and the bath is that much too warm"),
  PH_PROBE(
      "ph-probe-drift",
      "pH probe reads high",
      "pH 전극 드리프트(높게 지시)",
      14_400,
      "creeping, 4 h: reads 0.5 too high and the bath gets that much too acid"),
  COIL(
      "cooling-coil-fouled",
      "Cooling coil of the bath fouled",
      "도금욕 냉각 코일 오염",
      3600,
      "creeping, 1 h: the coil loses 75 % of its conductance and the bath heats up"),
  DEGREASER_HEATER(
      "degreaser-heater-dead",
      "Heating elements of the degreaser burnt out",
      "탈지조 히터 단선",
      1,
      "sudden: 79 % of the heating is gone, in a day the degreaser cools to 47 °C, zinc does not"
          + " adhere"),
  ZINC_PUMP(
      "zinc-pump-stroke",
      "Zinc dosing pump loses stroke",
      "아연 보충 펌프 스트로크 저하",
      600,
      "within 10 min: the pump gives 92 % less than it is told and zinc falls by 1 to 2 g/L a day"),
  BRIGHTENER_PUMP(
      "brightener-pump-stroke",
      "Brightener dosing pump loses stroke",
      "광택제 펌프 스트로크 저하",
      600,
      "within 10 min: the pump gives 55 % less and gloss fades over two days"),
  FILTER(
      "filter-clogged",
      "Filter of the bath clogged",
      "여과기 막힘",
      5400,
      "creeping, 1.5 h: flow falls from 10 to 2 m³/h, particles and roughness rise"),
  IRON(
      "bath-iron",
      "Iron in the bath from parts fallen off the rack",
      "도금욕 철 오염(낙하 부품 용해)",
      10_800,
      "creeping, 3 h: iron rises from 0.08 to 0.68 g/L, dark deposit, lower efficiency"),
  DRAG_OUT(
      "drag-out-high",
      "Hoist drains racks too briefly",
      "호이스트 드레인 시간 부족(드래그아웃 증가)",
      1,
      "sudden: 80 % more bath leaves with each rack, rinses get dirty, chemicals are lost"),
  EXHAUST(
      "exhaust-stuck-open",
      "Damper of the exhaust stuck open",
      "배기 댐퍼 고착(열림)",
      60,
      "within a minute: five times the evaporation cools the bath, 8 kW more for fans");

  private final String id;
  private final String en;
  private final String ko;
  private final String effect;
  private final double ramp;

  PlatingFault(String id, String en, String ko, double ramp, String effect) {
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
