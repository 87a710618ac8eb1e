package io.deungdae.collector.export;

/**
 * A column of a table.
 *
 * @param name its name
 * @param type what its cells are
 */
public record Column(String name, Type type) {

  /** What a cell is. An empty cell is null, whatever the type. */
  public enum Type {
    /** A {@code Long}: microseconds since 1970. */
    TIME,
    /** A {@code Double}. */
    NUMBER,
    /** A {@code Long}, exact to 64 bits. */
    WHOLE,
    /** A {@code Boolean}. */
    FLAG,
    /** A {@code String}. */
    TEXT,
    /** A {@code Double}, {@code Long}, {@code Boolean} or {@code String}; not in Parquet. */
    ANY
  }
}
