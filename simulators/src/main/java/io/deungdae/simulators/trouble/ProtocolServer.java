package io.deungdae.simulators.trouble;

import java.io.IOException;

/** A server, or a publisher, that can be told to misbehave. */
public interface ProtocolServer extends AutoCloseable {

  /** What it speaks, e.g. {@code modbus}. */
  String protocol();

  /** The TCP port where it is found. */
  int port();

  /** What it does wrong. */
  Troubles troubles();

  /** Hangs up on everybody and ends. Harmless the second time. */
  @Override
  void close() throws IOException;
}
