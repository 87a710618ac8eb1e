package io.deungdae.collector.driver.xgt;

/** What an instruction is about. XGL-EFMF manual §7.1.1. */
enum DataType {
  BIT(0x00, 'X', 1),
  BYTE(0x01, 'B', 1),
  WORD(0x02, 'W', 2),
  DWORD(0x03, 'D', 4),
  LWORD(0x04, 'L', 8),
  /** Neighbouring bytes from one place on. */
  CONTINUOUS(0x14, 'B', 1);

  private final int code;
  private final char letter;
  private final int bytes;

  DataType(int code, char letter, int bytes) {
    this.code = code;
    this.letter = letter;
    this.bytes = bytes;
  }

  /** Its number in an instruction. */
  int code() {
    return code;
  }

  /** Its letter in a variable's name. */
  char letter() {
    return letter;
  }

  /** How many bytes one takes. */
  int bytes() {
    return bytes;
  }
}
