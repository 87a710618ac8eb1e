package io.deungdae.kamp;

import io.deungdae.kamp.dataset.DataSetBuilder;
import io.deungdae.kamp.dataset.DataSetSpec;
import io.deungdae.kamp.dataset.FrameSource;
import io.deungdae.kamp.delivery.DeliveryCursor;
import io.deungdae.kamp.delivery.ObjectStore;
import io.deungdae.kamp.delivery.UsageLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Delivers data sets to KAMP. One thread of the caller's calls {@link #tick} again and again, and
 * {@link #close} after the last; {@link #status} may be asked by any thread.
 *
 * <p>Nothing is kept in memory that is needed later: the history is the queue, and cursor, ledger
 * and spool folder are on disk. An outage costs nothing but lag.
 */
public final class KampAgent implements AutoCloseable {

  private final KampSettings settings;
  private final ObjectStore store;
  private final UsageLedger ledger;
  private final List<DataSetJob> jobs = new ArrayList<>();
  private volatile KampStatus status;

  /**
   * An agent with its state in the folder of the settings. Connects to nothing yet.
   *
   * @param settings what is delivered where
   * @param source where history comes from, e.g. {@code historian::frame}
   * @param chance numbers from 0 to 1 that spread the waits after failures
   * @param now wall-clock time
   * @throws IOException when cursor or ledger cannot be read, or the ledger has been tampered with
   */
  public KampAgent(KampSettings settings, FrameSource source, DoubleSupplier chance, Instant now)
      throws IOException {
    this.settings = settings;
    Path folder = settings.folder();
    this.store = new ObjectStore(settings.store());
    this.ledger = new UsageLedger(folder.resolve("ledger.jsonl"));
    DeliveryCursor cursor = new DeliveryCursor(folder.resolve("cursor.json"));
    DataSetBuilder builder = new DataSetBuilder(folder.resolve("spool"), source);
    for (DataSetSpec spec : settings.dataSets()) {
      jobs.add(new DataSetJob(settings, spec, builder, store, cursor, ledger, chance));
    }
    this.status = observe(now);
  }

  /**
   * Does one piece of work for each data set: makes one of a window, or sends one file.
   *
   * @return true when something was done and more may wait; false when a second may pass before the
   *     next call
   */
  public boolean tick(Instant now, long nowNs) {
    boolean worked = false;
    for (DataSetJob job : jobs) {
      worked |= job.tick(now, nowNs);
    }
    status = observe(now);
    return worked;
  }

  /** How the deliveries stand as of the last tick. Any thread. */
  public KampStatus status() {
    return status;
  }

  private KampStatus observe(Instant now) {
    return new KampStatus(
        settings.store().endpoint().toString(),
        settings.store().bucket(),
        ledger.lines(),
        ledger.head(),
        jobs.stream().map(job -> job.status(now)).toList());
  }

  /** Drops the connection. What was not finished is taken up by the next agent. */
  @Override
  public void close() {
    store.close();
  }
}
