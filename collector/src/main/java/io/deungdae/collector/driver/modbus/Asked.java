package io.deungdae.collector.driver.modbus;

/** A request under way. */
final class Asked {

  final int ticket;
  final int number;
  final int unit;
  final byte[] pdu;

  /**
   * A request.
   *
   * @param ticket the asker's own name for it
   * @param number what its frame carries, 0 to 65535
   * @param unit unit identifier
   * @param pdu function code and data
   */
  Asked(int ticket, int number, int unit, byte[] pdu) {
    this.ticket = ticket;
    this.number = number;
    this.unit = unit;
    this.pdu = pdu;
  }
}
