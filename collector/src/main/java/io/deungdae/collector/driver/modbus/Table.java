package io.deungdae.collector.driver.modbus;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The four tables of the Modbus data model. Modbus Application Protocol V1.1b3 §4.3. */
enum Table {
  COILS("co", true, true),
  DISCRETE_INPUTS("di", true, false),
  HOLDING_REGISTERS("hr", false, true),
  INPUT_REGISTERS("ir", false, false);

  private final String prefix;
  private final boolean bits;
  private final boolean writable;

  Table(String prefix, boolean bits, boolean writable) {
    this.prefix = prefix;
    this.bits = bits;
    this.writable = writable;
  }

  /** How addresses name it. */
  String prefix() {
    return prefix;
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
