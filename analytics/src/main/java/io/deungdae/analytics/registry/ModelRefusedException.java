package io.deungdae.analytics.registry;

/** A model set that is not to be used. Expected on a disk that fails and after settings changed. */
public final class ModelRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** There is none of that id. */
    MISSING,
    /** A file is missing, cut short or changed. */
    DAMAGED,
    /** It was trained on rows made in another way. */
    OTHER_FEATURES,
    /** It was written by a version that this one cannot read. */
    OTHER_FORMAT
  }

  private final String id;
  private final Reason reason;

  /**
   * A new one.
   *
   * @param id of the model set
   * @param reason why
   * @param detail what was found and what was expected
   */
  public ModelRefusedException(String id, Reason reason, String detail) {
    super("model " + id + ": " + detail);
    this.id = id;
    this.reason = reason;
  }

  /** Id of the model set. */
  public String id() {
    return id;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
