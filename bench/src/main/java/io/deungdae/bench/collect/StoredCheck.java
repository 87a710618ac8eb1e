package io.deungdae.bench.collect;

import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.HistorianSettings;
import io.deungdae.collector.store.StoredSample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads all that was stored and looks for what is missing. */
final class StoredCheck {

  private static final int ROWS = 50_000;

  /** Longest time between two samples of a tag that is read every second. */
  private static final Duration LONGEST_GAP = Duration.ofMillis(1500);

  private final Map<String, Course> courses = new HashMap<>();
  private final boolean numbersMustBeWhole;
  private long rows;
  private long bad;
  private long missing;
  private long twice;
  private long confirmations;
  private long late;

  /** What is known of one tag. */
  private static final class Course {
    private long number;
    private Instant at = Instant.EPOCH;
    private long badSince;
  }

  private StoredCheck(boolean numbersMustBeWhole) {
    this.numbersMustBeWhole = numbersMustBeWhole;
  }

  /** Reads a history that nobody has open. */
  static StoredCheck of(Path data, boolean numbersMustBeWhole) throws IOException {
    StoredCheck check = new StoredCheck(numbersMustBeWhole);
    try (Historian historian =
        Historian.open(HistorianSettings.in(data.resolve("history")), Clock.system())) {
      long seq = 0;
      List<StoredSample> piece = historian.tail(seq, ROWS);
      while (!piece.isEmpty()) {
        piece.forEach(check::look);
        seq = piece.get(piece.size() - 1).seq();
        piece = historian.tail(seq, ROWS);
      }
    }
    return check;
  }

  private void look(StoredSample sample) {
    rows++;
    Course course = courses.computeIfAbsent(sample.tag(), tag -> new Course());
    if (!sample.quality().isGood()) {
      course.badSince++;
      return;
    }
    long number = (long) sample.value().asDouble();
    bad += course.badSince; // the last ones only say that the gateway was stopped
    course.badSince = 0;
    if (course.number != 0) {
      if (numbersMustBeWhole) {
        missing += Math.max(0, number - course.number - 1);
        if (number == course.number) {
          boolean confirmed = sample.quality() == Quality.GOOD_CONFIRMED;
          confirmations += confirmed ? 1 : 0;
          twice += confirmed ? 0 : 1;
        }
      } else if (Duration.between(course.at, sample.sourceTime()).compareTo(LONGEST_GAP) > 0) {
        late++;
      }
    }
    course.number = number;
    course.at = sample.sourceTime();
  }

  private long neverGood() {
    return courses.values().stream().filter(course -> course.at.equals(Instant.EPOCH)).count();
  }

  @Override
  public String toString() {
    return numbersMustBeWhole
        ? "%,d rows, %,d tags (%d never good), missing %d, twice %d, confirmed %d, not good %d"
            .formatted(rows, courses.size(), neverGood(), missing, twice, confirmations, bad)
        : "%,d rows, %,d tags (%d never good), gaps over 1.5 s %d, not good %d"
            .formatted(rows, courses.size(), neverGood(), late, bad);
  }
}
