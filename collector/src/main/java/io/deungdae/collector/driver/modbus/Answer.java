package io.deungdae.collector.driver.modbus;

import org.jspecify.annotations.Nullable;

/** What became of a request: the device's answer, or none in time. */
final class Answer {

  private final int ticket;
  private final byte @Nullable [] pdu;

  private Answer(int ticket, byte @Nullable [] pdu) {
    this.ticket = ticket;
    this.pdu = pdu;
  }

  /** The device answered, perhaps with an exception. */
  static Answer of(int ticket, byte[] pdu) {
    return new Answer(ticket, pdu);
  }

  /** No answer came in time. */
  static Answer lost(int ticket) {
    return new Answer(ticket, null);
  }

  /** Which request it is about. */
  int ticket() {
    return ticket;
  }

  /** Function code and data, or null when no answer came. */
  byte @Nullable [] pdu() {
    return pdu;
  }
}
