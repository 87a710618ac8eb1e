package io.deungdae.collector.driver.modbus;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a value begins.
 *
 * @param table the table
 * @param start the first cell as on the wire, 0 to 65535
 * @param bit the bit within the register, 0 (least significant) to 15, or {@link #WHOLE}
 */
record Address(Table table, int start, int bit) {

  /** Not a bit within a register. */
  static final int WHOLE = -1;

  private static final Pattern SYNTAX =
      Pattern.compile("([A-Za-z]{2}):(\\d{1,5})(?:\\.(\\d{1,2}))?");
  private static final int LAST = 65_535;

  /**
   * Reads {@code hr:100}, {@code ir:7}, {@code co:0}, {@code di:12} or, for a bit within a
   * register, {@code hr:100.3}; empty when it is none of these or out of range.
   *
   * @param first the number that the settings give to the first cell, 0 or 1
   */
  static Optional<Address> parse(String text, int first) {
    Matcher matcher = SYNTAX.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int start = Integer.parseInt(matcher.group(2)) - first;
    int bit = matcher.group(3) == null ? WHOLE : Integer.parseInt(matcher.group(3));
    return Table.ofPrefix(matcher.group(1))
        .filter(table -> bit == WHOLE || (!table.isBits() && bit < Short.SIZE))
        .filter(table -> start >= 0 && start <= LAST)
        .map(table -> new Address(table, start, bit));
  }

  /** True for a bit within a register. */
  boolean isRegisterBit() {
    return bit != WHOLE;
  }
}
