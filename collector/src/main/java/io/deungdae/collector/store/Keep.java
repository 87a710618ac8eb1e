package io.deungdae.collector.store;

import io.deungdae.collector.settings.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is kept of the history, and how long.
 *
 * @param ages of tags that no class holds for
 * @param maxSizeGb size of the history's folder, in GiB, above which the oldest days of samples are
 *     deleted whatever their age; 0 for none
 * @param classes tags with ages of their own; the first one that holds for a tag counts
 */
public record Keep(KeepAges ages, int maxSizeGb, List<KeepClass> classes) {

  /** Name of the class of tags that no class holds for. */
  static final String REST = "rest";

  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final Duration MINUTES = Duration.ofDays(365);
  private static final Duration HOURS = Duration.ofDays(5 * 365);

  public Keep {
    classes = List.copyOf(classes);
    Set<String> names = new HashSet<>(Set.of(REST));
    for (KeepClass one : classes) {
      if (!names.add(one.name())) {
        throw new IllegalArgumentException("two classes are named " + one.name());
      }
    }
  }

  /** Samples for a time, roll-ups for a year and five years, or as long as the samples. */
  static Keep of(Duration raw) {
    return new Keep(ages(raw), 0, List.of());
  }

  private static KeepAges ages(Duration raw) {
    Duration minutes = longer(raw, MINUTES);
    return new KeepAges(raw, minutes, longer(minutes, HOURS));
  }

  private static Duration longer(Duration one, Duration other) {
    return KeepAges.isLonger(one, other) ? one : other;
  }

  /** Reads the keys of the section {@code historian} that say what is kept. */
  static Keep read(Section section, Duration raw) {
    KeepAges ages = readAges(section, ages(raw), raw, "keepMinutes", "keepHours");
    int maxSizeGb = section.integer("maxSizeGb", 0, 0, 1_000_000);
    List<KeepClass> classes = new ArrayList<>();
    Set<String> names = new HashSet<>(Set.of(REST));
    for (Section one : section.sections("keep")) {
      String name = one.text("name");
      if (!name.matches(KeepClass.NAME) || !names.add(name)) {
        one.problem("name", name, "a name of its own: lower case letters, digits, _; not rest");
        name = "wrong" + names.size();
      }
      Duration longest = Duration.ofDays(5 * 365);
      Duration own = one.duration("raw", longest, Duration.ZERO, LONGEST);
      KeepAges usual = ages(own);
      classes.add(
          new KeepClass(
              name,
              one.texts("groups"),
              one.texts("tags"),
              readAges(one, usual, own, "minutes", "hours")));
      one.done();
    }
    return new Keep(ages, maxSizeGb, classes);
  }

  private static KeepAges readAges(
      Section section, KeepAges usual, Duration raw, String minutesKey, String hoursKey) {
    Duration minutes = section.duration(minutesKey, usual.minutes(), Duration.ZERO, LONGEST);
    Duration hours = section.duration(hoursKey, usual.hours(), Duration.ZERO, LONGEST);
    if (KeepAges.isLonger(raw, minutes)) {
      section.problem(minutesKey, Section.show(minutes), "no less than samples are kept");
      return usual;
    }
    if (KeepAges.isLonger(minutes, hours)) {
      section.problem(hoursKey, Section.show(hours), "no less than minutes are kept");
      return usual;
    }
    return new KeepAges(raw, minutes, hours);
  }
}
