package io.deungdae.collector.driver.mqtt;

import java.util.Optional;

/** Where values are in a payload. */
sealed interface Place permits JsonPath, Column {

  /** True for the payload itself. */
  boolean isWhole();

  /** Reads {@code csv:…} as a column, anything else as a path in JSON; empty when it is neither. */
  static Optional<Place> parse(String text) {
    return text.startsWith("csv:")
        ? Column.parse(text.substring(4)).map(column -> column)
        : JsonPath.parse(text).map(path -> path);
  }
}
