package io.deungdae.control.api;

import io.deungdae.collector.signal.Label;

/** A request that is answered with an error, in words for people. */
public final class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient Label label;

  /** With an HTTP status of 400 or above, a code for programs, and words for people. */
  public ApiException(int status, String code, Label label) {
    super(label.en(), null, false, false);
    this.status = status;
    this.code = code;
    this.label = label;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** For programs. */
  public String code() {
    return code;
  }

  /** For people. */
  public Label label() {
    return label;
  }
}
