package io.deungdae.kamp;

import io.deungdae.collector.settings.Section;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.kamp.dataset.DataSetSpec;
import io.deungdae.kamp.delivery.S3Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is delivered to KAMP, where to and how often; the section {@code kamp} of the settings.
 *
 * @param store where objects go
 * @param folder where cursor, ledger and unsent data sets are kept
 * @param every length of the window in each delivery; windows are counted from 1970, UTC
 * @param settle how long after the end of a window its data is taken as complete
 * @param backfill how far back the first delivery of a data set reaches
 * @param retryFirst wait after the first failure
 * @param retryLongest longest wait after a failure
 * @param dataSets what is delivered
 */
public record KampSettings(
    S3Settings store,
    Path folder,
    Duration every,
    Duration settle,
    Duration backfill,
    Duration retryFirst,
    Duration retryLongest,
    List<DataSetSpec> dataSets) {

  /** Rows that one delivery may have; more would need too much memory at once. */
  static final long MOST_ROWS = 100_000;

  public KampSettings {
    dataSets = List.copyOf(dataSets);
  }

  /**
   * Reads the section; empty when it is missing or {@code enabled} is false. What is in it is
   * checked in any case.
   *
   * @param section the section {@code kamp}
   * @param tags the site's tags, which columns name
   */
  public static Optional<KampSettings> read(Section section, TagTable tags) {
    boolean enabled = section.flag("enabled", false);
    if (!enabled && !section.has("datasets")) {
      section.done();
      return Optional.empty();
    }
    Duration every =
        section.duration("every", Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofDays(7));
    List<DataSetSpec> dataSets = dataSets(section, tags, every);
    KampSettings settings =
        new KampSettings(
            S3Settings.read(section),
            section.dataFile("folder", "kamp"),
            every,
            section.duration("settle", Duration.ofSeconds(10), Duration.ZERO, Duration.ofDays(1)),
            section.duration("backfill", Duration.ZERO, Duration.ZERO, Duration.ofDays(3650)),
            section.duration(
                "retryFirst", Duration.ofSeconds(5), Duration.ofMillis(1), Duration.ofHours(1)),
            section.duration(
                "retryLongest", Duration.ofMinutes(10), Duration.ofMillis(1), Duration.ofDays(1)),
            dataSets);
    section.done();
    return enabled ? Optional.of(settings) : Optional.empty();
  }

  private static List<DataSetSpec> dataSets(Section section, TagTable tags, Duration every) {
    List<DataSetSpec> dataSets = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section entry : section.sections("datasets")) {
      DataSetReader.read(entry, tags, every)
          .ifPresent(
              dataSet -> {
                if (!names.add(dataSet.name())) {
                  entry.problem("name", "'" + dataSet.name() + "' again", "a name used once");
                }
                dataSets.add(dataSet);
              });
    }
    if (dataSets.isEmpty() && section.problems().isEmpty()) {
      section.problem("datasets", "none", "at least one data set");
    }
    return dataSets;
  }
}
