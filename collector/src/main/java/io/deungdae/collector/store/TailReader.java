package io.deungdae.collector.store;

import io.deungdae.collector.signal.Quality;
import io.questdb.cairo.sql.Record;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects whole rows and gives them in sequence order. */
final class TailReader implements Database.Rows {

  private final List<StoredSample> rows = new ArrayList<>();
  private final SymbolNames names = new SymbolNames();

  @Override
  public void row(Record row) {
    rows.add(sample(row, names.of(row, Database.TAG)));
  }

  /** A row that has all columns, of a tag. */
  static StoredSample sample(Record row, String tag) {
    return new StoredSample(
        row.getLong(Database.SEQ),
        tag,
        StoredValue.of(row),
        Quality.ofCode(row.getShort(Database.QUALITY)),
        SourceTimes.instant(row.getTimestamp(Database.TS)),
        SourceTimes.instant(row.getTimestamp(Database.ARRIVAL)));
  }

  List<StoredSample> inOrder() {
    rows.sort(Comparator.comparingLong(StoredSample::seq));
    for (int i = rows.size() - 1; i > 0; i--) {
      if (rows.get(i).seq() == rows.get(i - 1).seq()) {
        rows.remove(i); // is being moved from one table to another
      }
    }
    return rows;
  }
}
