package io.deungdae.bench.forward;

import java.time.Duration;

/** A receiver in a process of its own. */
interface ReceiverProcess extends AutoCloseable {

  /** Its address. */
  String url();

  /** Processor time it has used, of user and system. */
  Duration cpu();

  @Override
  void close();
}
