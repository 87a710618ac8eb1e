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
  private final Ledger ledger;
  private final TagNames names;
  private final RowSum sum = new RowSum();
  private @Nullable WalWriter writer;

  Journal(Database database, Opening opening, SourceTimes times, DiskSpace space) {
    this.database = database;
    this.spans = opening.recovery().spans();
    this.ledger = opening.ledger();
    this.names = opening.names();
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
      names.force();
      open.commit();
      ledger.commitBatch(firstSeq + batch.size() - 1, spans.records());
      return database.lastTxn();
    } catch (IOException | RuntimeException | Error e) {
      // The writer is left alone from here on: rolling back or closing one whose files could not
      // grow reads beside its memory. What it holds is freed when the process ends.
      writer = null;
      ledger.dropBatch();
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
    names.cover(sample.tag().name());
    long arrivalUs = SourceTimes.micros(sample.arrivalTime());
    short quality = (short) SourceTimes.quality(sample, believed).code();
    TableWriter.Row row = open.newRow(us);
    row.putSym(Database.TAG, sample.tag().name());
    row.putLong(Database.SEQ, seq);
    row.putTimestamp(Database.ARRIVAL, arrivalUs);
    row.putShort(Database.QUALITY, quality);
    putValue(row, sample.value());
    row.append();
    sum.begin().add(us).add(sample.tag().name()).add(seq).add(arrivalUs).add((long) quality);
    ledger.cover(us, sumOf(sample.value()));
  }

  /** Ends the row's sum as {@link TableShape#sum} does, column by column. */
  private long sumOf(Value value) {
    sum.add((long) StoredValue.code(value)).add(value.asDouble());
    sum.add(value instanceof Value.Whole whole ? whole.number() : Long.MIN_VALUE); // null on disk
    if (value instanceof Value.Text text) {
      sum.add(text.text());
    } else {
      sum.addNothing();
    }
    return sum.end();
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
