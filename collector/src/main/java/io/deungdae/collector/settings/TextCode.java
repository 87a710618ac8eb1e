package io.deungdae.collector.settings;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Charset of text in a device. */
public enum TextCode {
  /** Whatever is not Korean, and newer Korean devices. */
  UTF_8(StandardCharsets.UTF_8),
  /** Korean devices; contains EUC-KR. */
  MS949(TextEncoding.CP949);

  private final Charset charset;

  TextCode(Charset charset) {
    this.charset = charset;
  }

  /** The charset. */
  public Charset charset() {
    return charset;
  }
}
