package io.deungdae.collector.store;

import java.time.Duration;

/**
 * How the historian is doing.
 *
 * @param lastSeq highest sequence number on disk
 * @param waiting samples that wait for the disk
 * @param room how many samples may wait before devices are held up
 * @param unread samples on disk that readers do not see yet
 * @param commits commits since opening
 * @param lastCommit how long the last commit took
 * @param worstCommit how long the slowest commit since opening took
 * @param retimed samples since opening whose source time was not believed
 * @param failures failed attempts to write since opening
 * @param error what is wrong now, empty when all is well
 * @param diskBytes size of the files, looked up about once a minute
 * @param freeBytes space left on their disk, looked up about once a minute
 * @param keep what is kept, and how roll-ups and deletion are doing
 */
public record HistorianStatus(
    long lastSeq,
    int waiting,
    int room,
    long unread,
    long commits,
    Duration lastCommit,
    Duration worstCommit,
    long retimed,
    long failures,
    String error,
    long diskBytes,
    long freeBytes,
    KeepStatus keep) {

  /** True while samples reach the disk. */
  public boolean isWell() {
    return error.isEmpty();
  }
}
