package io.deungdae.collector.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void doublesUpToTheLongestAndStartsAnewAfterSuccess() {
    Backoff backoff = new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(18), () -> 1.0);
    assertEquals(5_000_000_000L, backoff.nextNs());
    assertEquals(10_000_000_000L, backoff.nextNs());
    assertEquals(18_000_000_000L, backoff.nextNs());
    assertEquals(18_000_000_000L, backoff.nextNs());
    backoff.succeeded();
    assertEquals(5_000_000_000L, backoff.nextNs());
  }

  @Test
  void chanceShortensByUpToAHalf() {
    Backoff backoff = new Backoff(Duration.ofSeconds(8), Duration.ofSeconds(8), () -> 0.0);
    assertEquals(4_000_000_000L, backoff.nextNs());
  }

  @Test
  void onlyALinkThatOutlivedTheNextWaitCountsAsASuccess() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), () -> 1.0);
    backoff.nextNs();
    backoff.wasUpFor(1_999_999_999L);
    assertEquals(2_000_000_000L, backoff.nextNs());
    backoff.wasUpFor(4_000_000_000L);
    assertEquals(1_000_000_000L, backoff.nextNs());
  }
}
