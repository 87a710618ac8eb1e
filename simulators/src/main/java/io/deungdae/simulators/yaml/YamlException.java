package io.deungdae.simulators.yaml;

/** A mistake in a file, told for the person who wrote it. */
public final class YamlException extends Exception {

  private static final long serialVersionUID = 1L;

  /** A mistake. */
  public YamlException(String message) {
    super(message);
  }
}
