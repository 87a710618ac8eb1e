package io.deungdae.analytics.kernel;

import java.io.IOException;

/** Bytes that are no compiled net, or no longer one: cut short, damaged, or of another version. */
public final class NetFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * A new one.
   *
   * @param message what was found and what was expected
   */
  public NetFormatException(String message) {
    super(message);
  }
}
