package io.deungdae.collector.driver.modbus;

import java.util.Locale;
import java.util.Optional;

/**
 * How the bytes of a value lie on the wire; A is the most significant. Named after 32-bit values,
 * and meant likewise for 64 bits; for 16 bits the first two letters count.
 */
enum Order {
  /** High word first, high byte first: what the protocol's own registers suggest. */
  ABCD(false, false),
  /** Low word first, high byte first: LS, Mitsubishi, many others. */
  CDAB(true, false),
  /** High word first, low byte first. */
  BADC(false, true),
  /** Low word first, low byte first. */
  DCBA(true, true);

  private final boolean lowWordFirst;
  private final boolean lowByteFirst;

  Order(boolean lowWordFirst, boolean lowByteFirst) {
    this.lowWordFirst = lowWordFirst;
    this.lowByteFirst = lowByteFirst;
  }

  static Order of(boolean lowWordFirst, boolean lowByteFirst) {
    if (lowWordFirst) {
      return lowByteFirst ? DCBA : CDAB;
    }
    return lowByteFirst ? BADC : ABCD;
  }

  /**
   * Reads a tag's own order: {@code high-first}, {@code low-first} (the byte order stays the
   * device's), or {@code ABCD} and its like; {@code AB} and {@code BA} for 16 bits.
   */
  static Optional<Order> parse(String text, Order ofDevice) {
    String name = text.strip().toUpperCase(Locale.ROOT);
    return switch (name) {
      case "HIGH-FIRST" -> Optional.of(of(false, ofDevice.lowByteFirst));
      case "LOW-FIRST" -> Optional.of(of(true, ofDevice.lowByteFirst));
      case "AB" -> Optional.of(ABCD);
      case "BA" -> Optional.of(BADC);
      case "ABCD", "CDAB", "BADC", "DCBA" -> Optional.of(valueOf(name));
      default -> Optional.empty();
    };
  }

  /** The bits of a number from its words, in the order of the wire. */
  long join(int[] words, int from, int count) {
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits = (bits << Short.SIZE) | bytes(words[from + (lowWordFirst ? count - 1 - i : i)]);
    }
    return bits;
  }

  /** The words of a number, in the order of the wire. */
  int[] split(long bits, int count) {
    int[] words = new int[count];
    for (int i = 0; i < count; i++) {
      int word = (int) (bits >>> (Short.SIZE * (count - 1 - i))) & 0xFFFF;
      words[lowWordFirst ? count - 1 - i : i] = bytes(word);
    }
    return words;
  }

  /** A word with its bytes as the device means them. */
  int bytes(int word) {
    return lowByteFirst ? ((word & 0xFF) << 8) | (word >>> 8) : word;
  }
}
