package io.deungdae.kamp.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryWaitTest {

  @Test
  void doublesUpToTheLongestAndStartsAnewAfterSuccess() {
    RetryWait wait = new RetryWait(Duration.ofSeconds(5), Duration.ofSeconds(18), () -> 1.0);
    assertEquals(5_000_000_000L, wait.nextNs());
    assertEquals(10_000_000_000L, wait.nextNs());
    assertEquals(18_000_000_000L, wait.nextNs());
    assertEquals(18_000_000_000L, wait.nextNs());
    wait.succeeded();
    assertEquals(5_000_000_000L, wait.nextNs());
  }

  @Test
  void chanceShortensByUpToAHalf() {
    RetryWait wait = new RetryWait(Duration.ofSeconds(8), Duration.ofSeconds(8), () -> 0.0);
    assertEquals(4_000_000_000L, wait.nextNs());
  }
}
