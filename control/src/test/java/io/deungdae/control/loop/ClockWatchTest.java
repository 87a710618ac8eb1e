package io.deungdae.control.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.control.alarm.AlarmBook;
import io.deungdae.control.alarm.AlarmEvent;
import io.deungdae.control.audit.AuditEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clocks that jump more than once. */
final class ClockWatchTest {

  private final List<AuditEvent> audit = new ArrayList<>();
  private final List<AlarmEvent> alarms = new ArrayList<>();
  private final AlarmBook book = new AlarmBook(alarms::add);
  private final ClockWatch watch = new ClockWatch(audit::add, book);
  private Instant now = Instant.parse("2026-11-23T06:00:00Z");
  private long nowNs;

  private void pass(long seconds, long jumpMs) {
    for (long i = 0; i < seconds; i++) {
      now = now.plusSeconds(1).plusMillis(i == 0 ? jumpMs : 0);
      nowNs += 1_000_000_000L;
      watch.tick(now, nowNs);
      book.tick(now, nowNs);
    }
  }

  @Test
  void aSecondJumpComesUpAnewWhileTheFirstStillStands() {
    pass(3, 0);
    pass(60, -3_600_000);
    int first = alarms.size();
    pass(5, 86_400_000);
    assertEquals(2, audit.size());
    assertTrue(alarms.size() >= first + 2, "it ends and comes up again: " + alarms);
    AlarmEvent last = alarms.get(alarms.size() - 1);
    assertTrue(last.toString().contains("by 86400.0 s"), last.toString());
    pass(301, 0);
    assertEquals(2, audit.size());
  }

  @Test
  void aLeapSecondThatIsStretchedOrRepeatedIsNoJump() {
    pass(3, 0);
    for (int i = 0; i < 1_000; i++) { // one second in a thousand, as time servers smear it
      pass(1, -1);
    }
    pass(3, -1_000); // the second is told twice
    assertEquals(List.of(), audit);
  }
}
