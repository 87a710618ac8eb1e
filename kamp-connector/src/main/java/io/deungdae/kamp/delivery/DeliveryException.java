package io.deungdae.kamp.delivery;

/** A delivery did not succeed this time. */
public final class DeliveryException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** Why it did not succeed. */
  public enum Kind {
    /** The store cannot be reached, or failed. */
    UNREACHABLE,
    /** The store refused: keys, rights, bucket. */
    REFUSED,
    /** What the store has is not what was sent. */
    MISMATCH,
    /** A file to be delivered is not what it was when it was made. */
    SPOILT
  }

  /** With a reason for people. */
  public DeliveryException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** With a reason for people and what lies behind it. */
  public DeliveryException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Why it did not succeed. */
  public Kind kind() {
    return kind;
  }
}
