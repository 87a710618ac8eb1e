package io.deungdae.simulators.melting;

import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.plant.Signal.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * The list of what the tank's PLC shows. Its order decides the Modbus addresses. Names in capitals
 * are those of KAMP data set 8, which stores MELT_TEMP and MOTORSPEED as ten times the value here.
 */
final class MeltingSignals {

  private static final String C = "°C";
  private static final double MOST = 4_294_967_295.0;

  private MeltingSignals() {}

  static List<Signal> all() {
    List<Signal> all = new ArrayList<>();
    all.add(read("MELT_TEMP", C, 0, 150, "Temperature in the tank", "용해 온도"));
    all.add(read("MOTORSPEED", "rpm", 0, 200, "Agitator speed", "용해 교반속도"));
    all.add(read("MELT_WEIGHT", "kg", 0, 60_000, "Weight in the tank", "용해 탱크 내용량(중량)"));
    all.add(
        read("INSP", "%", 2.5, 4, "Moisture of the last batch, from the laboratory", "최근 배치 수분"));
    set(all, MeltingHandle.DISSOLVE, C, "Dissolving temperature setpoint", "용해 설정온도");
    set(all, MeltingHandle.DISSOLVE_TIME, "s", "Dissolving time setpoint", "용해 시간 설정값");
    set(all, MeltingHandle.DISSOLVE_SPEED, "rpm", "Agitator speed while dissolving", "용해 교반속도 설정값");
    set(all, MeltingHandle.JACKET_MAX, C, "Highest jacket temperature", "재킷 온도 상한 설정값");
    set(all, MeltingHandle.HOLD, C, "Holding temperature setpoint", "보온 설정온도");
    set(all, MeltingHandle.HOLD_SPEED, "rpm", "Agitator speed while holding", "보온 교반속도 설정값");
    set(all, MeltingHandle.SOLIDS, "%", "Solids of the batch", "고형분 설정값");
    set(all, MeltingHandle.FEED, "kg/h", "Flow to the dryer setpoint", "토출 유량 설정값");
    all.add(read("melt.sp", C, 0, 150, "Temperature that the phase wants", "현재 단계 목표온도"));
    all.add(read("jacket.pv", C, 0, 160, "Jacket temperature", "재킷 온도"));
    all.add(read("jacket.sp", C, 0, 160, "Jacket temperature wanted", "재킷 목표온도"));
    all.add(read("jacket.pressure", "bar", 0, 6, "Jacket pressure, absolute", "재킷 압력(절대압)"));
    all.add(read("steam.op", "%", 0, 100, "Steam valve output", "스팀 밸브 출력"));
    all.add(read("cooling.op", "%", 0, 100, "Cooling water valve output", "냉각수 밸브 출력"));
    all.add(read("steam.flow", "kg/h", 0, 600, "Steam to the jacket", "재킷 스팀 유량"));
    all.add(read("motor.power", "kW", 0, 10, "Agitator motor power", "교반 모터 전력"));
    all.add(read("feed.pv", "kg/h", 0, 2000, "Flow to the dryer", "토출 유량"));
    all.add(read("feed.op", "%", 0, 100, "Discharge pump speed", "토출 펌프 출력"));
    all.add(read("strainer.dp", "kPa", 0, 400, "Pressure across the strainer", "스트레이너 차압"));
    all.add(read("power", "kW", 0, 50, "Electrical power of the tank", "용해탱크 전력"));
    all.add(read("heating_time", "s", 0, 3600, "Heating time of the last batch", "최근 배치 승온 시간"));
    all.add(read("batch_time", "min", 0, 600, "Length of the last batch", "최근 배치 소요 시간"));
    all.add(read("lumps", "%", 0, 10, "Insoluble lumps of the last batch", "최근 배치 불용해분"));
    all.add(read("specks", "mg/kg", 0, 500, "Burnt particles of the last batch", "최근 배치 탄화물"));
    all.add(read("good_rate", "kg/h", 0, 1000, "Good creamer per hour", "시간당 양품"));
    all.add(read("scrap_rate", "kg/h", 0, 1000, "Bad creamer per hour", "시간당 불량"));
    all.add(whole("steam_total", MOST, false, "Steam used, kg", "스팀 누적 사용량(kg)"));
    all.add(whole("energy_total", MOST, false, "Electricity used, kWh", "전력 누적 사용량(kWh)"));
    all.add(whole("good_count", MOST, false, "Good creamer, kg", "양품 누적(kg)"));
    all.add(whole("bad_count", MOST, false, "Bad creamer, kg", "불량 누적(kg)"));
    all.add(whole("batch", MOST, false, "Batches finished", "완료 배치 수"));
    all.add(whole("tests", MOST, false, "Laboratory results told", "검사 결과 수"));
    all.add(whole("phase", 100, false, "Phase of the batch, 1 to 8", "배치 단계 코드(1~8)"));
    all.add(whole("product", 100, false, "Product code", "품번 코드"));
    all.add(whole("heartbeat", 65_535, true, "Heartbeat of the gateway", "게이트웨이 하트비트"));
    all.add(flag("TAG", "Last batch is good", "최근 배치 판정(양품)"));
    all.add(flag("remote", "Remote setpoints accepted", "원격 설정 허용"));
    all.add(flag("watchdog_ok", "Heartbeat alive", "하트비트 정상"));
    all.add(flag("interlock", "Interlock tripped", "인터록 작동"));
    all.add(flag("alarm", "Any alarm of the PLC", "PLC 경보"));
    all.add(flag("alarm.temperature", "Temperature off its setpoint", "온도 편차 경보"));
    all.add(flag("alarm.heating", "Heating takes too long", "승온 지연 경보"));
    all.add(flag("alarm.feed", "Flow off its setpoint", "유량 편차 경보"));
    all.add(flag("alarm.strainer", "Strainer blocked", "스트레이너 차압 경보"));
    return List.copyOf(all);
  }

  private static Signal read(
      String name, String unit, double low, double high, String en, String ko) {
    return new Signal(name, unit, low, high, false, Kind.NUMBER, en, ko);
  }

  private static void set(
      List<Signal> all, MeltingHandle handle, String unit, String en, String ko) {
    all.add(
        new Signal(handle.signal(), unit, handle.low(), handle.high(), true, Kind.NUMBER, en, ko));
  }

  private static Signal whole(String name, double high, boolean writable, String en, String ko) {
    return new Signal(name, "", 0, high, writable, Kind.WHOLE, en, ko);
  }

  private static Signal flag(String name, String en, String ko) {
    return new Signal(name, "", 0, 1, false, Kind.FLAG, en, ko);
  }
}
