package io.deungdae.bench.history;

import io.deungdae.collector.history.WideSpec;
import io.deungdae.collector.history.WideTable;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.store.Frame;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.Trend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is asked of a history, each with what it is called. */
final class Questions {

  static final int PIXELS = 2_000;
  static final int WIDE = 50;
  private static final int POINTS = 4 * PIXELS; // first, lowest, highest, last of each

  /** One question. */
  interface Question {
    /** Asks, and says how much came back. */
    long ask(Historian historian);
  }

  /**
   * A question with its name.
   *
   * @param name what it is called
   * @param question what is asked
   */
  record Named(String name, Question question) {}

  private final List<Tag> tags;
  private final Rows rows;

  Questions(List<Tag> tags, Rows rows) {
    this.tags = tags;
    this.rows = rows;
  }

  /** All of them. */
  List<Named> all() {
    List<Named> all = new ArrayList<>();
    all.add(year());
    for (int days : new int[] {30, 7, 1}) {
      if (days < rows.days()) {
        all.add(new Named("last " + days + " d of it", trend(Duration.ofDays(days))));
      }
    }
    all.add(new Named("last 12 h of it", trend(Duration.ofHours(12))));
    all.add(new Named("last 1 h of it", trend(Duration.ofHours(1))));
    all.add(frame());
    all.add(new Named("the same, row by row as an export has it", this::exported));
    return all;
  }

  /** The first tag from the beginning to the end. */
  Named year() {
    return new Named(
        rows.days() + " days of the first tag at " + PIXELS + " pixels",
        trend(Duration.ofDays(rows.days())));
  }

  /** Fifty tags as a table. */
  Named frame() {
    return new Named("table of " + WIDE + " tags and 86,400 seconds", this::frame);
  }

  private Question trend(Duration length) {
    Instant from = rows.end().minus(length);
    return historian -> {
      Trend trend = historian.trend(tags.get(0), from, rows.end(), POINTS);
      return trend.size();
    };
  }

  private List<Tag> wide() {
    return tags.subList(0, Math.min(WIDE, tags.size()));
  }

  private Instant lastDay() {
    return rows.end().minus(Duration.ofDays(1));
  }

  private long frame(Historian historian) {
    Instant last = rows.end().minusSeconds(1);
    Duration second = Duration.ofSeconds(1);
    Frame frame = historian.frame(wide(), lastDay(), last, second, Duration.ofSeconds(10));
    long full = 0;
    for (double[] row : frame.values()) {
      for (double value : row) {
        full += Double.isNaN(value) ? 0 : 1;
      }
    }
    return full;
  }

  private long exported(Historian historian) {
    WideSpec spec =
        new WideSpec(
            wide().stream().map(tag -> new WideSpec.Column(tag.name(), Kind.NUMBER)).toList(),
            lastDay(),
            rows.end(),
            Duration.ofSeconds(1),
            Optional.empty(),
            WideSpec.Fill.LAST,
            Duration.ofSeconds(10));
    long[] full = {0};
    try {
      WideTable.read(
          historian::read,
          spec,
          (us, values) -> {
            full[0] += values.stream().filter(value -> value.kind() == Kind.NUMBER).count();
            return true;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return full[0];
  }
}
