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
import io.deungdae.collector.store.KeepStatus;
import io.deungdae.collector.store.KeepStatus.Room;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
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
      List<Damage> damage,
      Consumer<Damage> record) {
    this.alarms = alarms;
    this.devices = devices;
    watchHistorian(alarms, historian);
    watchKeeping(alarms, historian);
    watchDamage(alarms, historian, damage, record);
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

  private void watchKeeping(AlarmBook alarms, Historian historian) {
    AlarmSignal filling =
        alarms.define(
            new AlarmDefinition(
                "disk-filling",
                "gateway",
                Priority.MEDIUM,
                new Label("The disk is filling up", "디스크 여유 공간 부족"),
                new Label(
                    "Free some of the disk, or keep less of the history. First no roll-ups are"
                        + " made, then the oldest delivered days are deleted, at last samples are"
                        + " refused; control goes on.",
                    "디스크를 정리하거나 이력 보관 기간을 줄이십시오. 먼저 집계를 멈추고, 다음으로 전송이 끝난 가장 오래된 날부터"
                        + " 지우며, 마지막에는 샘플을 받지 않습니다. 제어는 계속됩니다."),
                AT_ONCE,
                SETTLED));
    AlarmSignal refused =
        alarms.define(
            new AlarmDefinition(
                "history-refused",
                "gateway",
                Priority.HIGH,
                new Label("Samples are lost: the history takes none", "샘플 유실: 이력 저장 불가"),
                new Label(
                    "Free some of the disk at once, or mend it; control goes on without history.",
                    "즉시 디스크를 정리하거나 복구하십시오. 제어는 이력 없이 계속됩니다."),
                AT_ONCE,
                Duration.ofMinutes(1)));
    AlarmSignal size =
        alarms.define(
            new AlarmDefinition(
                "history-size",
                "gateway",
                Priority.LOW,
                new Label("The history is larger than allowed", "이력 데이터 허용 크기 초과"),
                new Label(
                    "No day can be deleted: receivers do not have the oldest one yet, or there is"
                        + " only today. Check the forwarders, or raise maxSizeGb.",
                    "지울 수 있는 날이 없습니다. 가장 오래된 날이 아직 전송되지 않았거나 오늘 데이터뿐입니다. 전송 상태를 확인하거나"
                        + " maxSizeGb를 늘리십시오."),
                Duration.ofMinutes(2),
                SETTLED));
    AlarmSignal rollups =
        alarms.define(
            new AlarmDefinition(
                "rollups",
                "gateway",
                Priority.LOW,
                new Label("Roll-ups of the history fail", "이력 집계 실패"),
                new Label(
                    "Check the disk. Nothing is lost: they are made later from the samples.",
                    "디스크를 확인하십시오. 집계는 나중에 샘플로부터 만들어지므로 유실은 없습니다."),
                Duration.ofSeconds(30),
                SETTLED));
    AtomicLong before = new AtomicLong();
    checks.add(
        now -> {
          HistorianStatus status = historian.status();
          KeepStatus keep = status.keep();
          filling.set(
              keep.room() != Room.ENOUGH,
              Label.of(keep.room() + ", " + (status.freeBytes() >> 20) + " MB free"));
          boolean more = keep.refused() > before.getAndSet(keep.refused());
          refused.set(more, Label.of(keep.refused() + " samples refused"));
          size.set(keep.overSize(), Label.of((status.diskBytes() >> 30) + " GB"));
          rollups.set(!keep.rollupError().isEmpty(), Label.of(keep.rollupError()));
        });
  }

  /** Stands until the next start, which finds nothing any more. */
  private void watchDamage(
      AlarmBook alarms, Historian historian, List<Damage> atStart, Consumer<Damage> record) {
    AlarmSignal damaged =
        alarms.define(
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
                AT_ONCE));
    List<Damage> all = new ArrayList<>(atStart);
    damaged.set(!all.isEmpty(), summary(all));
    checks.add(
        now -> {
          List<Damage> read = historian.foundByReading();
          List<Damage> fresh = read.subList(all.size() - atStart.size(), read.size());
          if (!fresh.isEmpty()) {
            fresh.forEach(record);
            all.addAll(fresh);
            damaged.set(true, summary(all));
          }
        });
  }

  private static Label summary(List<Damage> damage) {
    long lost = damage.stream().mapToLong(Damage::lost).sum();
    long doubtful = damage.stream().mapToLong(Damage::doubtful).sum();
    long fromMs =
        damage.stream().filter(Damage::hurtsRows).mapToLong(Damage::fromMs).min().orElse(0);
    long toMs = damage.stream().filter(Damage::hurtsRows).mapToLong(Damage::toMs).max().orElse(0);
    String span =
        fromMs == 0 ? "-" : Instant.ofEpochMilli(fromMs) + " .. " + Instant.ofEpochMilli(toMs);
    return new Label(
        lost + " rows lost, " + doubtful + " doubtful, " + span,
        lost + "행 유실, " + doubtful + "행 의심, " + span);
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
