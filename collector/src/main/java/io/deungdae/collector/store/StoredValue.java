package io.deungdae.collector.store;

import io.deungdae.collector.signal.Value;
import io.questdb.cairo.sql.Record;

/** How values lie in the table. The codes are on disk and never change their meaning. */
final class StoredValue {

  private static final byte MISSING = 0;
  private static final byte REAL = 1;
  private static final byte WHOLE = 2;
  private static final byte FLAG = 3;
  static final byte TEXT = 4;

  private StoredValue() {}

  static byte code(Value value) {
    if (value instanceof Value.Real) {
      return REAL;
    }
    if (value instanceof Value.Whole) {
      return WHOLE;
    }
    if (value instanceof Value.Flag) {
      return FLAG;
    }
    if (value instanceof Value.Text) {
      return TEXT;
    }
    if (value instanceof Value.Missing) {
      return MISSING;
    }
    throw new AssertionError(value);
  }

  /** True for a code that {@link #code} gives. */
  static boolean isKnown(byte code) {
    return code >= MISSING && code <= TEXT;
  }

  /** The value of a row that has all columns. */
  static Value of(Record row) {
    byte code = row.getByte(Database.KIND);
    return of(
        code,
        row.getDouble(Database.NUM),
        row.getLong(Database.WHOLE),
        code == TEXT ? String.valueOf(row.getStrA(Database.TEXT)) : "");
  }

  /** The value of a row that has these; which of them count, the code says. */
  static Value of(byte code, double number, long whole, String text) {
    return switch (code) {
      case MISSING -> Value.missing();
      case REAL -> Value.of(number);
      case WHOLE -> Value.of(whole);
      case FLAG -> Value.of(number != 0);
      case TEXT -> Value.of(text);
      default -> throw new IllegalStateException("a value of a later version of this program");
    };
  }
}
