package io.deungdae.control.audit;

import java.io.IOException;

/** Something with a queue that the record thread empties onto the disk. */
public interface Drained extends AutoCloseable {

  /**
   * Writes what has come in so far and makes it durable. Called by the record thread.
   *
   * @return how many entries were written
   * @throws IOException when the disk does not take them; they stay and are tried again
   */
  int drain() throws IOException;

  /** Writes the rest and closes the files. Called after the record thread has ended. */
  @Override
  void close() throws IOException;
}
