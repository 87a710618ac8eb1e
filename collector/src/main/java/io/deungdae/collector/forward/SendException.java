package io.deungdae.collector.forward;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Rows were not taken. */
public final class SendException extends Exception {

  /** Whose fault it is. */
  public enum Kind {
    /**
     * Not that of the rows: no connection, no answer, an overload, a wrong password. The same rows
     * are sent again later.
     */
    UNREACHABLE,
    /** That of at least one row, which will be refused again. */
    REFUSED
  }

  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final Duration pause;
  private final TreeMap<Integer, String> refused;

  /** With the reason in words, for the operator. */
  public SendException(Kind kind, String reason) {
    this(kind, reason, Duration.ZERO);
  }

  /** With the least pause that the receiver asked for. */
  public SendException(Kind kind, String reason, Duration pause) {
    super(reason);
    this.kind = kind;
    this.pause = pause;
    this.refused = new TreeMap<>();
  }

  private SendException(Map<Integer, String> refused) {
    super(refused.values().iterator().next());
    this.kind = Kind.REFUSED;
    this.pause = Duration.ZERO;
    this.refused = new TreeMap<>(refused);
  }

  /**
   * Some rows were refused, and all others were taken.
   *
   * @param reasons why, by place in the list that was sent; not empty
   */
  public static SendException refused(Map<Integer, String> reasons) {
    return new SendException(reasons);
  }

  /** Refused rows by their place, when the receiver said which, and took all others; else empty. */
  public Map<Integer, String> refused() {
    return Collections.unmodifiableMap(refused);
  }

  /** Whose fault it is. */
  public Kind kind() {
    return kind;
  }

  /** The least pause before the next attempt; zero when the receiver did not say. */
  public Duration pause() {
    return pause;
  }
}
