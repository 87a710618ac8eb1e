package io.deungdae.collector.store;

import io.questdb.cairo.sql.Record;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts, for some rows, the earlier ones with the same tag and time. */
final class TurnReader implements Database.Rows {

  static final String COLUMNS = "ts, tag, seq";
  private static final long APART_US = 10_000_000;

  private record Place(String tag, long us) {}

  private final List<StoredSample> rows;
  private final Map<Place, List<Integer>> places = new HashMap<>();
  private final int[] turns;
  private long lastSeq;

  TurnReader(List<StoredSample> rows) {
    this.rows = rows;
    this.turns = new int[rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      StoredSample row = rows.get(i);
      Place place = new Place(row.tag(), SourceTimes.micros(row.sourceTime()));
      places.computeIfAbsent(place, p -> new ArrayList<>(1)).add(i);
      lastSeq = Math.max(lastSeq, row.seq());
    }
  }

  /** Where to look: near times are looked up together. */
  List<Stretch> stretches() {
    List<Stretch> wide = new ArrayList<>();
    for (Place place : places.keySet()) {
      wide.add(new Stretch(place.us, place.us + APART_US));
    }
    return Stretch.joined(wide).stream()
        .map(stretch -> new Stretch(stretch.fromUs(), stretch.toUs() - APART_US))
        .toList();
  }

  long lastSeq() {
    return lastSeq;
  }

  @Override
  public void row(Record row) {
    Place place = new Place(String.valueOf(row.getSymA(1)), row.getTimestamp(0));
    long seq = row.getLong(2);
    for (int i : places.getOrDefault(place, List.of())) {
      if (seq < rows.get(i).seq()) {
        turns[i]++;
      }
    }
  }

  int[] turns() {
    return turns;
  }
}
