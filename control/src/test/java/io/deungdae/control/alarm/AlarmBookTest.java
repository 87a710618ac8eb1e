package io.deungdae.control.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.signal.Label;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmBookTest {

  private static final Label WHAT = new Label("found", "발견");

  private final List<AlarmEvent> events = new ArrayList<>();
  private final AlarmBook book = new AlarmBook(events::add);
  private final AlarmSignal signal = book.define(definition("pump", 2, 3));
  private Instant now = Instant.parse("2026-11-23T00:00:00Z");
  private long nowNs = 1;

  private static AlarmDefinition definition(String id, int on, int off) {
    return new AlarmDefinition(
        id,
        "oven",
        Priority.HIGH,
        Label.of("Pump"),
        Label.of("Look"),
        Duration.ofSeconds(on),
        Duration.ofSeconds(off));
  }

  private void run(int seconds) {
    for (int i = 0; i < seconds; i++) {
      now = now.plusSeconds(1);
      nowNs += 1_000_000_000L;
      book.tick(now, nowNs);
    }
  }

  private AlarmState state() {
    return book.all().get(0).state();
  }

  private void raised() {
    signal.raise(WHAT);
    run(4);
    assertEquals(AlarmState.UNACKNOWLEDGED, state());
  }

  @Test
  void shortConditionRaisesNothing() {
    run(1);
    signal.raise(WHAT);
    run(2);
    signal.clear();
    run(10);
    assertEquals(AlarmState.NORMAL, state());
    assertEquals(0, book.all().get(0).count());
  }

  @Test
  void acknowledgedAlarmReturnsToNormalByItself() {
    raised();
    assertTrue(book.request(new AlarmAction.Acknowledge("pump", "kim")));
    run(1);
    assertEquals(AlarmState.ACKNOWLEDGED, state());
    signal.clear();
    run(2);
    assertEquals(AlarmState.ACKNOWLEDGED, state(), "off delay");
    run(3);
    assertEquals(AlarmState.NORMAL, state());
  }

  @Test
  void alarmThatWentUnseenStaysUntilSomebodyHasSeenIt() {
    raised();
    signal.clear();
    run(5);
    assertEquals(AlarmState.RETURNED, state());
    assertEquals(1, book.open().size());
    book.request(new AlarmAction.Acknowledge("pump", "kim"));
    run(1);
    assertEquals(AlarmState.NORMAL, state());
    assertEquals("kim", events.get(events.size() - 1).alarm().by());
  }

  @Test
  void shelvingEndsByItself() {
    raised();
    book.request(new AlarmAction.Shelve("pump", "kim", Duration.ofSeconds(30)));
    run(1);
    assertEquals(AlarmState.SHELVED, state());
    assertTrue(book.open().isEmpty());
    run(30);
    assertEquals(AlarmState.UNACKNOWLEDGED, state());
  }

  @Test
  void shelvingForDaysIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new AlarmAction.Shelve("pump", "kim", Duration.ofDays(1)));
  }

  @Test
  void outOfServiceLastsUntilItIsBroughtBack() {
    raised();
    book.request(new AlarmAction.TakeOutOfService("pump", "kim"));
    run(1);
    signal.clear();
    run(10);
    signal.raise(WHAT);
    run(10);
    assertEquals(AlarmState.OUT_OF_SERVICE, state());
    book.request(new AlarmAction.Restore("pump", "lee"));
    run(1);
    assertEquals(AlarmState.UNACKNOWLEDGED, state());
  }

  @Test
  void suppressedByDesignShowsNothing() {
    signal.suppress(true);
    signal.raise(WHAT);
    run(10);
    assertEquals(AlarmState.SUPPRESSED, state());
    signal.suppress(false);
    run(1);
    assertEquals(AlarmState.UNACKNOWLEDGED, state());
  }

  @Test
  void noiseInsideTheDeadbandDoesNotChatter() {
    for (int i = 0; i < 100; i++) {
      signal.above(i % 2 == 0 ? 100.1 : 99.5, 100, 1, WHAT);
      run(1);
    }
    assertEquals(1, book.all().get(0).count());
  }

  @Test
  void floodAndChatteringAreMeasured() {
    AlarmSignal nervous = book.define(definition("nervous", 0, 0));
    for (int i = 0; i < 11; i++) {
      nervous.raise(WHAT);
      run(1);
      nervous.clear();
      run(1);
    }
    assertTrue(book.health().flood());
    assertEquals(1, book.health().chattering());
    run(700);
    assertFalse(book.health().flood());
    assertEquals(0, book.health().chattering());
  }

  @Test
  void unknownAlarmCannotBeAcknowledged() {
    assertFalse(book.request(new AlarmAction.Acknowledge("nothing", "kim")));
  }
}
