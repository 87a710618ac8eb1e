package io.deungdae.collector.forward;

import java.time.Duration;

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

  /** With the reason in words, for the operator. */
  public SendException(Kind kind, String reason) {
    this(kind, reason, Duration.ZERO);
  }

  /** With the least pause that the receiver asked for. */
  public SendException(Kind kind, String reason, Duration pause) {
    super(reason);
    this.kind = kind;
    this.pause = pause;
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
