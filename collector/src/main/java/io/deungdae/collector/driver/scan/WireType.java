package io.deungdae.collector.driver.scan;

import java.util.OptionalLong;

/** What the bits of a value mean. */
public enum WireType {
  BOOL(1),
  INT8(8),
  UINT8(8),
  INT16(16),
  UINT16(16),
  INT32(32),
  UINT32(32),
  INT64(64),
  UINT64(64),
  FLOAT32(32),
  FLOAT64(64),
  BCD16(16),
  BCD32(32),
  /** Characters; its length is the tag's. */
  STRING(0);

  private static final double TWO_63 = 0x1p63;

  private final int bits;

  WireType(int bits) {
    this.bits = bits;
  }

  /**
   * How many 16-bit registers it takes; 0 for a type that does not fill any, and for a string,
   * which says so itself.
   */
  public int registers() {
    return this == BOOL ? 1 : bits / Short.SIZE;
  }

  /** How many bytes it takes; 1 for a bit, 0 for a string, which says so itself. */
  public int bytes() {
    return this == BOOL ? 1 : bits / Byte.SIZE;
  }

  /** True when it holds whole numbers only. */
  public boolean isWhole() {
    return this != FLOAT32 && this != FLOAT64 && this != STRING;
  }

  /**
   * The bits as a whole number; empty when they are none: digits above 9, or beyond what 63 bits
   * hold.
   */
  public OptionalLong whole(long bits) {
    return switch (this) {
      case BOOL -> OptionalLong.of(bits == 0 ? 0 : 1);
      case INT8 -> OptionalLong.of((byte) bits);
      case INT16 -> OptionalLong.of((short) bits);
      case INT32 -> OptionalLong.of(bits << Integer.SIZE >> Integer.SIZE); // keeps the sign
      case UINT8, UINT16, UINT32, INT64 -> OptionalLong.of(bits);
      case UINT64 -> bits < 0 ? OptionalLong.empty() : OptionalLong.of(bits);
      case BCD16, BCD32 -> fromBcd(bits);
      case FLOAT32, FLOAT64, STRING -> OptionalLong.empty();
    };
  }

  /** The bits as a number; NaN when they are none. */
  public double number(long bits) {
    return switch (this) {
      case FLOAT32 -> Float.intBitsToFloat((int) bits);
      case FLOAT64 -> Double.longBitsToDouble(bits);
      case UINT64 -> (bits >>> 1) * 2.0 + (bits & 1);
      case STRING -> Double.NaN;
      default -> {
        OptionalLong whole = whole(bits);
        yield whole.isPresent() ? whole.getAsLong() : Double.NaN;
      }
    };
  }

  /**
   * The bits nearest to a number; empty when it lies outside the type. Unsigned 64-bit numbers are
   * taken up to 2^63.
   */
  public OptionalLong bits(double number) {
    if (!Double.isFinite(number)) {
      return OptionalLong.empty();
    }
    return switch (this) {
      case FLOAT32 ->
          Math.abs(number) > Float.MAX_VALUE
              ? OptionalLong.empty()
              : OptionalLong.of(Float.floatToRawIntBits((float) number) & 0xFFFF_FFFFL);
      case FLOAT64 -> OptionalLong.of(Double.doubleToRawLongBits(number));
      case BOOL -> within(number, 0, 1);
      case INT8 -> within(number, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case UINT8 -> within(number, 0, 0xFF);
      case INT16 -> within(number, Short.MIN_VALUE, Short.MAX_VALUE);
      case UINT16 -> within(number, 0, 0xFFFF);
      case INT32 -> within(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case UINT32 -> within(number, 0, 0xFFFF_FFFFL);
      case INT64 -> within(number, -TWO_63, Math.nextDown(TWO_63));
      case UINT64 -> within(number, 0, Math.nextDown(TWO_63));
      case BCD16 -> toBcd(within(number, 0, 9_999));
      case BCD32 -> toBcd(within(number, 0, 99_999_999));
      case STRING -> OptionalLong.empty();
    };
  }

  private static OptionalLong within(double number, double low, double high) {
    double whole = Math.rint(number);
    return whole >= low && whole <= high ? OptionalLong.of((long) whole) : OptionalLong.empty();
  }

  private static OptionalLong fromBcd(long bits) {
    long number = 0;
    for (int shift = 28; shift >= 0; shift -= 4) {
      long digit = (bits >>> shift) & 0xF;
      if (digit > 9) {
        return OptionalLong.empty();
      }
      number = number * 10 + digit;
    }
    return OptionalLong.of(number);
  }

  private static OptionalLong toBcd(OptionalLong number) {
    if (number.isEmpty()) {
      return number;
    }
    long bits = 0;
    long rest = number.getAsLong();
    for (int shift = 0; rest > 0; shift += 4) {
      bits |= rest % 10 << shift;
      rest /= 10;
    }
    return OptionalLong.of(bits);
  }
}
