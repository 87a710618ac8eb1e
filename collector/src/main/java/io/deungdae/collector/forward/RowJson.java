package io.deungdae.collector.forward;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.StoredSample;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Rows as JSON, see docs/forwarders.md. Whole numbers are exact; what has no value has {@code
 * null}. Any thread.
 */
final class RowJson {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private RowJson() {}

  /** Writes one object. */
  static void write(Bytes out, Outgoing outgoing, @Nullable Tag tag) {
    StoredSample row = outgoing.row();
    out.ascii("{\"tag\":");
    text(out, row.tag());
    out.ascii(",\"time\":\"").ascii(TIME.format(row.sourceTime())).ascii("\",\"value\":");
    value(out, row.value());
    out.ascii(",\"quality\":\"").ascii(row.quality().name()).put('"');
    if (tag != null && !tag.unit().symbol().isEmpty()) {
      out.ascii(",\"unit\":");
      text(out, tag.unit().symbol());
    }
    out.ascii(",\"arrival\":\"").ascii(TIME.format(row.arrivalTime())).put('"');
    out.ascii(",\"seq\":").put(row.seq());
    if (outgoing.lane() == Lane.BACKLOG) {
      out.ascii(",\"historical\":true");
    }
    out.put('}');
  }

  private static void value(Bytes out, Value value) {
    if (value instanceof Value.Text text) {
      text(out, text.text());
    } else if (value instanceof Value.Whole whole) {
      out.put(whole.number());
    } else if (value instanceof Value.Flag flag) {
      out.ascii(flag.on() ? "true" : "false");
    } else if (Double.isFinite(value.asDouble())) {
      out.put(value.asDouble());
    } else {
      out.ascii("null");
    }
  }

  private static void text(Bytes out, String text) {
    out.put('"').put(JsonStringEncoder.getInstance().quoteAsUTF8(text)).put('"');
  }
}
