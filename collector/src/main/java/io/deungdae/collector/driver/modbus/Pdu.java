package io.deungdae.collector.driver.modbus;

import com.ghgande.j2mod.modbus.msg.ModbusRequest;

/** Messages as bytes: function code and data, the same in every kind of frame. */
final class Pdu {

  private static final int EXCEPTION = 0x80;
  private static final int LAST_READ = 4;
  private static final int LAST_READ_OF_BITS = 2;
  private static final int READ_HEADER = 2;
  private static final int MASK_WRITE = 22;

  private Pdu() {}

  /** The bytes of a request. */
  static byte[] of(ModbusRequest request) {
    byte[] data = request.getMessage();
    byte[] pdu = new byte[1 + data.length];
    pdu[0] = (byte) request.getFunctionCode();
    System.arraycopy(data, 0, pdu, 1, data.length);
    return pdu;
  }

  /** How many bytes of values a request to read asks for. */
  static int dataLength(byte[] read) {
    int count = (read[3] & 0xFF) << 8 | (read[4] & 0xFF);
    return read[0] <= LAST_READ_OF_BITS ? (count + 7) / 8 : 2 * count;
  }

  /** How many bytes of function code and data a proper answer to the request has. */
  static int answerLength(byte[] request) {
    if (request[0] <= LAST_READ) {
      return READ_HEADER + dataLength(request);
    }
    return request[0] == MASK_WRITE ? 7 : 5; // Modbus Application Protocol V1.1b3 §6.16, §6.5
  }

  /** True when the bytes can be an answer to the request. */
  static boolean fits(byte[] answer, byte[] request) {
    int asked = request[0];
    if ((answer[0] & 0xFF) == (asked | EXCEPTION)) {
      return answer.length >= 2;
    }
    if (answer[0] != asked || answer.length < READ_HEADER) {
      return false;
    }
    return asked <= LAST_READ
        ? answer.length >= READ_HEADER + (answer[1] & 0xFF)
        : answer.length >= answerLength(request)
            && answer[1] == request[1]
            && answer[2] == request[2]; // the address
  }

  /** True for a request or an answer of a function that writes. */
  static boolean writes(byte[] pdu) {
    return (pdu[0] & 0x7F) > LAST_READ;
  }

  /** True for a refusal. */
  static boolean isException(byte[] answer) {
    return (answer[0] & EXCEPTION) != 0;
  }

  /**
   * Takes the cells out of the answer to a read: 0 or 1 for a bit, 0 to 65535 for a register.
   *
   * @param count how many were asked for
   * @param cells where they go
   * @return false when the answer has another number of them
   */
  static boolean cells(byte[] answer, int count, int[] cells) {
    return answer[0] <= LAST_READ_OF_BITS
        ? bits(answer, count, cells)
        : words(answer, count, cells);
  }

  private static boolean words(byte[] answer, int count, int[] cells) {
    if ((answer[1] & 0xFF) != 2 * count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      int at = READ_HEADER + 2 * i;
      cells[i] = (answer[at] & 0xFF) << 8 | (answer[at + 1] & 0xFF);
    }
    return true;
  }

  private static boolean bits(byte[] answer, int count, int[] cells) {
    if ((answer[1] & 0xFF) != (count + 7) / 8) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      cells[i] = answer[READ_HEADER + i / 8] >>> (i % 8) & 1;
    }
    return true;
  }
}
