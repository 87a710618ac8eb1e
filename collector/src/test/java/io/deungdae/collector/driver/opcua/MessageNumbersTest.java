package io.deungdae.collector.driver.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MessageNumbersTest {

  @Test
  void aGapIsSeenAndAnOldMessageIsNotOne() {
    MessageNumbers numbers = new MessageNumbers(1);
    assertTrue(numbers.isNext(1));
    numbers.advance();
    assertTrue(numbers.skips(4));
    assertFalse(numbers.skips(2));
    assertFalse(numbers.skips(1));
  }

  @Test
  void numbersRollOverToOne() {
    MessageNumbers numbers = new MessageNumbers(0xFFFF_FFFFL);
    assertTrue(numbers.skips(1));
    numbers.advance();
    assertEquals(1, numbers.next());
    assertFalse(numbers.skips(0xFFFF_FFFFL));
  }
}
