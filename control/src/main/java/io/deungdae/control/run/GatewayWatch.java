package io.deungdae.control.run;

import io.deungdae.collector.driver.DeviceAgent;
import io.deungdae.collector.driver.DeviceStatus;
import io.deungdae.collector.driver.LinkState;
import io.deungdae.collector.forward.Forwarder;
import io.deungdae.collector.forward.ForwarderStatus;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.store.Damage;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.HistorianStatus;
import io.deungdae.control.alarm.AlarmBook;
import io.deungdae.control.alarm.AlarmDefinition;
import io.deungdae.control.alarm.AlarmSignal;
import io.deungdae.control.alarm.Priority;
import io.deungdae.kamp.KampAgent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches the gateway's own parts and raises alarms: devices, historian, forwarders, deliveries.
 */
final class GatewayWatch {

  private static final Duration AT_ONCE = Duration.ZERO;
  private static final Duration SETTLED = Duration.ofSeconds(10);
  private static final Duration LAG = Duration.ofMinutes(5);

  private final AlarmBook alarms;
  private final Devices devices;
  private final Forwarders forwarders;
  private final Map<String, AlarmSignal> lagging = new HashMap<>();
  private final Map<String, DeviceAlarms> deviceAlarms = new HashMap<>();
  private final List<Check> checks = new ArrayList<>();

  @FunctionalInterface
  private interface Check {
    void look(Instant now);
  }

  GatewayWatch(
      AlarmBook alarms,
      Devices devices,
      Historian historian,
      Forwarders forwarders,
      @Nullable KampAgent kamp,
      List<Damage> damage) {
    this.alarms = alarms;
    this.devices = devices;
    watchHistorian(alarms, historian);
    if (!damage.isEmpty()) {
      damaged(alarms, damage);
    }
    this.forwarders = forwarders;
    if (kamp != null) {
      watchKamp(alarms, kamp);
    }
  }

  void tick(Instant now, long nowNs) {
    devices.tick(nowNs);
    watchDevices();
    watchForwarders(now);
    checks.forEach(check -> check.look(now));
  }

  private void watchDevices() {
    for (DeviceAgent device : devices.agents()) {
      deviceAlarms.computeIfAbsent(device.name(), this::deviceAlarms).look(device);
    }
    deviceAlarms.forEach(
        (name, alarmsOfIt) -> {
          if (devices.agent(name).isEmpty()) {
            alarmsOfIt.forget();
          }
        });
  }

  /** What can be wrong with a device. */
  private record DeviceAlarms(AlarmSignal down, AlarmSignal shed) {

    void look(DeviceAgent device) {
      DeviceStatus status = device.status();
      String error = status.lastError() == null ? status.endpoint() : status.lastError();
      down.set(status.state() != LinkState.UP, Label.of(error));
      shed.set(!device.shed().isEmpty(), Label.of(device.shed().toString()));
    }

    /** The device was taken out of the settings. */
    void forget() {
      down.set(false, Label.of(""));
      shed.set(false, Label.of(""));
    }
  }

  private DeviceAlarms deviceAlarms(String device) {
    AlarmSignal down =
        alarms.define(
            new AlarmDefinition(
                "device-down." + device,
                device,
                Priority.MEDIUM,
                new Label("No link to " + device, device + " 통신 두절"),
                new Label(
                    "Check power, cable and address of the device.", "장치의 전원, 케이블, 주소를 확인하십시오."),
                Duration.ofSeconds(10), // longer than a link takes to come up at the start
                SETTLED));
    AlarmSignal shed =
        alarms.define(
            new AlarmDefinition(
                "shed." + device,
                device,
                Priority.HIGH,
                new Label("Setpoints of " + device + " ran out", device + " 설정값 유지시간 초과"),
                new Label(
                    "The loop did not refresh its setpoints; the PLC runs by itself. See the unit's"
                        + " demotion.",
                    "제어 루프가 설정값을 갱신하지 않아 PLC가 자체 운전 중입니다. 설비의 강등 사유를 확인하십시오."),
                AT_ONCE,
                SETTLED));
    return new DeviceAlarms(down, shed);
  }

