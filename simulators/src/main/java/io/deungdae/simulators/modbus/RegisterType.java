package io.deungdae.simulators.modbus;

/** How a signal lies in the tables. */
public enum RegisterType {
  /** IEEE 754 single in two registers, low word first, as LS XGT keeps a REAL. */
  FLOAT32(2),
  /** Unsigned in two registers, low word first. */
  UINT32(2),
  /** Unsigned in one register. */
  UINT16(1),
  /** One bit. */
  BOOL(1);

  private final int length;

  RegisterType(int length) {
    this.length = length;
  }

  /** Registers or bits it takes. */
  public int length() {
    return length;
  }

  /** Register number {@code word} of a value. */
  int word(double value, int word) {
    return switch (this) {
      case FLOAT32 -> Float.floatToIntBits((float) value) >>> (16 * word) & 0xFFFF;
      case UINT32 -> (int) ((long) value >>> (16 * word) & 0xFFFF);
      case UINT16, BOOL -> (int) value & 0xFFFF;
    };
  }

  /** The value of two registers, or of one; {@code high} counts only where there are two. */
  double value(int low, int high) {
    return switch (this) {
      case FLOAT32 -> Float.intBitsToFloat(high << 16 | low);
      case UINT32 -> ((long) high << 16 | low) & 0xFFFF_FFFFL;
      case UINT16, BOOL -> low;
    };
  }
}
