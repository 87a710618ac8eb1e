package io.deungdae.collector.driver.opcua;

/**
 * The sequence numbers of one subscription's messages: which comes next, and which are missing.
 * They begin at 1 and roll over from 2³²−1 to 1 (OPC UA Part 4 §7.26).
 */
final class MessageNumbers {

  private static final long LAST = 0xFFFF_FFFFL;

  private long next;

  /** Begins with {@code next}; a new subscription begins with 1. */
  MessageNumbers(long next) {
    this.next = next;
  }

  /** The number that comes next. */
  long next() {
    return next;
  }

  /** True when {@code number} is the one that comes next. */
  boolean isNext(long number) {
    return number == next;
  }

  /** True when messages before {@code number} have not come yet; false when it is an old one. */
  boolean skips(long number) {
    long distance = (number - next) & LAST;
    return distance != 0 && distance <= LAST / 2;
  }

  /** The next one has been dealt with. */
  void advance() {
    next = next == LAST ? 1 : next + 1;
  }
}
