package io.deungdae.collector.forward;

import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.StoredSample;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rows as lines for InfluxDB. Tags: those that the settings name. Fields: {@code value} (every
 * number and flag, as a float), {@code value_i} (whole numbers, exact), {@code value_s} (text),
 * {@code quality} (the code). Each field always has the same type, so that a tag whose kind changes
 * does not make a conflict.
 *
 * <p>InfluxDB keeps one point for a tag set and time. Source times have microseconds; the
 * nanoseconds below are the row's turn, so that rows with the same tag and time stay apart. Of more
 * than a thousand such rows, the last ones overwrite one another. Any thread.
 */
final class InfluxLines {

  private static final int LAST_TURN = 999;
  private static final int MOST_KNOWN = 200_000;
  private static final long MICROS = 1_000_000;
  private static final long NANOS = 1_000;
  private static final int LINE = 160;

  private final InfluxMapping mapping;
  private final Supplier<TagTable> tags;
  private volatile Known known;

  /** How lines begin, by tag, as long as the tags are the same. */
  private record Known(TagTable tags, Map<String, byte[]> starts) {}

  InfluxLines(InfluxMapping mapping, Supplier<TagTable> tags) {
    this.mapping = mapping;
    this.tags = tags;
    this.known = new Known(tags.get(), new ConcurrentHashMap<>());
  }

  /** A line for each row. */
  Bytes lines(List<Outgoing> rows) {
    Bytes out = new Bytes(LINE * rows.size());
    Known starts = starts();
    for (Outgoing outgoing : rows) {
      StoredSample row = outgoing.row();
      out.put(starts.starts.computeIfAbsent(row.tag(), tag -> start(starts.tags, tag)));
      out.ascii("quality=").put((long) row.quality().code()).put('i');
      value(out, row.value());
      out.put(' ').put(nanos(row.sourceTime(), outgoing.turn())).put('\n');
    }
    return out;
  }

  private Known starts() {
    Known now = known;
    if (now.tags != tags.get() || now.starts.size() > MOST_KNOWN) {
      now = new Known(tags.get(), new ConcurrentHashMap<>());
      known = now;
    }
    return now;
  }

  private byte[] start(TagTable table, String name) {
    @Nullable Tag tag = table.find(name).orElse(null);
    StringBuilder text = new StringBuilder();
    escape(text, mapping.measurement(name, tag), false);
    mapping
        .tags(name, tag)
        .forEach(
            (key, value) -> {
              if (!value.isEmpty()) {
                escape(text.append(','), key, true);
                escape(text.append('='), value, true);
              }
            });
    return text.append(' ').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Line protocol, special characters: a comma, a space, and in tags an equals sign. */
  private static void escape(StringBuilder to, String text, boolean tag) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> to.append("\\n");
        case '\r' -> to.append("\\r");
        case '\t' -> to.append("\\t");
        default -> {
          if (c == ',' || c == ' ' || (tag && c == '=')) {
            to.append('\\');
          }
          to.append(c);
        }
      }
    }
  }

  private static void value(Bytes out, Value value) {
    if (value instanceof Value.Text text) {
      out.ascii(",value_s=\"").text(text.text().replace("\\", "\\\\").replace("\"", "\\\""));
      out.put('"');
    } else if (Double.isFinite(value.asDouble())) {
      out.ascii(",value=").put(value.asDouble());
    }
    if (value instanceof Value.Whole whole) {
      out.ascii(",value_i=").put(whole.number()).put('i');
    }
  }

  private static long nanos(Instant time, int turn) {
    long micros = time.getEpochSecond() * MICROS + time.getNano() / NANOS;
    return micros * NANOS + Math.min(turn, LAST_TURN);
  }
}
