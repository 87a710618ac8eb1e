package io.deungdae.simulators.xgt;

/** An error answer on its way out. XGL-EFMTB manual §10.4.1. */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  static final int TOO_MANY_VARIABLES = 0x01;
  static final int DATA_TYPE = 0x02;
  static final int NO_SUCH_AREA = 0x03;
  static final int OUTSIDE_AREA = 0x04;
  static final int BLOCK_TOO_LONG = 0x05;
  static final int ALL_TOO_LONG = 0x06;
  static final int NAME = 0x11; // not in the list, but sent by modules
  static final int COMPANY = 0x75;
  static final int LENGTH = 0x76;
  static final int CHECKSUM = 0x77;
  static final int COMMAND = 0x78;

  private final int code;

  Refusal(int code) {
    super("error " + code, null, false, false);
    this.code = code;
  }

  int code() {
    return code;
  }
}
