package io.deungdae.collector.driver.xgt;

import io.deungdae.collector.signal.Quality;

/**
 * A PLC's refusal. XGL-EFMTB manual §10.4.1 for 1 to 6 and 0x75 to 0x78; XBL-C41A manual appendix
 * 3.1 for those of four digits; 0x10 to 0x12, 0x21 and 0x24 are in no list, but modules send them.
 *
 * @param code the error code
 */
record Refusal(int code) {

  /** True when another address or length might be answered. */
  boolean concernsAddress() {
    return switch (code) {
      case 0x01, 0x02, 0x03, 0x04, 0x05, 0x06 -> true;
      case 0x10, 0x11, 0x12, 0x21, 0x24 -> true;
      case 0x1132, 0x1232, 0x1332, 0x7132 -> true;
      default -> false;
    };
  }

  /** What a refused reading is worth. */
  Quality quality() {
    return concernsAddress() ? Quality.BAD_REJECTED : Quality.BAD_DEVICE;
  }

  @Override
  public String toString() {
    return String.format("error 0x%04X (%s)", code, meaning());
  }

  private String meaning() {
    return switch (code) {
      case 0x01 -> "more than 16 variables";
      case 0x02 -> "data type is none of X, B, W, D, L";
      case 0x03 -> "no such device area";
      case 0x04 -> "outside the device area";
      case 0x05, 0x06 -> "too many bytes at once";
      case 0x10 -> "no such device";
      case 0x11, 0x12 -> "variable's name not understood";
      case 0x21 -> "instruction not understood";
      case 0x24 -> "data type";
      case 0x75 -> "company id: try the other one in the settings";
      case 0x76 -> "header's length";
      case 0x77 -> "header's checksum";
      case 0x78 -> "unknown command";
      case 0x1132 -> "no such device area";
      case 0x1232 -> "too much data at once";
      case 0x1332 -> "variables of different types";
      case 0x1432 -> "value not understood";
      case 0x7132 -> "outside the device area";
      default -> "not in LS's lists";
    };
  }
}
