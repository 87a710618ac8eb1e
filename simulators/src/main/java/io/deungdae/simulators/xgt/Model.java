package io.deungdae.simulators.xgt;

/** A kind of PLC: what it says of itself, what memory it has, what it takes at once. */
public enum Model {
  /** XGK-CPUE: device areas by letter; bits counted through in decimal. */
  XGK(0xA0, 0x04, 1400, Bits.DECIMAL),
  /** XGI-CPUU: IEC variables. */
  XGI(0xA4, 0x05, 1400, Bits.DECIMAL),
  /** XBC of the XGB series: fewer bytes at once, bits with a hexadecimal last digit. */
  XGB(0xB0, 0x00, 512, Bits.HEX);

  /** How a bit's name is read. */
  enum Bits {
    DECIMAL,
    HEX
  }

  private final int cpu;
  private final int type;
  private final int mostBytes;
  private final Bits bits;

  Model(int cpu, int type, int mostBytes, Bits bits) {
    this.cpu = cpu;
    this.type = type;
    this.mostBytes = mostBytes;
    this.bits = bits;
  }

  /** The header's CPU byte. */
  int cpu() {
    return cpu;
  }

  /** The header's PLC information while it runs. */
  int plcInfo() {
    return 0x0100 | type;
  }

  /** Most bytes in one continuous request. */
  int mostBytes() {
    return mostBytes;
  }

  Bits bits() {
    return bits;
  }

  /** Bytes of an area, from the manuals' memory tables; 0 where there is none. */
  int bytes(char area) {
    return 2
        * switch (this) {
          case XGK -> wordsOfXgk(area);
          case XGI -> wordsOfXgi(area);
          case XGB -> wordsOfXgb(area);
        };
  }

  private static int wordsOfXgk(char area) {
    return switch (area) {
      case 'P', 'M', 'K', 'F', 'T', 'C' -> 2048;
      case 'L' -> 11_264;
      case 'N' -> 21_504;
      case 'D', 'R' -> 32_768;
      case 'U' -> 4096;
      case 'Z' -> 128;
      default -> 0;
    };
  }

  private static int wordsOfXgi(char area) {
    return switch (area) {
      case 'I', 'Q' -> 8192;
      case 'M' -> 131_072;
      case 'R' -> 32_768;
      case 'W' -> 65_536;
      case 'F' -> 2048;
      default -> 0;
    };
  }

  private static int wordsOfXgb(char area) {
    return switch (area) {
      case 'P', 'M', 'F', 'T', 'C' -> 1024;
      case 'K' -> 4096;
      case 'L' -> 2048;
      case 'N', 'D' -> 10_240;
      case 'U' -> 352;
      case 'Z' -> 128;
      default -> 0;
    };
  }
}
