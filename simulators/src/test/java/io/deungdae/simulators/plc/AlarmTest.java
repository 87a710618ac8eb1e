package io.deungdae.simulators.plc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AlarmTest {

  @Test
  void comesAfterItsDelayAndGoesBelowTheDeadbandAfterItsOther() {
    Alarm alarm = Alarm.above(30, 2, 5, 3);
    for (int i = 0; i < 4; i++) {
      assertFalse(alarm.scan(31, 1));
    }
    assertTrue(alarm.scan(31, 1));
    for (int i = 0; i < 10; i++) {
      assertTrue(alarm.scan(29, 1), "within the deadband");
    }
    assertTrue(alarm.scan(27, 2));
    assertFalse(alarm.scan(27, 1));
  }

  @Test
  void aMomentWithinTheLimitStartsTheDelayAgain() {
    Alarm alarm = Alarm.beyond(1, 0, 5, 0);
    alarm.scan(-2, 4);
    alarm.scan(0.5, 1);
    assertFalse(alarm.scan(-2, 4));
    assertTrue(alarm.scan(-2, 1));
  }

  @Test
  void interlockLatchesUntilItsCauseIsGoneAndSomebodyResetsIt() {
    Interlock interlock = new Interlock(2);
    assertFalse(interlock.scan(true, 1));
    assertTrue(interlock.scan(true, 1));
    assertFalse(interlock.reset());
    interlock.scan(false, 1);
    assertTrue(interlock.tripped());
    assertTrue(interlock.reset());
    assertFalse(interlock.tripped());
  }

  @Test
  void counterKeepsThePartsOfAUnitAndStartsAgainAfterThirtyTwoBits() {
    Counter counter = new Counter();
    for (int i = 0; i < 10; i++) {
      counter.add(0.25);
    }
    assertEquals(2, counter.whole());
    assertEquals(2.5, counter.exact());
    counter.add(4_294_967_294.0);
    assertEquals(0, counter.whole());
  }
}