  private void watchHistorian(AlarmBook alarms, Historian historian) {
    AlarmSignal failing =
        alarms.define(
            new AlarmDefinition(
                "historian",
                "gateway",
                Priority.HIGH,
                new Label("History does not reach the disk", "이력 데이터 디스크 저장 실패"),
                new Label(
                    "Check free space and rights of the data folder.",
                    "데이터 폴더의 여유 공간과 권한을 확인하십시오."),
                AT_ONCE,
                SETTLED));
    checks.add(
        now -> {
          HistorianStatus status = historian.status();
          failing.set(!status.isWell(), Label.of(status.error()));
        });
  }

  /** Stands until the next start, which finds nothing any more. */
  private static void damaged(AlarmBook alarms, List<Damage> damage) {
    long lost = damage.stream().mapToLong(Damage::lost).sum();
    long doubtful = damage.stream().mapToLong(Damage::doubtful).sum();
    long fromMs =
        damage.stream().filter(Damage::hurtsRows).mapToLong(Damage::fromMs).min().orElse(0);
    long toMs = damage.stream().filter(Damage::hurtsRows).mapToLong(Damage::toMs).max().orElse(0);
    String span =
        fromMs == 0 ? "-" : Instant.ofEpochMilli(fromMs) + " .. " + Instant.ofEpochMilli(toMs);
    alarms
        .define(
            new AlarmDefinition(
                "history-damaged",
                "gateway",
                Priority.HIGH,
                new Label("History was damaged on disk", "이력 데이터 파일 손상"),
                new Label(
                    "The rest is kept and collecting goes on. Check the disk; see"
                        + " docs/recovery.md.",
                    "나머지 데이터는 보존되며 수집은 계속됩니다. 디스크를 점검하고 docs/recovery.md를 참고하십시오."),
                AT_ONCE,
                AT_ONCE))
        .set(
            true,
            new Label(
                lost + " rows lost, " + doubtful + " doubtful, " + span,
                lost + "행 유실, " + doubtful + "행 의심, " + span));
  }

  private void watchForwarders(Instant now) {
    Set<String> present = new HashSet<>();
    for (Forwarder forwarder : forwarders.all()) {
      ForwarderStatus status = forwarder.status(now);
      present.add(status.name());
      lagging
          .computeIfAbsent(status.name(), this::forwarderAlarm)
          .above(
              status.lag().toMillis() / 1000.0,
              LAG.toMillis() / 1000.0,
              60,
              Label.of(status.lagRows() + " rows; " + status.error()));
    }
    lagging.forEach(
        (name, signal) -> {
          if (!present.contains(name)) {
            signal.set(false, Label.of(""));
          }
        });
  }

  private AlarmSignal forwarderAlarm(String name) {
    return alarms.define(
        new AlarmDefinition(
            "forwarder-lag." + name,
            "gateway",
            Priority.LOW,
            new Label("Forwarder " + name + " is behind", name + " 전송 지연"),
            new Label(
                "Check the receiver; nothing is lost meanwhile.", "수신 서버를 확인하십시오. 데이터는 유실되지 않습니다."),
            Duration.ofSeconds(30),
            SETTLED));
  }

  private void watchKamp(AlarmBook alarms, KampAgent kamp) {
    AlarmSignal failing =
        alarms.define(
            new AlarmDefinition(
                "kamp",
                "gateway",
                Priority.LOW,
                new Label("Deliveries to KAMP fail", "KAMP 전송 실패"),
                new Label(
                    "Check endpoint, keys and network; windows are delivered later.",
                    "엔드포인트, 키, 네트워크를 확인하십시오. 밀린 구간은 나중에 전송됩니다."),
                Duration.ofSeconds(30),
                SETTLED));
    checks.add(
        now -> {
          String error = KampViews.errors(kamp.status());
          failing.set(!error.isEmpty(), Label.of(error));
        });
  }
}
