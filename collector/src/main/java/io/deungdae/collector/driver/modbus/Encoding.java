package io.deungdae.collector.driver.modbus;

import io.deungdae.collector.driver.scan.WireType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a value lies in its registers.
 *
 * @param type what the bits mean
 * @param order the order of its words and bytes
 * @param registers how many registers it takes
 */
record Encoding(WireType type, Order order, int registers) {

  private static final Pattern SYNTAX = Pattern.compile("([a-z]+\\d*)(?:[:@]([A-Za-z-]+))?");
  private static final Pattern STRING = Pattern.compile("string(\\d{1,3})");
  private static final int LONGEST = 240;

  /** What {@link #parse} takes, for people. */
  static final String ALLOWED =
      Arrays.stream(WireType.values())
              .filter(type -> type.registers() > 0)
              .map(type -> type.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "))
          + ", string1 to string"
          + LONGEST
          + ", each with an order after it if it differs from the device's: :low-first,"
          + " :high-first, @ABCD, @CDAB, @BADC, @DCBA";

  /**
   * Reads {@code float32}, {@code float32:low-first}, {@code int32@CDAB}, {@code string16}; empty
   * when it is none of these. The number of a string is its bytes.
   *
   * @param ofDevice the order where the tag gives none
   */
  static Optional<Encoding> parse(String text, Order ofDevice) {
    Matcher matcher = SYNTAX.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Optional<Order> order =
        matcher.group(2) == null ? Optional.of(ofDevice) : Order.parse(matcher.group(2), ofDevice);
    return order.flatMap(o -> ofName(matcher.group(1), o));
  }

  private static Optional<Encoding> ofName(String name, Order order) {
    Matcher string = STRING.matcher(name);
    if (string.matches()) {
      int bytes = Integer.parseInt(string.group(1));
      return bytes < 1 || bytes > LONGEST
          ? Optional.empty()
          : Optional.of(new Encoding(WireType.STRING, order, (bytes + 1) / 2));
    }
    return Arrays.stream(WireType.values())
        .filter(type -> type.registers() > 0 && type.name().equalsIgnoreCase(name))
        .findFirst()
        .map(type -> new Encoding(type, order, type.registers()));
  }

  /** The bits of the value whose registers begin at {@code from}. Not for strings. */
  long bits(int[] words, int from) {
    return order.join(words, from, registers);
  }

  /** The registers of a value. Not for strings. */
  int[] words(long bits) {
    return order.split(bits, registers);
  }

  /** The bytes of a string up to its end or the first zero. */
  byte[] bytes(int[] words, int from) {
    byte[] bytes = new byte[2 * registers];
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      int word = order.bytes(words[from + i / 2]);
      bytes[i] = (byte) (i % 2 == 0 ? word >>> 8 : word);
      if (bytes[i] == 0) {
        break;
      }
      length = i + 1;
    }
    return Arrays.copyOf(bytes, length);
  }
}
