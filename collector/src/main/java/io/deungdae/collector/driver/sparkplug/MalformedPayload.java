package io.deungdae.collector.driver.sparkplug;

/** Bytes that are no Sparkplug message. */
public final class MalformedPayload extends Exception {

  private static final long serialVersionUID = 1L;

  /** With the reason in words. */
  public MalformedPayload(String why) {
    super(why);
  }
}
