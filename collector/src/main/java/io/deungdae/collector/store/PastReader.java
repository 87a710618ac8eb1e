package io.deungdae.collector.store;

import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Value;
import io.questdb.cairo.sql.Record;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds out what is stored at the tags and times of some samples; keeps nothing else. */
final class PastReader implements Database.Rows {

  private record Place(String tag, long us) {}

  private final List<Sample> samples;
  private final Map<Place, Set<Value>> stored = new HashMap<>();
  private long fromUs = Long.MAX_VALUE;
  private long toUs = Long.MIN_VALUE;

  PastReader(List<Sample> samples) {
    this.samples = samples;
    for (Sample sample : samples) {
      Place place = place(sample);
      stored.put(place, Set.of());
      fromUs = Math.min(fromUs, place.us);
      toUs = Math.max(toUs, place.us);
    }
  }

  private static Place place(Sample sample) {
    return new Place(sample.tag().name(), SourceTimes.micros(sample.sourceTime()));
  }

  /** Where to look. */
  Stretch stretch() {
    return new Stretch(fromUs, toUs);
  }

  @Override
  public void row(Record row) {
    Place place =
        new Place(String.valueOf(row.getSymA(Database.TAG)), row.getTimestamp(Database.TS));
    stored.computeIfPresent(
        place,
        (same, before) -> {
          Set<Value> values = new HashSet<>(before);
          values.add(StoredValue.of(row));
          return values;
        });
  }

  /** For each sample, what there is. */
  List<Known> known() {
    List<Known> known = new ArrayList<>(samples.size());
    for (Sample sample : samples) {
      Set<Value> values = stored.getOrDefault(place(sample), Set.of());
      known.add(
          values.isEmpty()
              ? Known.NOTHING
              : values.contains(sample.value()) ? Known.SAME : Known.OTHER_VALUE);
    }
    return known;
  }
}
