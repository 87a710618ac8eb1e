package io.deungdae.analytics.agent;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.analytics.agent.ModelNumbers.Span;
import org.junit.jupiter.api.Test;

class SpanTest {

  private final Span span = new Span(100, 110, 3);

  @Test
  void coversItsEndsAndNothingOutsideUnlessTheSiteAllowsIt() {
    assertTrue(span.covers(100, 0));
    assertTrue(span.covers(110, 0));
    assertFalse(span.covers(110.1, 0));
    assertTrue(span.covers(114.9, 0.5));
    assertTrue(span.covers(95.1, 0.5));
    assertFalse(span.covers(115.1, 0.5));
    assertFalse(span.covers(94.9, 0.5));
  }

  @Test
  void whatTheSearchMayProposeIsWhatCountsAsInside() {
    assertTrue(span.covers(span.least(0.5), 0.5));
    assertTrue(span.covers(span.greatest(0.5), 0.5));
  }
}
