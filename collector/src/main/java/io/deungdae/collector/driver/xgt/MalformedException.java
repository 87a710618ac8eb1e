package io.deungdae.collector.driver.xgt;

/** An answer is not what the protocol allows. Becomes a device exception at the link. */
final class MalformedException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says what is wrong, to follow "sent". */
  MalformedException(String what) {
    super(what);
  }
}
