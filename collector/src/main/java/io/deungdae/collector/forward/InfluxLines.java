package io.deungdae.collector.forward;

import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.StoredSample;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rows as lines for InfluxDB. Tags: those that the settings name. Fields: {@code value} (every
 * number and flag, as a float), {@code value_i} (whole numbers, exact), {@code value_s} (text),
 * {@code quality} (the code); or, where fields have the names of tags, the same for a tag {@code t}
 * as {@code t}, {@code t_i}, {@code t_s}, {@code t_q}. Each field always has the same type, so that
 * a tag whose kind changes does not make a conflict.
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
  private static final byte[] NO_NAME = {};

  private final InfluxMapping mapping;
  private final Supplier<TagTable> tags;
  private volatile Known known;

  /** What is known of tags, as long as they are the same. */
  private record Known(TagTable tags, Map<String, Form> forms) {}

  /**
   * How a tag's rows are written, as bytes.
   *
   * @param start measurement and tags
   * @param value how the fields begin, each with its equals sign
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Form(byte[] start, byte[] value, byte[] whole, byte[] text, byte[] quality) {}

  InfluxLines(InfluxMapping mapping, Supplier<TagTable> tags) {
    this.mapping = mapping;
    this.tags = tags;
    this.known = new Known(tags.get(), new ConcurrentHashMap<>());
  }

  /** True when there is a line for each row. */
  boolean areRows() {
    return mapping.fields() == InfluxFields.VALUE;
  }

  /** Lines for all rows. */
  Bytes lines(List<Outgoing> rows) {
    Bytes out = new Bytes(LINE * rows.size());
    Known forms = forms();
    byte[] start = NO_NAME;
    long nanos = 0;
    for (Outgoing outgoing : rows) {
      StoredSample row = outgoing.row();
      Form form = form(forms, row.tag());
      long at = nanos(row.sourceTime(), outgoing.turn());
      boolean goesOn = !areRows() && at == nanos && Arrays.equals(start, form.start);
      if (!goesOn) {
        end(out, nanos);
        out.put(form.start);
      }
      out.put(goesOn ? ',' : ' ');
      fields(out, form, row);
      start = form.start;
      nanos = at;
    }
    end(out, nanos);
    return out;
  }

  private static void end(Bytes out, long nanos) {
    if (out.size() > 0) {
      out.put(' ').put(nanos).put('\n');
    }
  }

  private void fields(Bytes out, Form form, StoredSample row) {
    Value value = row.value();
    boolean number = !(value instanceof Value.Text) && Double.isFinite(value.asDouble());
    boolean quality =
        mapping.quality() == InfluxQuality.ALL
            || row.quality() != Quality.GOOD
            || value instanceof Value.Missing
            || (!number && !(value instanceof Value.Text));
    if (quality) {
      out.put(form.quality).put((long) row.quality().code()).put('i');
    }
    if (value instanceof Value.Text text) {
      comma(out, quality).put(form.text).put('"');
      out.text(text.text().replace("\\", "\\\\").replace("\"", "\\\"")).put('"');
    } else if (number) {
      comma(out, quality).put(form.value).put(value.asDouble());
    }
    if (value instanceof Value.Whole whole) {
      out.put(',').put(form.whole).put(whole.number()).put('i');
    }
  }

  private static Bytes comma(Bytes out, boolean wanted) {
    return wanted ? out.put(',') : out;
  }

  private Known forms() {
    Known now = known;
    if (now.tags != tags.get() || now.forms.size() > MOST_KNOWN) {
      now = new Known(tags.get(), new ConcurrentHashMap<>());
      known = now;
    }
    return now;
  }

  private Form form(Known forms, String name) {
    Form form = forms.forms.get(name);
    if (form == null) {
      form = form(name, forms.tags.find(name).orElse(null));
      forms.forms.put(name, form);
    }
    return form;
  }

  private Form form(String name, @Nullable Tag tag) {
    byte[] start = start(name, tag);
    return areRows()
        ? new Form(start, field("value"), field("value_i"), field("value_s"), field("quality"))
        : new Form(start, field(name), field(name + "_i"), field(name + "_s"), field(name + "_q"));
  }

  private static byte[] field(String name) {
    StringBuilder text = new StringBuilder();
    escape(text, name, true);
    return bytes(text.append('='));
  }

  private byte[] start(String name, @Nullable Tag tag) {
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
    return bytes(text);
  }

  private static byte[] bytes(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
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

  private static long nanos(Instant time, int turn) {
    long micros = time.getEpochSecond() * MICROS + time.getNano() / NANOS;
    return micros * NANOS + Math.min(turn, LAST_TURN);
  }
}
