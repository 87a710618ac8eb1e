package io.deungdae.collector.history;

import io.deungdae.collector.store.RowVisitor;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;

/** Where rows come from: the historian. */
@FunctionalInterface
public interface RowSource {

  /**
   * Gives the rows of the tags from {@code from} (included) to {@code to} (excluded), by source
   * time.
   *
   * @throws IOException when the visitor throws it
   */
  void read(Collection<String> tags, Instant from, Instant to, RowVisitor visitor)
      throws IOException;
}
