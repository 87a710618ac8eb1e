package io.deungdae.control.api;

import io.deungdae.collector.signal.Label;

/** A request that is answered with an error, in words for people. */
final class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient Label label;

  ApiException(int status, String code, Label label) {
    super(label.en(), null, false, false);
    this.status = status;
    this.code = code;
    this.label = label;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  Label label() {
    return label;
  }
}
