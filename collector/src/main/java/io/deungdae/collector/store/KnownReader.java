package io.deungdae.collector.store;

import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Value;
import io.questdb.cairo.sql.Record;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds out which of some samples have a row with their tag, time and value. */
final class KnownReader implements Database.Rows {

  private static final long APART_US = 10_000_000;

  private record Row(String tag, long us, Value value) {}

  private final List<Sample> samples;
  private final Set<Row> stored = new HashSet<>();

  KnownReader(List<Sample> samples) {
    this.samples = samples;
  }

  /** Where to look: near times are looked up together. */
  List<Stretch> stretches() {
    List<Stretch> wide = new ArrayList<>();
    for (Sample sample : samples) {
      long us = SourceTimes.micros(sample.sourceTime());
      wide.add(new Stretch(us, us + APART_US));
    }
    return Stretch.joined(wide).stream()
        .map(stretch -> new Stretch(stretch.fromUs(), stretch.toUs() - APART_US))
        .toList();
  }

  @Override
  public void row(Record row) {
    stored.add(
        new Row(
            String.valueOf(row.getSymA(Database.TAG)),
            row.getTimestamp(Database.TS),
            StoredValue.of(row)));
  }

  boolean knows(Sample sample) {
    return stored.contains(
        new Row(sample.tag().name(), SourceTimes.micros(sample.sourceTime()), sample.value()));
  }
}
