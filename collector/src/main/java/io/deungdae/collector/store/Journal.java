package io.deungdae.collector.store;

import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Value;
import io.questdb.cairo.TableWriter;
import io.questdb.cairo.wal.WalWriter;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts samples on disk, batch by batch. A batch that failed can be written again: its rows have the
 * same numbers, and the table keeps one row for a number.
 */
final class Journal implements AutoCloseable {

  private final Database database;
  private final Spans spans;
  private final SourceTimes times;
  private final DiskSpace space;
  private @Nullable WalWriter writer;

  Journal(Database database, Spans spans, SourceTimes times, DiskSpace space) {
    this.database = database;
    this.spans = spans;
    this.times = times;
    this.space = space;
  }

  /**
   * Writes and commits; when it returns, the batch outlives a power cut.
   *
   * @param firstSeq number of the first row; the others follow it
   * @return the transaction
   * @throws IOException when it could not be made sure of
   */
  long write(List<Sample> batch, long firstSeq) throws IOException {
    space.checkForWriting();
    database.enter();
    try {
      WalWriter open = open();
      coverImported(batch, firstSeq);
      for (int i = 0; i < batch.size(); i++) {
        add(open, batch.get(i), firstSeq + i);
      }
      spans.force();
      open.commit();
      return database.lastTxn();
    } catch (IOException | RuntimeException | Error e) {
      // The writer is left alone from here on: rolling back or closing one whose files could not
      // grow reads beside its memory. What it holds is freed when the process ends.
      writer = null;
      throw new IOException("cannot write history: " + e.getMessage(), e);
    } finally {
      database.leave();
    }
  }

  private WalWriter open() {
    WalWriter open = writer;
    if (open == null) {
      open = database.writer();
      writer = open;
    }
    return open;
  }

  /** Imported rows are far apart in time; without a span for all they would open one each. */
  private void coverImported(List<Sample> batch, long firstSeq) throws IOException {
    long fromUs = Long.MAX_VALUE;
    long toUs = Long.MIN_VALUE;
    for (Sample sample : batch) {
      if (sample.quality() == Quality.GOOD_IMPORTED) {
        long us = SourceTimes.bounded(sample.sourceTime());
        fromUs = Math.min(fromUs, us);
        toUs = Math.max(toUs, us);
      }
    }
    if (fromUs <= toUs) {
      spans.coverAll(firstSeq, fromUs, toUs);
    }
  }

  private void add(WalWriter open, Sample sample, long seq) throws IOException {
    boolean believed = times.believes(sample);
    long us = times.micros(sample, believed);
    spans.cover(seq, us);
    TableWriter.Row row = open.newRow(us);
    row.putSym(Database.TAG, sample.tag().name());
    row.putLong(Database.SEQ, seq);
    row.putTimestamp(Database.ARRIVAL, SourceTimes.micros(sample.arrivalTime()));
    row.putShort(Database.QUALITY, (short) SourceTimes.quality(sample, believed).code());
    putValue(row, sample.value());
    row.append();
  }

  private static void putValue(TableWriter.Row row, Value value) {
    row.putByte(Database.KIND, StoredValue.code(value));
    row.putDouble(Database.NUM, value.asDouble());
    if (value instanceof Value.Whole whole) {
      row.putLong(Database.WHOLE, whole.number());
    } else if (value instanceof Value.Text text) {
      row.putStr(Database.TEXT, text.text());
    }
  }

  @Override
  public void close() {
    WalWriter open = writer;
    writer = null;
    if (open != null) {
      database.enter();
      try {
        open.close();
      } finally {
        database.leave();
      }
    }
  }
}
