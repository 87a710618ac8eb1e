package io.deungdae.collector.driver;

import io.deungdae.collector.settings.Section;
import io.deungdae.collector.settings.TagRow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

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

  /**
   * Period of a tag's class, {@code normal} where it names none; a class that does not exist is
   * reported.
   */
  public Duration periodOf(TagRow row, io.deungdae.collector.settings.Problems problems) {
    String name = row.scan().isEmpty() ? "normal" : row.scan();
    Duration period = periods.get(name);
    if (period == null) {
      row.problem(
          problems, "scan", "'" + name + "'", "one of " + String.join(", ", periods.keySet()));
      return Duration.ofSeconds(1);
    }
    return period;
  }
}
