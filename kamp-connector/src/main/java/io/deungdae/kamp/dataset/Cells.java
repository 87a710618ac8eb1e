package io.deungdae.kamp.dataset;

import io.deungdae.collector.signal.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Values as text: exact, without exponent; empty for a missing one. */
final class Cells {

  private Cells() {}

  /** A value of a column. */
  static String text(Kind kind, double value) {
    if (!Double.isFinite(value)) {
      return "";
    }
    if (kind != Kind.NUMBER && value == Math.rint(value)) {
      return Long.toString((long) value);
    }
    return plain(BigDecimal.valueOf(value));
  }

  /** A number for people, with at most so many decimals. */
  static String rounded(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return "";
    }
    return plain(BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP));
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
