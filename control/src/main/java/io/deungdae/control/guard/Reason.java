package io.deungdae.control.guard;

import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Tag;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What a guard has against a proposal, with the numbers of the case. Cheap to make in the loop; the
 * text is made when somebody reads it.
 *
 * @param grounds what it is
 * @param tag the tag it is about, or null
 * @param found what was found; NaN when there is no number
 * @param allowed what would be allowed; NaN when there is no number
 */
public record Reason(Grounds grounds, @Nullable Tag tag, double found, double allowed) {

  /** A reason without numbers. */
  public static Reason of(Grounds grounds, Tag tag) {
    return new Reason(grounds, tag, Double.NaN, Double.NaN);
  }

  /** The reason in words. */
  public Label label() {
    return new Label(fill(grounds.en()), fill(grounds.ko()));
  }

  private String fill(String template) {
    return template
        .replace("{tag}", tag == null ? "?" : tag.name())
        .replace("{found}", show(found))
        .replace("{allowed}", show(allowed));
  }

  private static final int DECIMALS = 6;

  /**
   * A number as people read it: at most six significant digits and six decimals, no exponent, no
   * trailing zeros.
   */
  public static String show(double number) {
    if (!Double.isFinite(number)) {
      return Double.toString(number);
    }
    BigDecimal rounded = new BigDecimal(number).round(new MathContext(6));
    if (rounded.scale() > DECIMALS) {
      rounded = rounded.setScale(DECIMALS, RoundingMode.HALF_EVEN);
    }
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
