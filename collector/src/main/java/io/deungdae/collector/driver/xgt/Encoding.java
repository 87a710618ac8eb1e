package io.deungdae.collector.driver.xgt;

import io.deungdae.collector.driver.scan.WireType;
import io.deungdae.collector.driver.xgt.XgtSettings.WordOrder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a value lies in its bytes. Bytes are little-endian within a word, always.
 *
 * @param type what the bits mean
 * @param order which word comes first
 * @param bytes how many bytes it takes
 */
record Encoding(WireType type, WordOrder order, int bytes) {

  private static final Pattern SYNTAX = Pattern.compile("([a-z]+\\d*)(?::(low-first|high-first))?");
  private static final Pattern STRING = Pattern.compile("string(\\d{1,3})");
  private static final int LONGEST = 240;

  /** What {@link #parse} takes, for people. */
  static final String ALLOWED =
      Arrays.stream(WireType.values())
              .filter(type -> type != WireType.STRING)
              .map(type -> type.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "))
          + ", string1 to string"
          + LONGEST
          + ", each with :low-first or :high-first after it if its words lie in another order than"
          + " the device's";

  /**
   * Reads {@code float32}, {@code int32:high-first}, {@code string16}; empty when it is none of
   * these. The number of a string is its bytes.
   *
   * @param ofDevice the order where the tag gives none
   */
  static Optional<Encoding> parse(String text, WordOrder ofDevice) {
    Matcher matcher = SYNTAX.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String order = matcher.group(2);
    WordOrder words =
        order == null
            ? ofDevice
            : order.equals("low-first") ? WordOrder.LOW_FIRST : WordOrder.HIGH_FIRST;
    return ofName(matcher.group(1), words);
  }

  private static Optional<Encoding> ofName(String name, WordOrder order) {
    Matcher string = STRING.matcher(name);
    if (string.matches()) {
      int bytes = Integer.parseInt(string.group(1));
      return bytes < 1 || bytes > LONGEST
          ? Optional.empty()
          : Optional.of(new Encoding(WireType.STRING, order, bytes));
    }
    return Arrays.stream(WireType.values())
        .filter(type -> type != WireType.STRING && type.name().equalsIgnoreCase(name))
        .findFirst()
        .map(type -> new Encoding(type, order, type.bytes()));
  }

  /** The bits of the value that begins at {@code from}. Not for strings. */
  long bits(ByteBuffer memory, int from) {
    long bits = 0;
    for (int i = 0; i < bytes; i++) {
      bits |= (memory.get(from + place(i)) & 0xFFL) << (Byte.SIZE * i);
    }
    return bits;
  }

  /** The bytes of a value as they lie, 0 to 255 each. Not for strings. */
  List<Integer> bytes(long bits) {
    Integer[] lying = new Integer[bytes];
    for (int i = 0; i < bytes; i++) {
      lying[place(i)] = (int) (bits >>> (Byte.SIZE * i)) & 0xFF;
    }
    return new ArrayList<>(Arrays.asList(lying));
  }

  /** Where the value's byte {@code i} lies, counted from its least significant. */
  private int place(int i) {
    return order == WordOrder.LOW_FIRST || bytes < 2 * Short.BYTES
        ? i
        : bytes - Short.BYTES - i / 2 * 2 + i % 2;
  }

  /** The bytes of a string up to its end or the first zero. */
  byte[] text(ByteBuffer memory, int from) {
    int length = 0;
    while (length < bytes && memory.get(from + length) != 0) {
      length++;
    }
    byte[] text = new byte[length];
    memory.get(from, text);
    return text;
  }
}
