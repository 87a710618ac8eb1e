package io.deungdae.collector.history;

import io.deungdae.collector.signal.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A table with one column for each tag.
 *
 * @param columns the tags
 * @param from first time
 * @param to just behind the last time
 * @param every distance of the rows, from {@code from} on; zero when {@code leading} gives the
 *     times
 * @param leading a tag whose good samples' times are the rows'; empty for a grid
 * @param fill what stands in a row that has no sample of its own time
 * @param reach how old a value may be in a row and, between two samples, how far apart these
 */
public record WideSpec(
    List<Column> columns,
    Instant from,
    Instant to,
    Duration every,
    Optional<String> leading,
    Fill fill,
    Duration reach) {

  /** Cells that may wait at once for the sample after them. */
  static final int MOST_WAITING = 2_000_000;

  /**
   * A column.
   *
   * @param tag the tag's name
   * @param kind the kind of its values
   */
  public record Column(String tag, Kind kind) {}

  /** What stands in a row that has no sample of its own time. */
  public enum Fill {
    /** The good value before it: an as-of join. */
    LAST,
    /**
     * Real numbers on the straight line between the samples around; the others as {@link #LAST}.
     */
    LINEAR
  }

  public WideSpec {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a wide table needs at least one tag");
    }
    if (leading.isEmpty() && every.toNanos() < 1_000) {
      throw new IllegalArgumentException(
          "every must be 1us or more, found " + every + "; or name a leading tag");
    }
    if (reach.isNegative()) {
      throw new IllegalArgumentException("reach must not be negative, found " + reach);
    }
    if (fill == Fill.LINEAR && leading.isEmpty() && waiting(columns, every, reach) > MOST_WAITING) {
      throw new IllegalArgumentException(
          "reach / every * tags must be at most "
              + MOST_WAITING
              + " for linear values, found "
              + waiting(columns, every, reach)
              + "; take a shorter reach, a longer step or fewer tags");
    }
  }

  private static long waiting(List<Column> columns, Duration every, Duration reach) {
    return (reach.toNanos() / every.toNanos() + 1) * columns.size();
  }

  /** How many rows it will have; empty when a tag leads. */
  public Optional<Long> rows() {
    if (leading.isPresent()) {
      return Optional.empty();
    }
    long us = Math.max(0, Interpolation.micros(to) - Interpolation.micros(from));
    long everyUs = every.toNanos() / 1_000;
    return Optional.of((us + everyUs - 1) / everyUs);
  }
}
