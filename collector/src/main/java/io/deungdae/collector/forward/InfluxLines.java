package io.deungdae.collector.forward;

import com.influxdb.client.domain.WritePrecision;
import com.influxdb.client.write.Point;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.StoredSample;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Rows as InfluxDB points. Tags: {@code tag}, {@code device}, {@code unit}. Fields: {@code value}
 * (every number and flag, as a float), {@code value_i} (whole numbers, exact), {@code value_s}
 * (text), {@code quality} (the code). Each field always has the same type, so that a tag whose kind
 * changes does not make a conflict.
 *
 * <p>InfluxDB keeps one point for a tag set and time. Source times have microseconds; the
 * nanoseconds below are the row's turn, so that rows with the same tag and time stay apart. Of more
 * than a thousand such rows, the last ones overwrite one another.
 */
final class InfluxLines {

  private static final int LAST_TURN = 999;

  private final String measurement;
  private final Supplier<TagTable> tags;

  InfluxLines(String measurement, Supplier<TagTable> tags) {
    this.measurement = measurement;
    this.tags = tags;
  }

  Point point(Outgoing outgoing) {
    StoredSample row = outgoing.row();
    Point point = Point.measurement(measurement).addTag("tag", row.tag());
    Optional<Tag> tag = tags.get().find(row.tag());
    if (tag.isPresent()) {
      point.addTag("device", tag.get().device());
      point.addTag("unit", tag.get().unit().symbol());
      if (!tag.get().path().isEmpty()) {
        point.addTag("path", tag.get().path());
      }
      if (!tag.get().group().isEmpty()) {
        point.addTag("group", tag.get().group());
      }
    }
    addValue(point, row.value());
    point.addField("quality", (long) row.quality().code());
    return point.time(nanos(row.sourceTime(), outgoing.turn()), WritePrecision.NS);
  }

  private static void addValue(Point point, Value value) {
    if (value instanceof Value.Text text) {
      point.addField("value_s", text.text());
    } else if (Double.isFinite(value.asDouble())) {
      point.addField("value", value.asDouble());
    }
    if (value instanceof Value.Whole whole) {
      point.addField("value_i", whole.number());
    }
  }

  private static Long nanos(Instant time, int turn) {
    long micros = time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    return micros * 1_000 + Math.min(turn, LAST_TURN);
  }
}
