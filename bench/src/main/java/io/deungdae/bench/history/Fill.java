package io.deungdae.bench.history;

import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.DefaultCairoConfiguration;
import io.questdb.cairo.TableReader;
import io.questdb.cairo.TableToken;
import io.questdb.cairo.TableWriter;
import io.questdb.cairo.wal.ApplyWal2TableJob;
import io.questdb.cairo.wal.WalPurgeJob;
import io.questdb.cairo.wal.WalWriter;
import java.nio.file.Path;

/** Puts rows into the table of a historian that is closed, faster than a gateway would. */
final class Fill implements AutoCloseable {

  private static final byte REAL = 1;
  private static final int ROWS_IN_COMMIT = 500_000;

  private final CairoEngine engine;
  private final TableToken table;
  private final WalWriter writer;
  private final ApplyWal2TableJob apply;
  private final WalPurgeJob purge;
  private long seq;
  private int open;
  private long lastUs;

  Fill(Path folder) {
    engine = new CairoEngine(new Quick(folder));
    engine.load();
    table = engine.verifyTableName("samples");
    writer = engine.getWalWriter(table);
    apply = new ApplyWal2TableJob(engine, 1);
    purge = new WalPurgeJob(engine);
  }

  private static final class Quick extends DefaultCairoConfiguration {
    Quick(Path folder) {
      super(folder.toString());
    }

    @Override
    public long getWalPurgeInterval() {
      return 1_000;
    }
  }

  /** Rows must come by ascending time. */
  void add(long us, String tag, double value) {
    // Never between two rows of one time: those would be merged, which is slow.
    if (open >= ROWS_IN_COMMIT && us > lastUs) {
      commit();
    }
    lastUs = us;
    TableWriter.Row row = writer.newRow(us);
    row.putSym(1, tag);
    row.putLong(2, ++seq);
    row.putTimestamp(3, us);
    row.putShort(4, (short) 0);
    row.putByte(5, REAL);
    row.putDouble(6, value);
    row.append();
    open++;
  }

  private void commit() {
    open = 0;
    writer.commit();
    while (applied() < engine.getTableSequencerAPI().lastTxn(table)) {
      engine.notifyWalTxnCommitted(table);
      apply.run(0);
    }
    purge.run(0);
  }

  private long applied() {
    try (TableReader reader = engine.getReader(table)) {
      return reader.getSeqTxn();
    }
  }

  long rows() {
    return seq;
  }

  @Override
  public void close() {
    commit();
    writer.close();
    apply.close();
    purge.close();
    engine.close();
  }
}
