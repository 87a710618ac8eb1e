package io.deungdae.kamp.dataset;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How a CSV file is written, so that spreadsheets of Korean offices open it. */
public enum CsvEncoding {
  /** UTF-8 with a byte-order mark. */
  UTF_8_BOM(StandardCharsets.UTF_8, "\uFEFF", "utf-8"),
  /** The code page of Korean Windows. */
  CP949(Charset.forName("x-windows-949"), "", "cp949");

  private final Charset charset;
  private final String start;
  private final String label;

  CsvEncoding(Charset charset, String start, String label) {
    this.charset = charset;
    this.start = start;
    this.label = label;
  }

  /** The character set. */
  public Charset charset() {
    return charset;
  }

  /** What the file begins with. */
  public String start() {
    return start;
  }

  /** Its name for people and MIME types. */
  public String label() {
    return label;
  }

  /** True when the text can be written in it. */
  public boolean canWrite(String text) {
    return charset.newEncoder().canEncode(text);
  }
}
