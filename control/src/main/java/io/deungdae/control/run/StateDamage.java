package io.deungdae.control.run;

import io.deungdae.collector.signal.Label;
import io.deungdae.control.alarm.AlarmBook;
import io.deungdae.control.alarm.AlarmDefinition;
import io.deungdae.control.alarm.Priority;
import io.deungdae.control.api.Accounts;
import io.deungdae.control.audit.AuditEvent;
import io.deungdae.control.audit.AuditKind;
import io.deungdae.control.backup.StateRescue;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Says what the start found wrong with accounts and decisions.
 *
 * @param rescued what was wrong with the SQLite file
 * @param accounts what became of users and tokens
 */
record StateDamage(Optional<StateRescue.Found> rescued, Accounts.Condition accounts) {

  boolean isDamage() {
    return rescued.isPresent() || accounts != Accounts.Condition.SOUND;
  }

  AuditEvent audit(Instant now) {
    return AuditEvent.of(now, AuditKind.DAMAGE, AuditEvent.GATEWAY, "")
        .with("what", "accounts and decisions: " + what())
        .with("accounts", accounts.name())
        .with("aside", rescued.map(found -> found.aside().toString()).orElse(""));
  }

  private String what() {
    return rescued
        .map(StateRescue.Found::summary)
        .orElse("users and tokens were not what they were");
  }

  /** Raises the alarm, which stands until the next start. */
  void raise(AlarmBook alarms) {
    if (!isDamage()) {
      return;
    }
    Label users =
        switch (accounts) {
          case SOUND -> new Label("users are as they were", "사용자 정보 정상");
          case RESTORED -> new Label("users are restored from their copy", "사용자 정보 사본에서 복구");
          case LOST -> new Label("all users are lost", "사용자 정보 전체 유실");
        };
    alarms
        .define(
            new AlarmDefinition(
                "state-damaged",
                "gateway",
                Priority.HIGH,
                new Label("File of accounts and decisions was damaged", "계정·의사결정 기록 파일 손상"),
                new Label(
                    "What can be read is kept. Check the disk and the list of users; if nobody can"
                        + " log in: deungdae user add NAME --role admin. See docs/recovery.md.",
                    "읽을 수 있는 내용은 보존되었습니다. 디스크와 사용자 목록을 점검하십시오. 로그인할 수 없으면 deungdae user add"
                        + " NAME --role admin 을 실행하십시오. docs/recovery.md 참고."),
                Duration.ZERO,
                Duration.ZERO))
        .set(true, new Label(users.en() + "; " + what(), users.ko() + "; " + what()));
  }
}
