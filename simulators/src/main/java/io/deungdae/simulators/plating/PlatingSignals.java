package io.deungdae.simulators.plating;

import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.plant.Signal.Kind;
import java.util.ArrayList;
import java.util.List;

/** The list of what the line's PLC shows. Its order decides the Modbus addresses. */
final class PlatingSignals {

  private static final String C = "°C";
  private static final String RATE = "parts/h";
  private static final double DWORD = 4_294_967_295.0;

  private final List<Signal> all = new ArrayList<>();

  private PlatingSignals() {
    current();
    bath();
    tanks();
    laboratory();
    production();
    manners();
  }

  static List<Signal> all() {
    return List.copyOf(new PlatingSignals().all);
  }

  private void current() {
    read("Current", "kA", 0, 6, "Rectifier current", "정류기 전류");
    read("Voltage", "V", 0, 10, "Rectifier voltage", "정류기 전압");
    read("ripple.pv", "%", 0, 50, "Rectifier ripple", "정류기 리플");
    read("density.pv", "A/dm²", 0, 8, "Current density by recipe area", "전류 밀도");
    set(PlatingHandle.DENSITY, "Current density setpoint", "전류 밀도 설정값");
    read("charge.pv", "kAh", 0, 3, "Charge of the lot so far", "로트 누적 전기량");
    set(PlatingHandle.CHARGE, "Charge of a lot as a share of its recipe", "레시피 대비 전기량 설정");
  }

  private void bath() {
    read("Temp", C, 0, 60, "Bath temperature", "도금욕 온도");
    set(PlatingHandle.TEMPERATURE, "Bath temperature setpoint", "도금욕 온도 설정값");
    read(
        "temp.op",
        "%",
        -100,
        100,
        "Bath, cooling positive, heating negative",
        "도금욕 출력(냉각 +, 가열 -)");
    read("pH", "pH", 0, 7, "Bath pH", "도금욕 pH");
    set(PlatingHandle.PH, "Bath pH setpoint", "도금욕 pH 설정값");
    read("ph.op", "%", 0, 100, "Acid pump", "산 보충 펌프");
    read("zinc.pv", "g/L", 0, 200, "Zinc by titrator, every 10 min", "아연 농도(자동 적정)");
    set(PlatingHandle.ZINC, "Zinc setpoint", "아연 농도 설정값");
    read("zinc.op", "%", 0, 100, "Zinc dosing pump", "아연 보충 펌프");
    set(PlatingHandle.BRIGHTENER, "Brightener per charge", "광택제 보충률 설정값");
    read("brightener.op", "mL/h", 0, 2000, "Brightener pump", "광택제 펌프 유량");
    read("level.pv", "%", 0, 110, "Bath level", "도금욕 액위");
    read("flow.pv", "m³/h", 0, 15, "Flow through the filter", "여과 유량");
    read("filter.dp", "kPa", 0, 150, "Pressure across the filter", "여과기 차압");
  }

  private void tanks() {
    read("degreaser.pv", C, 0, 100, "Degreaser temperature", "탈지조 온도");
    read("degreaser.op", "%", 0, 100, "Degreaser heater", "탈지조 히터 출력");
    read("rinse.pv", "µS/cm", 0, 5000, "Conductivity of the rinse", "수세조 전도도");
  }

  private void laboratory() {
    read("lab.thickness", "µm", 0, 40, "Mean thickness of the last lot known", "도금 두께(평균)");
    read("lab.thickness_min", "µm", 0, 40, "Least thickness of the last lot known", "도금 두께(최소)");
    read("lab.adhesion", "MPa", 0, 50, "Adhesion of the last lot known", "밀착력");
    read("lab.gloss", "GU", 0, 120, "Gloss of the last lot known", "광택도");
    read("lab.iron", "g/L", 0, 5, "Iron in the bath, every 4 h", "도금욕 철 농도");
    whole("lab.lot", DWORD, false, "Number of the last lot known", "최근 검사 로트 번호");
  }

  private void production() {
    read("throughput", RATE, 0, 3000, "Parts per hour", "시간당 처리량");
    read("good_rate", RATE, 0, 3000, "Good parts per hour as inspected", "시간당 양품");
    read("scrap_rate", RATE, 0, 3000, "Bad parts per hour as inspected", "시간당 불량");
    read("power", "kW", 0, 200, "Electrical power of the line", "라인 전력");
    whole("energy", DWORD, false, "Energy, kWh", "누적 전력량(kWh)");
    whole("charge_total", DWORD, false, "Charge, kAh", "누적 전기량(kAh)");
    whole("good_count", DWORD, false, "Good parts", "양품 수량");
    whole("bad_count", DWORD, false, "Bad parts", "불량 수량");
    whole("lot_count", DWORD, false, "Lots finished", "완료 로트 수");
    whole("Lot", DWORD, false, "Number of the lot in the bath", "로트 번호");
    whole("product", 100, false, "Product code", "품번 코드");
  }

  private void manners() {
    whole("heartbeat", 65_535, true, "Heartbeat of the gateway", "게이트웨이 하트비트");
    flag("rack", "Rack in the bath", "랙 침지 중");
    flag("remote", "Remote setpoints accepted", "원격 설정 허용");
    flag("watchdog_ok", "Heartbeat alive", "하트비트 정상");
    flag("interlock", "Interlock tripped", "인터록 작동");
    flag("alarm", "Any alarm of the PLC", "PLC 경보(종합)");
    flag("alarm.temp", "Bath temperature off", "도금욕 온도 경보");
    flag("alarm.ph", "Bath pH off", "도금욕 pH 경보");
    flag("alarm.current", "Current below demand", "정류기 전류 부족");
    flag("alarm.voltage", "Rectifier voltage high", "정류기 전압 높음");
    flag("alarm.ripple", "Rectifier ripple high", "정류기 리플 높음");
    flag("alarm.filter", "Filter loaded", "여과기 차압 높음");
    flag("alarm.zinc", "Zinc off", "아연 농도 경보");
    flag("alarm.degreaser", "Degreaser cold", "탈지조 온도 낮음");
    flag("alarm.level", "Bath level low", "도금욕 액위 낮음");
    flag("alarm.rinse", "Rinse dirty", "수세조 전도도 높음");
  }

  private void read(String name, String unit, double low, double high, String en, String ko) {
    all.add(new Signal(name, unit, low, high, false, Kind.NUMBER, en, ko));
  }

  private void set(PlatingHandle handle, String en, String ko) {
    all.add(
        new Signal(
            handle.signal(),
            handle.unit(),
            handle.low(),
            handle.high(),
            true,
            Kind.NUMBER,
            en,
            ko));
  }

  private void whole(String name, double high, boolean writable, String en, String ko) {
    all.add(new Signal(name, "", 0, high, writable, Kind.WHOLE, en, ko));
  }

  private void flag(String name, String en, String ko) {
    all.add(new Signal(name, "", 0, 1, false, Kind.FLAG, en, ko));
  }
}
