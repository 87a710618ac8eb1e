package io.deungdae.collector.store;

import java.io.IOException;

/** Takes rows of the history, one after the other. */
@FunctionalInterface
public interface RowVisitor {

  /**
   * One row.
   *
   * @return false to end the reading
   */
  boolean row(StoredSample row) throws IOException;
}
