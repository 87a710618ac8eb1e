package io.deungdae.collector.driver.mqtt;

import java.util.Optional;

/**
 * A column of a payload with separated values.
 *
 * @param index from 0; -1 when it has a name
 * @param name as in the payload's first line; empty when it has an index
 */
record Column(int index, String name) implements Place {

  private static final int LAST = 999;

  /** Reads a number, or a name. */
  static Optional<Column> parse(String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    if (text.matches("\\d{1,9}")) {
      return Optional.of(new Column(Integer.parseInt(text), "")).filter(c -> c.index <= LAST);
    }
    return Optional.of(new Column(-1, text.strip()));
  }

  @Override
  public boolean isWhole() {
    return false;
  }
}
