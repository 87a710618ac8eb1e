package io.deungdae.control.run;

import io.deungdae.control.alarm.AlarmEvent;
import io.deungdae.control.alarm.AlarmView;
import io.deungdae.control.audit.AuditEvent;
import io.deungdae.control.audit.AuditKind;
import java.time.Instant;

/** How a change of an alarm's state stands in the audit log. */
final class AlarmAudit {

  private AlarmAudit() {}

  static AuditEvent of(AlarmEvent event, Instant now) {
    AlarmView alarm = event.alarm();
    String who = alarm.by().isEmpty() ? AuditEvent.GATEWAY : alarm.by();
    return AuditEvent.of(now, AuditKind.ALARM, who, "")
        .with("alarm", alarm.id())
        .with("from", event.from().name())
        .with("to", alarm.state().name())
        .with("detail", alarm.detail().en());
  }
}
