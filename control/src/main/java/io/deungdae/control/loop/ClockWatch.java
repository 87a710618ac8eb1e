package io.deungdae.control.loop;

import io.deungdae.collector.signal.Label;
import io.deungdae.control.alarm.AlarmBook;
import io.deungdae.control.alarm.AlarmDefinition;
import io.deungdae.control.alarm.AlarmSignal;
import io.deungdae.control.alarm.Priority;
import io.deungdae.control.audit.AuditEvent;
import io.deungdae.control.audit.AuditKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Notices when the wall clock jumps against the monotonic one. Nothing in the loop depends on the
 * wall clock, but people read records by it. Used by the control thread.
 */
final class ClockWatch {

  private static final long JUMP_MS = 1_000;
  private static final long SHOWN_NS = Duration.ofMinutes(5).toNanos();

  private final Consumer<AuditEvent> audit;
  private final AlarmSignal alarm;
  private @Nullable Instant last;
  private long lastNs;
  private long jumpedNs;
  private @Nullable Label again;

  ClockWatch(Consumer<AuditEvent> audit, AlarmBook alarms) {
    this.audit = audit;
    this.alarm =
        alarms.define(
            new AlarmDefinition(
                "clock-jump",
                "gateway",
                Priority.LOW,
                new Label("Clock jumped", "시계 급변"),
                new Label(
                    "Check the time service of the gateway; times in records jump here",
                    "게이트웨이 시간 동기화를 점검하십시오. 기록 시각이 이 지점에서 바뀝니다"),
                Duration.ZERO,
                Duration.ZERO));
  }

  void tick(Instant now, long nowNs) {
    Instant before = last;
    if (before != null) {
      long wallMs = now.toEpochMilli() - before.toEpochMilli();
      long jumpMs = wallMs - (nowNs - lastNs) / 1_000_000;
      if (again != null) {
        alarm.raise(again);
        again = null;
      }
      if (Math.abs(jumpMs) > JUMP_MS) {
        jumped(jumpMs, now, nowNs);
      } else if (alarm.isRaised() && nowNs - jumpedNs > SHOWN_NS) {
        alarm.clear();
      }
    }
    last = now;
    lastNs = nowNs;
  }

  private void jumped(long jumpMs, Instant now, long nowNs) {
    jumpedNs = nowNs;
    String seconds = String.format(Locale.ROOT, "%.1f", jumpMs / 1e3);
    Label what = new Label("by " + seconds + " s", seconds + "초");
    if (alarm.isRaised()) { // ends for one cycle, so that it comes up anew, to be acknowledged
      alarm.clear();
      again = what;
    } else {
      alarm.raise(what);
    }
    audit.accept(
        AuditEvent.of(now, AuditKind.CLOCK, AuditEvent.GATEWAY, "").with("jumpMs", jumpMs));
  }
}
