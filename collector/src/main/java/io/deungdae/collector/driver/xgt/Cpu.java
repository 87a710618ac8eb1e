package io.deungdae.collector.driver.xgt;

/** A family of PLCs: what its frames say, and what it has. XGL-EFMF manual §7.1.1. */
enum Cpu {
  XGK(0xA0, 1400, "PMLKFTCDNZRU", "PMLKF", false),
  XGI(0xA4, 1400, "IQMRWKLNF", "IQMRWKLNF", true),
  XGR(0xA8, 1400, "IQMRWKLNF", "IQMRWKLNF", true),
  /** XGB with the devices of an XGK: XBC, XBM, XEC in that mode. */
  XGB(0xB0, 512, "PMLKFTCDNZRU", "PMLKF", false),
  /** XGB with IEC variables: XEC, XEM. */
  XGB_IEC(0xB4, 512, "IQMRWKLNF", "IQMRWKLNF", true);

  private static final int NOT_TOLD = 0;

  private final int code;
  private final int mostBytes;
  private final String areas;
  private final String bitAreas;
  private final boolean iec;

  Cpu(int code, int mostBytes, String areas, String bitAreas, boolean iec) {
    this.code = code;
    this.mostBytes = mostBytes;
    this.areas = areas;
    this.bitAreas = bitAreas;
    this.iec = iec;
  }

  /** Its byte in a header. */
  int code() {
    return code;
  }

  /** Most bytes in one continuous read or write. */
  int mostBytes() {
    return mostBytes;
  }

  /** Letters of its areas. */
  String areas() {
    return areas;
  }

  /** True when single bits of an area can be written by their own name. */
  boolean writesBitsOf(char area) {
    return bitAreas.indexOf(area) >= 0;
  }

  /** True when its variables have IEC 61131-3 names only, such as {@code %MW100}. */
  boolean iec() {
    return iec;
  }

  /** How it counts the bits in the names of bits, where the settings do not say. */
  XgtSettings.BitIndex bitIndex() {
    return this == XGB ? XgtSettings.BitIndex.HEX : XgtSettings.BitIndex.DECIMAL;
  }

  /** Its name in the settings. */
  String text() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** True when a header's byte is that of another family; servers that leave it out say 0. */
  boolean isContradictedBy(int told) {
    return told != NOT_TOLD && told != code;
  }

  /** The family of a header's byte, for people. */
  static String nameOf(int code) {
    if (code == NOT_TOLD) {
      return "not told";
    }
    for (Cpu cpu : values()) {
      if (cpu.code == code) {
        return cpu.text();
      }
    }
    return String.format("0x%02X", code);
  }
}
