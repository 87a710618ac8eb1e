package io.deungdae.collector.driver.modbus;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.modbus.ModbusSettings.CellWrite;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes single cells of a table, with the function for one cell or with the one for several. A
 * device that says it has no such function is asked with the other one. Once one of them has worked
 * nothing else is tried any more: from then on a refusal is a refusal. Used by the device's thread.
 */
final class CellWriter {

  private static final Logger LOG = LoggerFactory.getLogger(CellWriter.class);

  private final String device;
  private final Request single;
  private final Request multiple;
  private CellWrite way;
  private boolean proven;

  /** Makes the request that writes a cell. */
  private interface Request {
    byte[] of(int start, int cell);
  }

  /** Sends a request and waits for the answer. */
  interface Exchange {
    byte[] of(byte[] request) throws DeviceException;
  }

  private CellWriter(String device, CellWrite way, Request single, Request multiple) {
    this.device = device;
    this.way = way;
    this.single = single;
    this.multiple = multiple;
  }

  /** For holding registers: function 6 or 16. */
  static CellWriter ofRegisters(String device, CellWrite first) {
    return new CellWriter(
        device,
        first,
        Wire::writeRegister,
        (start, word) -> Wire.writeRegisters(start, new int[] {word}));
  }

  /** For coils, which are on when the cell is not 0: function 5 or 15. */
  static CellWriter ofCoils(String device, CellWrite first) {
    return new CellWriter(
        device,
        first,
        (start, cell) -> Wire.writeCoil(start, cell != 0),
        (start, cell) -> Wire.writeCoils(start, cell != 0));
  }

  /** Writes a cell; returns the device's last answer, which may be an exception. */
  byte[] write(int start, int cell, Exchange exchange) throws DeviceException {
    byte[] answer = exchange.of(request(way).of(start, cell));
    if (proven || !lacksFunction(answer)) {
      proven |= !Pdu.isException(answer);
      return answer;
    }
    CellWrite other = way == CellWrite.SINGLE ? CellWrite.MULTIPLE : CellWrite.SINGLE;
    byte[] second = exchange.of(request(other).of(start, cell));
    if (lacksFunction(second)) {
      return answer;
    }
    LOG.info("device={} has no function {}; {} from now on", device, answer[0] & 0x7F, other);
    way = other;
    proven = !Pdu.isException(second);
    return second;
  }

  private Request request(CellWrite which) {
    return which == CellWrite.SINGLE ? single : multiple;
  }

  private static boolean lacksFunction(byte[] answer) {
    return Pdu.isException(answer) && Refusal.of(answer).concernsFunction();
  }
}
