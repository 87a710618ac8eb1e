package io.deungdae.collector.driver;

import io.deungdae.collector.settings.Section;
import io.deungdae.collector.settings.TagRow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * How often the tags of a device are read, by class.
 *
 * @param periods period of each class by its name, at least {@code fast}, {@code normal} and {@code
 *     slow}
 */
public record ScanClasses(Map<String, Duration> periods) {

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  public ScanClasses {
    periods = Map.copyOf(periods);
  }

  /** Reads a device's {@code scan} section: the three standard classes. */
  public static ScanClasses read(Section section) {
    Map<String, Duration> periods = new LinkedHashMap<>();
    periods.put("fast", section.duration("fast", Duration.ofMillis(100), SHORTEST, LONGEST));
    periods.put("normal", section.duration("normal", Duration.ofSeconds(1), SHORTEST, LONGEST));
    periods.put("slow", section.duration("slow", Duration.ofSeconds(10), SHORTEST, LONGEST));
    section.done();
    return new ScanClasses(periods);
  }

  private static boolean isAllowed(Duration period) {
    return period.compareTo(SHORTEST) >= 0 && period.compareTo(LONGEST) <= 0;
  }

  /**
   * Period of a tag's class, {@code normal} where it names none, or the period that it gives in the
   * place of a class ({@code 50ms}, {@code 1h}); what is neither is reported.
   */
  public Duration periodOf(TagRow row, io.deungdae.collector.settings.Problems problems) {
    String name = row.scan().isEmpty() ? "normal" : row.scan();
    Duration period = periods.get(name);
    if (period == null) {
      period = Section.parseDuration(name).filter(ScanClasses::isAllowed).orElse(null);
    }
    if (period == null) {
      String classes = String.join(", ", new TreeSet<>(periods.keySet()));
      row.problem(
          problems,
          "scan",
          "'" + name + "'",
          "one of " + classes + ", or a period: 50ms, 1min, 1h");
      return Duration.ofSeconds(1);
    }
    return period;
  }
}
