package io.deungdae.collector.forward;

import java.time.Duration;

/**
 * How a forwarder is doing.
 *
 * @param name its name
 * @param cursor number of the last row dealt with
 * @param lagRows rows on disk that have not been sent
 * @param lag age of the oldest of them, by arrival; zero when there is none
 * @param sent rows taken by the receiver since the start
 * @param refused rows refused by the receiver since the start; they are in the dead-letter file
 * @param failures failed attempts since the start
 * @param error what is wrong now, empty when all is well
 */
public record ForwarderStatus(
    String name,
    long cursor,
    long lagRows,
    Duration lag,
    long sent,
    long refused,
    long failures,
    String error) {

  /** True while the receiver takes rows. */
  public boolean isWell() {
    return error.isEmpty();
  }
}
