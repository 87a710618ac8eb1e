package io.deungdae.kamp.dataset;

import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.store.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Where history comes from; the historian's {@code frame} fits. */
@FunctionalInterface
public interface FrameSource {

  /**
   * Tags on a grid from {@code from} to {@code to}, both included; NaN where there was no good
   * value within {@code lookBack}.
   */
  Frame frame(List<Tag> tags, Instant from, Instant to, Duration step, Duration lookBack);
}
