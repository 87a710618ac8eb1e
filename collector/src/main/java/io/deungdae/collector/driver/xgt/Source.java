package io.deungdae.collector.driver.xgt;

/** Who sent a frame. XGL-EFMF manual §7.1.1. */
enum Source {
  CLIENT(0x33),
  PLC(0x11);

  private final int code;

  Source(int code) {
    this.code = code;
  }

  /** Its byte on the wire. */
  int code() {
    return code;
  }
}
