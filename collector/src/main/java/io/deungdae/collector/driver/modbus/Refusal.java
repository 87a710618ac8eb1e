package io.deungdae.collector.driver.modbus;

import io.deungdae.collector.signal.Quality;

/**
 * A device's refusal. Modbus Application Protocol V1.1b3 §7.
 *
 * @param code the exception code
 */
record Refusal(int code) {

  /** Reads an exception response. */
  static Refusal of(byte[] answer) {
    return new Refusal(answer[1] & 0xFF);
  }

  /** True when another address or length might be answered. */
  boolean concernsAddress() {
    return code == 2 || code == 3;
  }

  /** True when the device lacks the function, or does not have it in its present state. */
  boolean concernsFunction() {
    return code == 1;
  }

  /** True when the device has begun to do it and will need some time. */
  boolean isAcknowledgement() {
    return code == 5;
  }

  /** True when the device would do it at another moment. */
  boolean isBusy() {
    return code == 6;
  }

  /** True when it is a gateway that answers, because the unit behind it does not. */
  boolean isAbsence() {
    return code == 10 || code == 11;
  }

  /** What a refused reading is worth. */
  Quality quality() {
    return switch (code) {
      case 1, 2, 3 -> Quality.BAD_REJECTED;
      case 10 -> Quality.BAD_NO_LINK;
      case 11 -> Quality.BAD_TIMEOUT;
      default -> Quality.BAD_DEVICE;
    };
  }

  @Override
  public String toString() {
    return "exception " + code + " (" + meaning() + ")";
  }

  private String meaning() {
    return switch (code) {
      case 1 -> "illegal function";
      case 2 -> "illegal data address";
      case 3 -> "illegal data value";
      case 4 -> "device failure";
      case 5 -> "acknowledged, not done yet";
      case 6 -> "device busy";
      case 8 -> "memory parity error";
      case 10 -> "gateway path unavailable";
      case 11 -> "gateway target did not respond";
      default -> "unknown";
    };
  }
}
