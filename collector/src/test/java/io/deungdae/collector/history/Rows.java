package io.deungdae.collector.history;

import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.RowVisitor;
import io.deungdae.collector.store.StoredSample;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Rows in memory, given as the historian gives them. */
final class Rows implements RowSource {

  static final Instant T0 = Instant.parse("2026-11-23T06:00:00Z");

  private final List<StoredSample> rows = new ArrayList<>();

  static Instant at(double second) {
    return T0.plusNanos(Math.round(second * 1e9));
  }

  Rows add(String tag, double second, Value value) {
    return add(tag, second, value, Quality.GOOD);
  }

  Rows add(String tag, double second, double value) {
    return add(tag, second, Value.of(value), Quality.GOOD);
  }

  Rows bad(String tag, double second) {
    return add(tag, second, Value.missing(), Quality.BAD_NO_LINK);
  }

  private Rows add(String tag, double second, Value value, Quality quality) {
    rows.add(new StoredSample(rows.size() + 1, tag, value, quality, at(second), at(second + 0.01)));
    return this;
  }

  @Override
  public void read(Collection<String> tags, Instant from, Instant to, RowVisitor visitor)
      throws IOException {
    List<StoredSample> found =
        rows.stream()
            .filter(r -> tags.contains(r.tag()))
            .filter(r -> !r.sourceTime().isBefore(from) && r.sourceTime().isBefore(to))
            .sorted(Comparator.comparing(StoredSample::sourceTime).thenComparing(StoredSample::seq))
            .toList();
    for (StoredSample row : found) {
      if (!visitor.row(row)) {
        return;
      }
    }
  }
}
