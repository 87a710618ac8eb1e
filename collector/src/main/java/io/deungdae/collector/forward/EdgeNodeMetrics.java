package io.deungdae.collector.forward;

import io.deungdae.collector.driver.sparkplug.DataType;
import io.deungdae.collector.driver.sparkplug.Metric;
import io.deungdae.collector.driver.sparkplug.Rebirth;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.Board;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tags as metrics: a tag {@code furnace.zone2.pv} is {@code furnace/zone2/pv}, its alias is its
 * place in the tag table. Used by the forwarder's thread.
 */
final class EdgeNodeMetrics {

  private static final int GOOD = 192; // Sparkplug 3.0 §6.4.13
  private static final int STALE = 500;
  private static final int UNCERTAIN = 64; // OPC DA's code
  private static final long FRESH_S = 10;

  private final Board board;
  private final boolean devices;
  private final BitSet notGood = new BitSet();
  private TagTable tags;

  /**
   * Metrics of what is on the board.
   *
   * @param devices true when they are those of devices below the node
   */
  EdgeNodeMetrics(Board board, boolean devices) {
    this.board = board;
    this.devices = devices;
    this.tags = board.tags();
  }

  /** True when the site's tags are others than those that the last birth told. */
  boolean isOutdated() {
    return tags != board.tags();
  }

  static Metric bdSeq(int bdSeq, Instant now) {
    return Metric.named("bdSeq", DataType.INT64, now.toEpochMilli(), (long) bdSeq);
  }

  /** Everything the node itself has, with its latest value. */
  List<Metric> birth(int bdSeq, Instant now) {
    notGood.clear();
    tags = board.tags();
    List<Metric> metrics = new ArrayList<>();
    metrics.add(bdSeq(bdSeq, now));
    metrics.add(Metric.named(Rebirth.METRIC, DataType.BOOLEAN, now.toEpochMilli(), false));
    if (!devices) {
      tags.all().forEach(tag -> metrics.add(born(tag, board.latest(tag), now)));
    }
    return metrics;
  }

  /** Everything that each device below the node has, after {@link #birth}. */
  Map<String, List<Metric>> deviceBirths(Instant now) {
    Map<String, List<Metric>> births = new LinkedHashMap<>();
    if (devices) {
      for (Tag tag : tags.all()) {
        births
            .computeIfAbsent(tag.device(), device -> new ArrayList<>())
            .add(born(tag, board.latest(tag), now));
      }
    }
    return births;
  }

  /** The device that a row belongs to; empty for the node itself. */
  String device(Outgoing outgoing) {
    return devices ? tags.find(outgoing.row().tag()).map(Tag::device).orElse("") : "";
  }

  private Metric born(Tag tag, @Nullable Sample latest, Instant now) {
    Object value = latest == null ? null : valueOf(tag, latest.value());
    Quality quality = latest == null ? Quality.BAD_NO_LINK : latest.quality();
    notGood.set(tag.index(), !quality.isGood());
    return new Metric(
        name(tag),
        alias(tag),
        (latest == null ? now : latest.sourceTime()).toEpochMilli(),
        type(tag).number(),
        false,
        value == null,
        code(quality),
        tag.unit().symbol(),
        tag.range().low(),
        tag.range().high(),
        value);
  }

  /**
   * A row; empty when its tag is none of the site's any more.
   *
   * @param bornAt when the last birth told everything; older rows are of the past
   */
  Optional<Metric> data(Outgoing outgoing, Instant bornAt, Instant now) {
    Optional<Tag> found = tags.find(outgoing.row().tag());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Tag tag = found.get();
    Object value = valueOf(tag, outgoing.row().value());
    Quality quality = outgoing.row().quality();
    boolean changed = quality.isGood() == notGood.get(tag.index());
    boolean past = isPast(tag, outgoing, bornAt, now);
    if (!past) {
      notGood.set(tag.index(), !quality.isGood());
    }
    return Optional.of(
        new Metric(
            null,
            alias(tag),
            outgoing.row().sourceTime().toEpochMilli(),
            type(tag).number(),
            past,
            value == null,
            quality.isGood() && !changed && !past ? -1 : code(quality),
            "",
            Double.NaN,
            Double.NaN,
            value));
  }

  /** Late rows are of the past, except a tag's newest: that is what it still is. */
  private boolean isPast(Tag tag, Outgoing outgoing, Instant bornAt, Instant now) {
    Instant arrival = outgoing.row().arrivalTime();
    if (arrival.isBefore(bornAt)) {
      return true;
    }
    Sample latest = board.latest(tag);
    return (outgoing.lane() == Lane.BACKLOG || arrival.isBefore(now.minusSeconds(FRESH_S)))
        && latest != null
        && latest.arrivalTime().minusMillis(1).isAfter(arrival);
  }

  private static String name(Tag tag) {
    return tag.name().replace('.', '/');
  }

  private static long alias(Tag tag) {
    return tag.index() + 1L;
  }

  private static DataType type(Tag tag) {
    return switch (tag.kind()) {
      case NUMBER -> DataType.DOUBLE;
      case WHOLE -> DataType.INT64;
      case FLAG -> DataType.BOOLEAN;
      case TEXT -> DataType.STRING;
    };
  }

  /** As the tag's kind has it now, whatever it was when it was stored. */
  private static @Nullable Object valueOf(Tag tag, Value value) {
    if (value == Value.missing()) {
      return null;
    }
    if (tag.kind() == Kind.NUMBER) {
      return Double.isFinite(value.asDouble()) ? (Object) value.asDouble() : null;
    }
    if (value instanceof Value.Whole whole) {
      return tag.kind() == Kind.WHOLE ? whole.number() : null;
    }
    if (value instanceof Value.Flag flag) {
      return tag.kind() == Kind.FLAG ? flag.on() : null;
    }
    return value instanceof Value.Text text && tag.kind() == Kind.TEXT ? text.text() : null;
  }

  private static int code(Quality quality) {
    if (quality.isGood()) {
      return GOOD;
    }
    return quality.isBad() ? 0 : quality == Quality.UNCERTAIN_STALE ? STALE : UNCERTAIN;
  }
}
