package io.deungdae.collector.history;

import io.deungdae.collector.history.ValueAt.How;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.StoredSample;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of tags at a time for which there need be no sample. */
public final class Interpolation {

  private static final Duration FIRST_LOOK = Duration.ofSeconds(10);

  private final RowSource source;
  private final Instant at;
  private final Duration limit;
  private final Map<String, StoredSample> before = new HashMap<>();
  private final Map<String, StoredSample> after = new HashMap<>();

  private Interpolation(RowSource source, Instant at, Duration limit) {
    this.source = source;
    this.at = at;
    this.limit = limit;
  }

  /**
   * The tags' values at a time: real numbers on the straight line between the good samples around
   * it, when these are not further apart than {@code limit}; everything else as the good sample
   * before it says, when that is not older than {@code limit}.
   *
   * @throws IllegalArgumentException when the limit is not positive
   */
  public static List<ValueAt> at(
      RowSource source, Collection<String> tags, Instant at, Duration limit) throws IOException {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("limit must be positive, found " + limit);
    }
    return new Interpolation(source, at, limit).values(new LinkedHashSet<>(tags));
  }

  private List<ValueAt> values(Collection<String> tags) throws IOException {
    Duration seen = Duration.ZERO;
    while (seen.compareTo(limit) < 0 && !isKnown(tags)) {
      Duration wider = seen.isZero() ? FIRST_LOOK : seen.multipliedBy(8);
      Duration next = wider.compareTo(limit) < 0 ? wider : limit;
      look(tags, seen, next);
      seen = next;
    }
    List<ValueAt> values = new ArrayList<>();
    tags.forEach(tag -> values.add(value(tag, before.get(tag), after.get(tag))));
    return values;
  }

  private boolean isKnown(Collection<String> tags) {
    return before.keySet().containsAll(tags) && after.keySet().containsAll(tags);
  }

  /** Looks at what lies from {@code near} to {@code far} before and after the time. */
  private void look(Collection<String> tags, Duration near, Duration far) throws IOException {
    List<String> older = tags.stream().filter(tag -> !before.containsKey(tag)).toList();
    List<String> younger = tags.stream().filter(tag -> !after.containsKey(tag)).toList();
    Instant justAfter = at.plus(1, ChronoUnit.MICROS);
    source.read(
        older,
        at.minus(far),
        near.isZero() ? justAfter : at.minus(near),
        row -> {
          before.put(row.tag(), row);
          return true;
        });
    source.read(
        younger,
        near.isZero() ? justAfter : at.plus(near).plus(1, ChronoUnit.MICROS),
        at.plus(far).plus(1, ChronoUnit.MICROS),
        row -> {
          after.putIfAbsent(row.tag(), row);
          return after.size() < tags.size();
        });
  }

  private ValueAt value(String tag, @Nullable StoredSample low, @Nullable StoredSample high) {
    if (low == null) {
      return ValueAt.unknown(tag, at, How.NOTHING_BEFORE);
    }
    if (!low.quality().isGood()) {
      return ValueAt.unknown(tag, at, How.NOT_GOOD_BEFORE);
    }
    if (low.sourceTime().equals(at)) {
      return new ValueAt(tag, at, low.value(), How.MEASURED);
    }
    if (!(low.value() instanceof Value.Real)) {
      return new ValueAt(tag, at, low.value(), How.STEP);
    }
    if (high == null) {
      return ValueAt.unknown(tag, at, How.NOTHING_AFTER);
    }
    if (!high.quality().isGood()) {
      return ValueAt.unknown(tag, at, How.NOT_GOOD_AFTER);
    }
    if (Duration.between(low.sourceTime(), high.sourceTime()).compareTo(limit) > 0) {
      return ValueAt.unknown(tag, at, How.TOO_FAR_APART);
    }
    return new ValueAt(tag, at, Value.of(between(low, high)), How.LINEAR);
  }

  private double between(StoredSample low, StoredSample high) {
    return line(
        micros(low.sourceTime()),
        low.value().asDouble(),
        micros(high.sourceTime()),
        high.value().asDouble(),
        micros(at));
  }

  /** The straight line through two points, at a time between them. */
  static double line(long lowUs, double low, long highUs, double high, long us) {
    double share = (double) (us - lowUs) / (highUs - lowUs);
    return low * (1 - share) + high * share;
  }

  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
