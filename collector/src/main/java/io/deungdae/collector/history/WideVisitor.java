package io.deungdae.collector.history;

import io.deungdae.collector.signal.Value;
import java.io.IOException;
import java.util.List;

/** Takes the rows of a wide table, one after the other. */
@FunctionalInterface
public interface WideVisitor {

  /**
   * One row.
   *
   * @param us its time, microseconds since 1970
   * @param values for each column; missing where there is none
   * @return false to end the reading
   */
  boolean row(long us, List<Value> values) throws IOException;
}
