package io.deungdae.control.loop;

import io.deungdae.analytics.Judgement;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.PlantUnit;
import io.deungdae.control.alarm.AlarmBook;
import io.deungdae.control.alarm.AlarmDefinition;
import io.deungdae.control.alarm.AlarmSignal;
import io.deungdae.control.alarm.Priority;
import io.deungdae.control.guard.Engagement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The alarms of one unit's loop. Used by the control thread. */
final class UnitAlarms {

  private static final Label OPEN = new Label("see the open decision", "진행 중인 결정 참조");

  private final AlarmSignal demoted;
  private final AlarmSignal inputs;
  private final AlarmSignal readBack;
  private final AlarmSignal anomaly;
  private @Nullable Demotion shown;
  private Judgement.@Nullable Anomaly told;

  UnitAlarms(PlantUnit unit, AlarmBook book) {
    demoted =
        define(
            book,
            unit,
            "loop-demoted",
            Priority.MEDIUM,
            new Label("Control demoted", "제어 모드 강등"),
            new Label("Look for the cause, then ask for the mode again", "원인을 확인한 뒤 모드를 다시 요청하십시오"),
            Duration.ZERO);
    inputs =
        define(
            book,
            unit,
            "inputs",
            Priority.MEDIUM,
            new Label("Control holds: inputs not usable", "제어 보류: 입력 사용 불가"),
            new Label("Check the sensor and the link to its device", "센서와 장치 연결을 점검하십시오"),
            Duration.ofSeconds(2));
    readBack =
        define(
            book,
            unit,
            "read-back",
            Priority.HIGH,
            new Label("Setpoint not kept by the device", "장치가 설정값을 유지하지 않음"),
            new Label(
                "Put the PLC to LOCAL and compare its setpoints", "PLC를 LOCAL로 전환하고 설정값을 확인하십시오"),
            Duration.ZERO);
    anomaly =
        define(
            book,
            unit,
            "anomaly",
            Priority.LOW,
            new Label("Anomaly", "이상 감지"),
            new Label("Look at the decision and its causes", "결정과 원인을 확인하십시오"),
            Duration.ZERO);
  }

  private static AlarmSignal define(
      AlarmBook book,
      PlantUnit unit,
      String id,
      Priority priority,
      Label title,
      Label action,
      Duration onDelay) {
    return book.define(
        new AlarmDefinition(
            id + "." + unit.name(),
            unit.name(),
            priority,
            title,
            action,
            onDelay,
            Duration.ofSeconds(1)));
  }

  /** Each cycle. */
  void tick(@Nullable Demotion demotion, Handshake handshake, @Nullable Judgement judgement) {
    demotion(demotion);
    if (handshake.state() == Engagement.HOLDING || handshake.state() == Engagement.SHED) {
      if (!inputs.isRaised()) {
        inputs.raise(handshake.why());
      }
    } else {
      inputs.clear();
    }
    anomaly(judgement == null ? null : judgement.anomaly());
  }

  private void demotion(@Nullable Demotion demotion) {
    if (demotion == null) {
      shown = null;
      demoted.clear();
      readBack.clear();
    } else if (!demotion.equals(shown)) {
      shown = demotion;
      demoted.raise(demotion.why());
      boolean device =
          demotion.cause() == Demotion.Cause.READ_BACK_FAILED
              || demotion.cause() == Demotion.Cause.WRITE_FAILED;
      readBack.set(device, demotion.detail());
    }
  }

  private void anomaly(Judgement.@Nullable Anomaly now) {
    if (now == null) {
      anomaly.clear();
      told = null;
    } else if (told == null || !told.causes().equals(now.causes())) {
      told = now;
      anomaly.raise(now.causes().isEmpty() ? OPEN : now.causes().get(0).title());
    }
  }
}
