package io.deungdae.collector.driver;

/** What became of one write on the wire. */
public sealed interface WriteResult {

  /**
   * The device took it and, where asked, read back the value given here, in the tag's unit; NaN if
   * it was not read back.
   */
  record Done(double readBack) implements WriteResult {}

  /** The device refused it. */
  record Refused(String reason) implements WriteResult {}

  /** The tag's type cannot represent the value; nothing was sent. */
  record NotRepresentable(String reason) implements WriteResult {}
}
