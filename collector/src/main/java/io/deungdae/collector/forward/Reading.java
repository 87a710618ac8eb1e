package io.deungdae.collector.forward;

import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.StoredSample;
import java.util.ArrayList;
import java.util.List;

/** Reads rows from the history ahead of their sending. One thread at a time reads. */
final class Reading {

  private static final int MOST_BATCHES = 10;
  private static final long MOST_BYTES = 16L << 20;

  private final Historian historian;
  private final int least;
  private final ImportedRows imported;
  private volatile long ahead;

  Reading(Historian historian, int batch, ImportedRows imported) {
    this.historian = historian;
    this.imported = imported;
    this.least = batch;
    this.ahead = batch;
  }

  /** How many rows to read at once. Any thread. */
  long ahead() {
    return ahead;
  }

  /** All rows of a range that there are. */
  Stock read(SeqRange range, Lane lane) {
    List<StoredSample> rows = historian.tail(range.from() - 1, Math.toIntExact(range.size()));
    if (!rows.isEmpty() && rows.get(rows.size() - 1).seq() > range.to()) {
      rows = rows.stream().filter(row -> row.seq() <= range.to()).toList();
    }
    int[] turns = historian.turns(rows);
    List<Outgoing> stock = new ArrayList<>(rows.size());
    for (int i = 0; i < turns.length; i++) {
      boolean ours = rows.get(i).quality() != Quality.GOOD_IMPORTED;
      if (ours || imported == ImportedRows.SEND) {
        stock.add(new Outgoing(rows.get(i), turns[i], lane));
      }
    }
    Stock read = new Stock(range, stock);
    measure(range, read.bytes());
    return read;
  }

  /** Reads further ahead as long as memory allows. */
  private void measure(SeqRange range, long bytes) {
    if (bytes > MOST_BYTES) {
      ahead = Math.max(1, ahead / 2);
    } else if (range.size() >= ahead && bytes < MOST_BYTES / 2) {
      ahead = Math.min((long) least * MOST_BATCHES, 2 * ahead);
    }
  }
}
