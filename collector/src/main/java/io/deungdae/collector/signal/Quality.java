package io.deungdae.collector.signal;

import java.util.Arrays;

/**
 * How far a sample can be trusted, and why not further.
 *
 * <p>The three levels are those of OPC UA (Part 4 §7.39, StatusCode severity). The code is stored
 * with each sample and never changes its meaning; codes below 100 are good, 100–199 uncertain, 200
 * and above bad.
 */
public enum Quality {
  /** As read from the device. */
  GOOD(0),
  /**
   * In the history alone: the device told the same value with the same time again. The row lies at
   * its arrival; the value's own time is that of an earlier row.
   */
  GOOD_CONFIRMED(1),
  /**
   * In the history alone: a person has imported it from a file. Its source time may lie years
   * before its arrival.
   */
  GOOD_IMPORTED(2),
  /** The device itself marked the value as uncertain. */
  UNCERTAIN_DEVICE(100),
  /** The value is older than it should be. */
  UNCERTAIN_STALE(101),
  /** The value is outside the tag's range. */
  UNCERTAIN_RANGE(102),
  /** The device's clock and ours disagree; the source time is not to be relied on. */
  UNCERTAIN_TIME(103),
  /** No link to the device. */
  BAD_NO_LINK(200),
  /** The device did not answer in time. */
  BAD_TIMEOUT(201),
  /** The device refused: no such address or node, or no right to read it. */
  BAD_REJECTED(202),
  /** The device marked the value as bad. */
  BAD_DEVICE(203),
  /** What came is not a finite number where one was expected. */
  BAD_NOT_FINITE(204),
  /** What came could not be read as the tag's kind. */
  BAD_MALFORMED(205);

  private static final Quality[] BY_CODE = byCode();

  private final int code;

  Quality(int code) {
    this.code = code;
  }

  /** The number stored for this quality. */
  public int code() {
    return code;
  }

  /** True for a value that may be used without reserve. */
  public boolean isGood() {
    return code < 100;
  }

  /** True for a value that must not be used. */
  public boolean isBad() {
    return code >= 200;
  }

  /** The quality with the stored code; {@link #BAD_DEVICE} for a code of a later version. */
  public static Quality ofCode(int code) {
    return code < 0 || code >= BY_CODE.length ? BAD_DEVICE : BY_CODE[code];
  }

  private static Quality[] byCode() {
    int last = 0;
    for (Quality quality : values()) {
      last = Math.max(last, quality.code);
    }
    Quality[] table = new Quality[last + 1];
    Arrays.fill(table, BAD_DEVICE);
    for (Quality quality : values()) {
      table[quality.code] = quality;
    }
    return table;
  }
}
