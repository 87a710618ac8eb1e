package io.deungdae.collector.driver.xgt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The ten bytes that begin each frame. XGL-EFMF manual §7.1.1. */
enum Company {
  /** XGK, XGI, XGR and XGB. */
  LSIS_XGT("LSIS-XGT\0\0"),
  /** The older MASTER-K and GLOFA. */
  LGIS_GLOFA("LGIS-GLOFA");

  /** Its length on the wire, bytes. */
  static final int LENGTH = 10;

  private final String text;

  Company(String text) {
    this.text = text;
  }

  /** Its bytes on the wire. */
  byte[] bytes() {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Its byte {@code i}, 0 to 9. */
  byte at(int i) {
    return (byte) text.charAt(i);
  }

  static Optional<Company> of(byte[] bytes) {
    return Arrays.stream(values()).filter(c -> Arrays.equals(c.bytes(), bytes)).findFirst();
  }
}
