package io.deungdae.simulators.furnace;

import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.plant.Signal.Kind;
import java.util.ArrayList;
import java.util.List;

/** The list of what the line's PLC shows. Its order decides the Modbus addresses. */
final class FurnaceSignals {

  private static final String C = "°C";
  private static final String RATE = "parts/h";

  private FurnaceSignals() {}

  static List<Signal> all() {
    List<Signal> all = new ArrayList<>();
    for (int zone = 1; zone <= FurnaceHandle.ZONES; zone++) {
      String name = "zone" + zone;
      String en = "Hardening zone " + zone + " ";
      String ko = "소입 " + zone + "존 ";
      all.add(read(name + ".pv", C, 0, 1000, en + "temperature", ko + "온도"));
      all.add(set(name + ".sp", C, en + "setpoint", ko + "설정온도"));
      all.add(read(name + ".op", "%", 0, 100, en + "heater output", ko + "히터 출력"));
    }
    all.add(read("cp.pv", "%C", 0, 1.5, "Carbon potential", "카본 포텐셜(CP)"));
    all.add(set("cp.sp", "%C", "Carbon potential setpoint", "CP 설정값"));
    all.add(read("cp.op", "%", 0, 100, "Enriching gas valve", "증탄 가스 밸브 개도"));
    all.add(read("belt.pv", "mm/min", 0, 400, "Belt speed", "벨트 속도"));
    all.add(set("belt.sp", "mm/min", "Belt speed setpoint", "벨트 속도 설정값"));
    all.add(read("salt.pv", C, 0, 450, "Salt bath temperature", "솔트조 온도"));
    all.add(set("salt.sp", C, "Salt bath setpoint", "솔트조 설정온도"));
    all.add(
        read(
            "salt.op",
            "%",
            -100,
            100,
            "Salt bath output, cooling positive, heating negative",
            "솔트조 출력(냉각 +, 가열 -)"));
    all.add(read("dryer.pv", C, 0, 200, "Dryer temperature", "건조로 온도"));
    all.add(read("washer.pv", C, 0, 120, "Washer temperature", "세정기 온도"));
    all.add(read("hardness", "HRC", 20, 70, "Hardness of the last lot", "최근 로트 경도"));
    all.add(read("distortion", "mm", 0, 2, "Distortion of the last lot", "최근 로트 변형량"));
    all.add(read("throughput", RATE, 0, 2000, "Parts per hour", "시간당 처리량"));
    all.add(read("good_rate", RATE, 0, 2000, "Good parts per hour", "시간당 양품"));
    all.add(read("scrap_rate", RATE, 0, 2000, "Bad parts per hour", "시간당 불량"));
    all.add(whole("good_count", 4_294_967_295.0, false, "Good parts", "양품 수량"));
    all.add(whole("bad_count", 4_294_967_295.0, false, "Bad parts", "불량 수량"));
    all.add(whole("product", 100, false, "Product code", "품번 코드"));
    all.add(whole("heartbeat", 65_535, true, "Heartbeat of the gateway", "게이트웨이 하트비트"));
    all.add(flag("remote", "Remote setpoints accepted", "원격 설정 허용"));
    all.add(flag("watchdog_ok", "Heartbeat alive", "하트비트 정상"));
    all.add(flag("interlock", "Interlock tripped", "인터록 작동"));
    all.add(flag("alarm", "Alarm of the PLC", "PLC 경보"));
    return List.copyOf(all);
  }

  private static Signal read(
      String name, String unit, double low, double high, String en, String ko) {
    return new Signal(name, unit, low, high, false, Kind.NUMBER, en, ko);
  }

  private static Signal set(String name, String unit, String en, String ko) {
    FurnaceHandle handle = handle(name);
    return new Signal(name, unit, handle.low(), handle.high(), true, Kind.NUMBER, en, ko);
  }

  private static Signal whole(String name, double high, boolean writable, String en, String ko) {
    return new Signal(name, "", 0, high, writable, Kind.WHOLE, en, ko);
  }

  private static Signal flag(String name, String en, String ko) {
    return new Signal(name, "", 0, 1, false, Kind.FLAG, en, ko);
  }

  private static FurnaceHandle handle(String signal) {
    for (FurnaceHandle handle : FurnaceHandle.values()) {
      if (handle.signal().equals(signal)) {
        return handle;
      }
    }
    throw new IllegalArgumentException("no setpoint " + signal);
  }
}
