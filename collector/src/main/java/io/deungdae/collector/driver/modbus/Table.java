package io.deungdae.collector.driver.modbus;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The four tables of the Modbus data model. Modbus Application Protocol V1.1b3 §4.3. */
enum Table {
  COILS("co", true, true, 0),
  DISCRETE_INPUTS("di", true, false, 1),
  HOLDING_REGISTERS("hr", false, true, 4),
  INPUT_REGISTERS("ir", false, false, 3);

  private final String prefix;
  private final boolean bits;
  private final boolean writable;
  private final int digit;

  Table(String prefix, boolean bits, boolean writable, int digit) {
    this.prefix = prefix;
    this.bits = bits;
    this.writable = writable;
    this.digit = digit;
  }

  /** How addresses name it. */
  String prefix() {
    return prefix;
  }

  /** The reference that most manuals give to a cell, which counts from one: 400101 for 100. */
  String manual(int wire) {
    return String.format(Locale.ROOT, "%d%05d", digit, wire + 1);
  }

  /** True when its cells are single bits, false when they are 16-bit registers. */
  boolean isBits() {
    return bits;
  }

  /** True when the protocol has functions that write to it. */
  boolean isWritable() {
    return writable;
  }

  static Optional<Table> ofPrefix(String prefix) {
    return Arrays.stream(values()).filter(t -> t.prefix.equalsIgnoreCase(prefix)).findFirst();
  }

  static String prefixes() {
    return Arrays.stream(values()).map(Table::prefix).collect(Collectors.joining(", "));
  }
}
