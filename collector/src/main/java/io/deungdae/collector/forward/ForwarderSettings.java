package io.deungdae.collector.forward;

import io.deungdae.collector.settings.Section;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a forwarder works.
 *
 * @param name its name, unique in the site; also that of its files
 * @param folder where its cursor and its refused rows are kept
 * @param batch most rows sent at once; positive
 * @param batchBytes most bytes sent at once, about; a longer row is sent alone; positive
 * @param pause longest wait before looking for new rows; positive
 * @param retryLow first wait after a failure; positive
 * @param retryHigh longest wait after failures; not below {@code retryLow}
 * @param order what comes first when there is a backlog
 * @param backfill most rows of a backlog sent in a second; 0 for as many as the receiver takes
 * @param imported what becomes of rows imported from files
 */
public record ForwarderSettings(
    String name,
    Path folder,
    int batch,
    long batchBytes,
    Duration pause,
    Duration retryLow,
    Duration retryHigh,
    SendOrder order,
    int backfill,
    ImportedRows imported) {

  private static final int KIB = 1024;

  public ForwarderSettings {
    if (!name.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException("a name of letters, digits, - and _; found " + name);
    }
    if (batch < 1 || batchBytes < 1 || backfill < 0) {
      throw new IllegalArgumentException("batch and batchBytes must be positive");
    }
    if (pause.isNegative() || pause.isZero() || retryLow.toMillis() < 1) {
      throw new IllegalArgumentException("pause and retryLow must be positive");
    }
    if (retryHigh.compareTo(retryLow) < 0) {
      throw new IllegalArgumentException("retryHigh must not be below retryLow");
    }
  }

  /** The defaults. */
  public static ForwarderSettings of(String name, Path folder) {
    return new ForwarderSettings(
        name,
        folder,
        5_000,
        4L * KIB * KIB,
        Duration.ofMillis(500),
        Duration.ofMillis(500),
        Duration.ofSeconds(30),
        SendOrder.LIVE_FIRST,
        0,
        ImportedRows.SKIP);
  }

  /** The same with other batches. */
  public ForwarderSettings withBatch(int rows) {
    return new ForwarderSettings(
        name, folder, rows, batchBytes, pause, retryLow, retryHigh, order, backfill, imported);
  }

  /** The same with other batches. */
  public ForwarderSettings withBatchBytes(long most) {
    return new ForwarderSettings(
        name, folder, batch, most, pause, retryLow, retryHigh, order, backfill, imported);
  }

  /** The same with other waits. */
  public ForwarderSettings withWaits(Duration look, Duration low, Duration high) {
    return new ForwarderSettings(
        name, folder, batch, batchBytes, look, low, high, order, backfill, imported);
  }

  /** The same with another treatment of a backlog. */
  public ForwarderSettings withBacklog(SendOrder first, int rowsPerSecond) {
    return new ForwarderSettings(
        name,
        folder,
        batch,
        batchBytes,
        pause,
        retryLow,
        retryHigh,
        first,
        rowsPerSecond,
        imported);
  }

  /**
   * Reads the keys that all forwarders have from a section that has others too; the caller calls
   * {@link Section#done}.
   */
  public static ForwarderSettings read(Section section) {
    String name = section.text("name");
    if (!name.matches("[A-Za-z0-9_-]+")) {
      section.problem("name", "'" + name + "'", "letters, digits, - and _");
      name = "unnamed";
    }
    ForwarderSettings usual = of(name, section.dataFile("folder", "forward"));
    Duration retryLow =
        section.duration("retryLow", usual.retryLow, Duration.ofMillis(10), Duration.ofMinutes(10));
    Duration retryHigh =
        section.duration("retryHigh", usual.retryHigh, Duration.ofMillis(10), Duration.ofHours(1));
    if (retryHigh.compareTo(retryLow) < 0) {
      section.problem("retryHigh", Section.show(retryHigh), "at least retryLow");
      retryHigh = retryLow;
    }
    return new ForwarderSettings(
        name,
        usual.folder,
        section.integer("batch", usual.batch, 1, 100_000),
        (long) KIB * section.integer("batchKb", (int) (usual.batchBytes / KIB), 1, 65_536),
        section.duration("pause", usual.pause, Duration.ofMillis(10), Duration.ofMinutes(10)),
        retryLow,
        retryHigh,
        section.choice("order", usual.order),
        section.integer("backfill", usual.backfill, 0, 10_000_000),
        section.choice("imported", usual.imported));
  }
}
