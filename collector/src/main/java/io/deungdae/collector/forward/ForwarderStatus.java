package io.deungdae.collector.forward;

import java.time.Duration;

/**
 * How a forwarder is doing.
 *
 * @param name its name
 * @param cursor number of the row up to which everything has been dealt with
 * @param lagRows rows on disk that have not been sent
 * @param lag age of the oldest of them, by arrival; zero when there is none
 * @param backlogRows those of them that are sent beside what is live
 * @param liveLag how old the newest row is that the receiver has, while there are newer ones; zero
 *     when it has the newest
 * @param sent rows taken by the receiver since the start
 * @param refused rows refused by the receiver since the start; they are in the dead-letter file
 * @param failures failed attempts since the start
 * @param bytes bytes given to the receiver since the start, before compression
 * @param batches batches dealt with since the start
 * @param sending time that these took, taken together
 * @param deadLetters refused rows that lie in the dead-letter file
 * @param lostLetters refused rows that had to leave it for want of room, since the start
 * @param error what is wrong now, empty when all is well
 */
public record ForwarderStatus(
    String name,
    long cursor,
    long lagRows,
    Duration lag,
    long backlogRows,
    Duration liveLag,
    long sent,
    long refused,
    long failures,
    long bytes,
    long batches,
    Duration sending,
    long deadLetters,
    long lostLetters,
    String error) {

  /** True while the receiver takes rows. */
  public boolean isWell() {
    return error.isEmpty();
  }
}
