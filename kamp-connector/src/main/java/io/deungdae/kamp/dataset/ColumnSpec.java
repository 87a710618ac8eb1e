package io.deungdae.kamp.dataset;

import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Tag;

/**
 * One column of a data set.
 *
 * @param name the column's name, as KAMP's data sets have it, e.g. {@code Cycle_Time}
 * @param tag where its values come from
 * @param description what it is
 * @param range values in the range of collection (수집범위); a row with one outside is not valid
 * @param jump greatest change from one row to the next that a sound sensor shows; infinite for any
 * @param role what part it plays
 */
public record ColumnSpec(
    String name, Tag tag, Label description, Range range, double jump, Role role) {

  public ColumnSpec {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a column needs a name");
    }
    if (!(jump > 0)) {
      throw new IllegalArgumentException("jump must be positive, found " + jump);
    }
  }

  /** KAMP's name of its data type. */
  String type() {
    return switch (tag.kind()) {
      case NUMBER -> "float";
      case WHOLE, FLAG -> "int";
      case TEXT -> "string";
    };
  }
}
