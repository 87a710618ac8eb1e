package io.deungdae.simulators.melting;

import io.deungdae.simulators.plant.Defect;
import io.deungdae.simulators.plant.Fault;

/** What can go wrong with the tank, how far at size 1, and how fast it comes and goes. */
enum MeltingFault implements Defect {
  JACKET_FOULED(
      "jacket-fouled",
      "Scale on the steam side of the jacket",
      "재킷 스케일 부착",
      4 * 3600,
      "0.005 m²K/W more between jacket and wall, creeping over 4 h: heat transfer down by 75 %"),
  THERMOCOUPLE(
      "thermocouple-drift",
      "Thermocouple of the tank reads high",
      "용해 온도 센서 드리프트(높게 지시)",
      2 * 3600,
      "MELT_TEMP reads 5 °C too high within 2 h and the liquor is that much too cold"),
  FROZEN(
      "temperature-frozen",
      "Reading of the tank's temperature stands still",
      "용해 온도 지시값 고정",
      1,
      "MELT_TEMP stays where it was, at once; the independent limiter trips at 92 °C"),
  STICTION(
      "steam-valve-stiction",
      "Steam valve sticks",
      "스팀 밸브 고착(스틱션)",
      60,
      "the valve moves only when its signal is 25 % away, then all the way: the jacket hunts"),
  TRAP_CLOSED(
      "steam-trap-closed",
      "Steam trap stuck closed",
      "스팀 트랩 닫힘 고착",
      900,
      "condensate floods 92 % of the jacket within 15 min"),
  TRAP_OPEN(
      "steam-trap-open",
      "Steam trap stuck open",
      "스팀 트랩 열림 고착",
      30,
      "live steam blows through while the valve is open: twice the steam, a quarter less heat"),
  STEAM_LOW(
      "steam-pressure-low",
      "Steam supply weak",
      "스팀 공급 압력 저하",
      300,
      "supply falls from 4.0 to 1.2 bar absolute within 5 min"),
  BELT(
      "agitator-belt-slip",
      "Belt of the agitator slips",
      "교반기 벨트 슬립",
      1800,
      "the impeller turns 40 % slower than MOTORSPEED says; motor power falls by 75 %"),
  LOAD_CELL(
      "load-cell-drift",
      "Load cells read high",
      "로드셀 드리프트(높게 지시)",
      3 * 3600,
      "MELT_WEIGHT reads 6 % too high within 3 h: that much too little powder is charged"),
  WET(
      "raw-material-wet",
      "Raw material wet and caked",
      "원료 수분 과다(뭉침)",
      10,
      "the powder brings 3 % more water and lumps 4 times as much, at once"),
  STRAINER(
      "strainer-clogged",
      "Discharge strainer clogged",
      "토출 스트레이너 막힘",
      3600,
      "the strainer resists 9.6 times as much within 1 h: the pump gives 960 kg/h at most"),
  LID(
      "lid-left-open",
      "Lid left open",
      "탱크 뚜껑 열림",
      5,
      "vapour leaves 40 times as fast, the surface skins over"),
  RECIPE(
      "recipe-miskeyed",
      "Hot water keyed in wrongly",
      "레시피 온수량 오입력",
      1,
      "35 kg less hot water than the recipe wants and that much more cold, at once");

  private final String id;
  private final String en;
  private final String ko;
  private final double ramp;
  private final String effect;

  MeltingFault(String id, String en, String ko, double ramp, String effect) {
    this.id = id;
    this.en = en;
    this.ko = ko;
    this.ramp = ramp;
    this.effect = effect;
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
