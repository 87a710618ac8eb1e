package io.deungdae.simulators.modbus;

import java.nio.ByteBuffer;

/** A Modbus exception answer on its way out (Modbus Application Protocol V1.1b3, ch. 7). */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  static final int ILLEGAL_FUNCTION = 1;
  static final int ILLEGAL_ADDRESS = 2;
  static final int ILLEGAL_VALUE = 3;
  static final int DEVICE_FAILURE = 4;
  static final int BUSY = 6;

  private final int code;

  Refusal(int code) {
    super("exception code " + code, null, false, false);
    this.code = code;
  }

  /** The answer to a request with this function code. */
  byte[] answer(int function) {
    return answer(function, code);
  }

  /** An exception answer. */
  static byte[] answer(int function, int code) {
    return ByteBuffer.allocate(2).put((byte) (function | 0x80)).put((byte) code).array();
  }
}
