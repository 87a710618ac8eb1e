package io.deungdae.collector.driver.sparkplug;

import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Data types of metrics, by their numbers (Sparkplug 3.0 §6.4.16). Those not listed, arrays, data
 * sets, templates and files, cannot be tags.
 */
public enum DataType {
  /** 8 bits, signed. */
  INT8(1, 8, true),
  /** 16 bits, signed. */
  INT16(2, 16, true),
  /** 32 bits, signed. */
  INT32(3, 32, true),
  /** 64 bits, signed. */
  INT64(4, 64, true),
  /** 8 bits, unsigned. */
  UINT8(5, 8, false),
  /** 16 bits, unsigned. */
  UINT16(6, 16, false),
  /** 32 bits, unsigned. */
  UINT32(7, 32, false),
  /** 64 bits, unsigned. */
  UINT64(8, 64, false),
  /** A real number of 32 bits. */
  FLOAT(9, 0, true),
  /** A real number of 64 bits. */
  DOUBLE(10, 0, true),
  /** A flag. */
  BOOLEAN(11, 0, false),
  /** A text. */
  STRING(12, 0, false),
  /** Milliseconds since 1970 UTC. */
  DATE_TIME(13, 64, false),
  /** A text. */
  TEXT(14, 0, false),
  /** A text. */
  UUID(15, 0, false);

  private final int number;
  private final int bits;
  private final boolean signed;

  DataType(int number, int bits, boolean signed) {
    this.number = number;
    this.bits = bits;
    this.signed = signed;
  }

  /** Its number on the wire. */
  public int number() {
    return number;
  }

  /** The type with a number, if values of it can be tags. */
  public static Optional<DataType> of(int number) {
    for (DataType type : values()) {
      if (type.number == number) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** True for integers. */
  public boolean isWhole() {
    return bits > 0;
  }

  /**
   * What a raw value is in this type. Integers come as bits, of which only the type knows whether
   * the first is a sign.
   *
   * @param raw {@link Long} with the bits of an integer, else as it is on the wire
   * @return a {@link Number}, {@link Boolean} or {@link String}; null when it is nothing of the
   *     type
   */
  @Nullable Object read(@Nullable Object raw) {
    if (raw instanceof Long bitsRead && isWhole()) {
      return whole(bitsRead);
    }
    return switch (this) {
      case FLOAT, DOUBLE -> raw instanceof Number ? raw : null;
      case BOOLEAN -> raw instanceof Long number ? (Object) (number != 0) : boolOrNull(raw);
      case STRING, TEXT, UUID -> raw instanceof String ? raw : null;
      default -> null;
    };
  }

  private static @Nullable Object boolOrNull(@Nullable Object raw) {
    return raw instanceof Boolean ? raw : null;
  }

  private Number whole(long raw) {
    if (bits == 64) {
      return signed || raw >= 0
          ? (Number) raw
          : BigInteger.valueOf(raw).add(BigInteger.ONE.shiftLeft(64));
    }
    long low = raw & ((1L << bits) - 1);
    boolean negative = signed && (low >>> (bits - 1)) != 0;
    return negative ? low - (1L << bits) : low;
  }

  /** The raw value that stands for a number; empty when the type does not have it exactly. */
  Optional<Object> write(double value) {
    return switch (this) {
      case FLOAT ->
          Double.isFinite(value) && Float.isFinite((float) value)
              ? Optional.of((float) value)
              : Optional.empty();
      case DOUBLE -> Optional.of(value);
      case BOOLEAN -> value == 0 || value == 1 ? Optional.of(value == 1) : Optional.empty();
      case STRING, TEXT, UUID -> Optional.empty();
      default -> wholeOf(value);
    };
  }

  private Optional<Object> wholeOf(double value) {
    double low = signed ? -Math.scalb(1.0, bits - 1) : 0;
    double above = Math.scalb(1.0, signed ? bits - 1 : bits);
    if (value != Math.rint(value) || value < low || value >= above) {
      return Optional.empty();
    }
    long raw =
        value < Math.scalb(1.0, 63)
            ? (long) value
            : new java.math.BigDecimal(value).toBigInteger().longValue();
    return Optional.of(bits <= 32 ? raw & 0xFFFF_FFFFL : raw);
  }
}
