package io.deungdae.collector.export;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A table that is being written. Used by one thread. */
public interface Table extends Closeable {

  /**
   * Writes one row.
   *
   * @param cells one for each column, of its type or null; not kept
   */
  void add(@Nullable Object[] cells) throws IOException;
}
