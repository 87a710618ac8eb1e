package io.deungdae.collector.driver.scan;

import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.TagRow;
import java.util.Optional;

/** What holds for a row of the tag list in every protocol whose devices have typed places. */
public final class RowCheck {

  private RowCheck() {}

  /**
   * Reports a scale where there is no number, and a setpoint where nothing can be written.
   *
   * @param type of the place
   * @param whyReadOnly why nothing can be written there; empty when it can
   */
  public static void check(
      TagRow row, WireType type, Optional<String> whyReadOnly, Problems problems) {
    boolean plain = row.scale() == 1 && row.offset() == 0;
    if (!plain && (type == WireType.BOOL || type == WireType.STRING)) {
      row.problem(problems, "scale", "a scale or offset", "none, because it is no number");
    }
    if (row.tag().writable()) {
      whyReadOnly.ifPresent(
          why -> row.problem(problems, "writable", "true", "false, because " + why));
    }
  }
}
