package io.deungdae.control.alarm;

import io.deungdae.control.audit.AuditEvent;
import io.deungdae.control.audit.AuditKind;

/**
 * An alarm changed its state.
 *
 * @param from the state before
 * @param alarm the alarm now
 */
public record AlarmEvent(AlarmState from, AlarmView alarm) {

  /** The same for the audit log. */
  public AuditEvent toAudit() {
    String who = alarm.by().isEmpty() ? AuditEvent.GATEWAY : alarm.by();
    return AuditEvent.of(alarm.since(), AuditKind.ALARM, who, "")
        .with("alarm", alarm.id())
        .with("from", from.name())
        .with("to", alarm.state().name())
        .with("priority", alarm.priority().name())
        .with("detail", alarm.detail().en());
  }
}
