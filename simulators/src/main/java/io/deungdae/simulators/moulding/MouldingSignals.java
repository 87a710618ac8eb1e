package io.deungdae.simulators.moulding;

import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.plant.Signal.Kind;
import java.util.ArrayList;
import java.util.List;

/** The machine's variables, in the order of its panel. */
final class MouldingSignals {

  static final String HEARTBEAT = "heartbeat";

  private MouldingSignals() {}

  /** All of them. */
  static List<Signal> all() {
    List<Signal> signals = new ArrayList<>();
    Knob[] zones = {Knob.BARREL_1, Knob.BARREL_2, Knob.BARREL_3, Knob.BARREL_4};
    for (Knob zone : zones) {
      String pv = zone.signal().replace(".sp", ".pv");
      signals.add(number(pv, "°C", 0, 320, zone.en(), zone.ko() + " 온도"));
      signals.add(setpoint(zone));
    }
    signals.add(number("mold.pv", "°C", 0, 120, "mould temperature", "금형 온도"));
    signals.add(setpoint(Knob.MOLD));
    signals.add(setpoint(Knob.SPEED));
    signals.add(
        number("injection.peak_pressure", "MPa", 0, 160, "peak injection pressure", "최대 사출 압력"));
    signals.add(setpoint(Knob.HOLD_PRESSURE));
    signals.add(setpoint(Knob.HOLD_TIME));
    signals.add(setpoint(Knob.COOLING_TIME));
    signals.add(setpoint(Knob.BACK_PRESSURE));
    signals.add(number("cycle.time", "s", 5, 60, "cycle time", "사이클 시간"));
    signals.add(number("cushion", "mm", 0, 20, "minimum cushion", "최소 쿠션"));
    signals.add(number("plasticizing.time", "s", 1, 20, "plasticizing time", "계량 시간"));
    signals.add(number("vp.position", "mm", 0, 30, "switch-over position", "보압 절환 위치"));
    signals.add(number("part.weight", "g", 40, 110, "part weight", "제품 중량"));
    signals.add(whole("shot", 0, 1e9, "shots since start", "누적 쇼트"));
    signals.add(whole("good_count", 0, 1e9, "good parts since start", "양품 수량"));
    signals.add(whole("bad_count", 0, 1e9, "bad parts since start", "불량 수량"));
    signals.add(
        number(
            "good_rate", "parts/h", 0, 600, "good parts per hour over the last shots", "시간당 양품"));
    signals.add(
        number(
            "scrap_rate", "parts/h", 0, 600, "bad parts per hour over the last shots", "시간당 불량"));
    signals.add(number("power", "kW", 0, 40, "electric power", "전력"));
    signals.add(flag("remote", "machine in REMOTE", "원격 모드"));
    signals.add(
        new Signal(
            HEARTBEAT, "", 0, 65_535, true, Kind.WHOLE, "heartbeat of the gateway", "게이트웨이 하트비트"));
    signals.add(flag("watchdog_ok", "heartbeat alive", "하트비트 정상"));
    signals.add(flag("interlock", "interlock tripped", "인터록 작동"));
    signals.add(flag("alarm", "machine alarm", "설비 알람"));
    signals.add(whole("product", 1, 3, "product code", "제품 코드"));
    more(signals, zones);
    return List.copyOf(signals);
  }

  private static void more(List<Signal> signals, Knob[] zones) {
    for (Knob zone : zones) {
      String op = zone.signal().replace(".sp", ".op");
      signals.add(number(op, "%", 0, 100, zone.en() + " heater output", zone.ko() + " 히터 출력"));
    }
    signals.add(number("mold.water.pv", "°C", 0, 120, "water to the mould", "금형 냉각수 온도"));
    signals.add(number("fill.time", "s", 0, 20, "fill time", "충전 시간"));
    signals.add(
        number(
            "cushion.spread", "mm", 0, 10, "spread of the cushion over 40 shots", "쿠션 편차(40쇼트)"));
    signals.add(whole("energy", 0, 1e9, "energy used since start in kWh", "누적 전력량(kWh)"));
    signals.add(
        number("lab.length", "mm", 300, 330, "length of the last part measured", "실험실 제품 길이"));
    signals.add(whole("lab.number", 0, 1e9, "parts measured in the laboratory", "실험실 측정 수"));
    signals.add(flag("alarm.barrel", "barrel zone off its setpoint", "배럴 온도 경보"));
    signals.add(flag("alarm.mold", "mould off its setpoint", "금형 온도 경보"));
    signals.add(flag("alarm.cushion", "cushion too small", "쿠션 부족 경보"));
    signals.add(flag("alarm.pressure", "injection pressure at its limit", "사출 압력 한계 경보"));
    signals.add(setpoint(Knob.DOSE));
    signals.add(setpoint(Knob.SWITCH_OVER));
  }

  private static Signal setpoint(Knob knob) {
    return new Signal(
        knob.signal(),
        knob.unit(),
        knob.low(),
        knob.high(),
        true,
        Kind.NUMBER,
        knob.en() + " setpoint",
        knob.ko() + " 설정");
  }

  private static Signal number(
      String name, String unit, double low, double high, String en, String ko) {
    return new Signal(name, unit, low, high, false, Kind.NUMBER, en, ko);
  }

  private static Signal whole(String name, double low, double high, String en, String ko) {
    return new Signal(name, "", low, high, false, Kind.WHOLE, en, ko);
  }

  private static Signal flag(String name, String en, String ko) {
    return new Signal(name, "", 0, 1, false, Kind.FLAG, en, ko);
  }
}
