package io.deungdae.kamp;

import io.deungdae.kamp.dataset.QualityIndices;
import io.deungdae.kamp.dataset.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the deliveries stand. Immutable.
 *
 * @param endpoint where to
 * @param bucket into which bucket
 * @param ledgerLines lines of the usage ledger
 * @param ledgerHead hash of its last line
 * @param dataSets each data set, in the order of the settings
 */
public record KampStatus(
    String endpoint, String bucket, long ledgerLines, String ledgerHead, List<Entry> dataSets) {

  public KampStatus {
    dataSets = List.copyOf(dataSets);
  }

  /** What is being done with a data set. */
  public enum Phase {
    /** Waiting for the window to end. */
    COLLECTING,
    /** Sending files. */
    SENDING,
    /** Waiting after a failure. */
    RETRYING
  }

  /**
   * One data set.
   *
   * @param name its name
   * @param title its title, Korean
   * @param phase what is being done
   * @param deliveredTo up to when everything has been delivered
   * @param lag how far that is behind
   * @param last the last delivery that had rows
   * @param deliveries deliveries since the start of the process
   * @param failures failures since the last success
   * @param lastError the last failure, empty when there was none since the last success
   */
  public record Entry(
      String name,
      String title,
      Phase phase,
      Optional<Instant> deliveredTo,
      Duration lag,
      Optional<Delivery> last,
      long deliveries,
      long failures,
      String lastError) {}

  /**
   * A delivery.
   *
   * @param time when it was finished
   * @param window what was in it
   * @param rows its rows
   * @param bytes its bytes
   * @param place bucket and folder
   * @param manifest SHA-256 of the manifest, hexadecimal
   * @param quality its quality indices
   */
  public record Delivery(
      Instant time,
      Window window,
      long rows,
      long bytes,
      String place,
      String manifest,
      QualityIndices quality) {}
}
