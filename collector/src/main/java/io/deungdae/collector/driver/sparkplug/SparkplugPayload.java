package io.deungdae.collector.driver.sparkplug;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content of a message (sparkplug_b.proto). What cannot be a tag's value is passed over.
 *
 * @param timestampMs when it was sent, milliseconds since 1970 UTC; -1 when not told
 * @param seq its number within the edge node's session, 0 to 255; -1 when it has none
 * @param metrics its metrics, in order
 */
public record SparkplugPayload(long timestampMs, int seq, List<Metric> metrics) {

  private static final int PAYLOAD_TIMESTAMP = 1;
  private static final int PAYLOAD_METRICS = 2;
  private static final int PAYLOAD_SEQ = 3;
  private static final int NAME = 1;
  private static final int ALIAS = 2;
  private static final int TIMESTAMP = 3;
  private static final int DATATYPE = 4;
  private static final int HISTORICAL = 5;
  private static final int NULL = 7;
  private static final int PROPERTIES = 9;
  private static final int INT_VALUE = 10;
  private static final int LONG_VALUE = 11;
  private static final int FLOAT_VALUE = 12;
  private static final int DOUBLE_VALUE = 13;
  private static final int BOOLEAN_VALUE = 14;
  private static final int STRING_VALUE = 15;

  /** The values of a property lie seven numbers below those of a metric. */
  private static final int PROPERTY_VALUES = 7;

  public SparkplugPayload {
    metrics = List.copyOf(metrics);
  }

  /** A value under construction. */
  private static final class Draft {
    private @Nullable String name;
    private long alias = -1;
    private long timestampMs = -1;
    private int datatype;
    private boolean historical;
    private boolean isNull;
    private int quality = -1;
    private String unit = "";
    private double low = Double.NaN;
    private double high = Double.NaN;
    private @Nullable Object value;

    Metric done() {
      return new Metric(
          name, alias, timestampMs, datatype, historical, isNull, quality, unit, low, high, value);
    }
  }

  /** Reads a message; what is none is told in words. */
  public static SparkplugPayload read(byte[] bytes) throws MalformedPayload {
    try {
      return read(new WireReader(bytes));
    } catch (WireReader.Broken e) {
      throw new MalformedPayload(String.valueOf(e.getMessage()));
    }
  }

  private static SparkplugPayload read(WireReader in) throws WireReader.Broken {
    long timestampMs = -1;
    int seq = -1;
    List<Metric> metrics = new ArrayList<>();
    while (in.more()) {
      int tag = in.tag();
      switch (tag) {
        case (PAYLOAD_TIMESTAMP << 3) | WireReader.VARINT -> timestampMs = in.varint();
        case (PAYLOAD_METRICS << 3) | WireReader.BYTES -> metrics.add(metric(in.message()));
        case (PAYLOAD_SEQ << 3) | WireReader.VARINT -> seq = (int) in.varint() & 0xFF;
        default -> in.skip(tag);
      }
    }
    return new SparkplugPayload(timestampMs, seq, metrics);
  }

  private static Metric metric(WireReader in) throws WireReader.Broken {
    Draft draft = new Draft();
    while (in.more()) {
      int tag = in.tag();
      switch (tag) {
        case (NAME << 3) | WireReader.BYTES -> draft.name = in.text();
        case (ALIAS << 3) | WireReader.VARINT -> draft.alias = in.varint();
        case (TIMESTAMP << 3) | WireReader.VARINT -> draft.timestampMs = in.varint();
        case (DATATYPE << 3) | WireReader.VARINT -> draft.datatype = (int) in.varint();
        case (HISTORICAL << 3) | WireReader.VARINT -> draft.historical = in.varint() != 0;
        case (NULL << 3) | WireReader.VARINT -> draft.isNull = in.varint() != 0;
        case (PROPERTIES << 3) | WireReader.BYTES -> properties(in.message(), draft);
        default -> {
          Optional<Object> value = value(tag, 0, in);
          if (value.isPresent()) {
            draft.value = value.get();
          } else {
            in.skip(tag);
          }
        }
      }
    }
    return draft.done();
  }

  private static Optional<Object> value(int tag, int below, WireReader in)
      throws WireReader.Broken {
    int field = (tag >>> 3) + below;
    int how = tag & 7;
    if (how == WireReader.VARINT && (field == INT_VALUE || field == LONG_VALUE)) {
      return Optional.of(in.varint());
    }
    if (how == WireReader.FIXED32 && field == FLOAT_VALUE) {
      return Optional.of(Float.intBitsToFloat(in.fixed32()));
    }
    if (how == WireReader.FIXED64 && field == DOUBLE_VALUE) {
      return Optional.of(Double.longBitsToDouble(in.fixed64()));
    }
    if (how == WireReader.VARINT && field == BOOLEAN_VALUE) {
      return Optional.of(in.varint() != 0);
    }
    return how == WireReader.BYTES && field == STRING_VALUE
        ? Optional.of(in.text())
        : Optional.empty();
  }

  private static void properties(WireReader in, Draft draft) throws WireReader.Broken {
    List<String> keys = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    while (in.more()) {
      int tag = in.tag();
      switch (tag) {
        case (1 << 3) | WireReader.BYTES -> keys.add(in.text());
        case (2 << 3) | WireReader.BYTES -> values.add(property(in.message()));
        default -> in.skip(tag);
      }
    }
    for (int i = 0; i < Math.min(keys.size(), values.size()); i++) {
      apply(keys.get(i), values.get(i), draft);
    }
  }

  /** Its value; an object that is nothing in particular when it has none that we know. */
  private static Object property(WireReader in) throws WireReader.Broken {
    Object found = List.of();
    while (in.more()) {
      int tag = in.tag();
      Optional<Object> value = value(tag, PROPERTY_VALUES, in);
      if (value.isPresent()) {
        found = value.get();
      } else {
        in.skip(tag);
      }
    }
    return found;
  }

  private static void apply(String key, Object value, Draft draft) {
    switch (key) {
      case "Quality", "quality" -> {
        if (value instanceof Long code) {
          draft.quality = code.intValue() & 0xFFFF;
        }
      }
      case "engUnit" -> draft.unit = value instanceof String text ? text : "";
      case "engLow" -> draft.low = value instanceof Number low ? low.doubleValue() : Double.NaN;
      case "engHigh" -> draft.high = value instanceof Number high ? high.doubleValue() : Double.NaN;
      default -> {
        // not of interest
      }
    }
  }

  /** The message. */
  public byte[] toBytes() {
    WireWriter out = new WireWriter();
    if (timestampMs >= 0) {
      out.varint(PAYLOAD_TIMESTAMP, timestampMs);
    }
    for (Metric metric : metrics) {
      out.message(PAYLOAD_METRICS, written(metric));
    }
    if (seq >= 0) {
      out.varint(PAYLOAD_SEQ, seq);
    }
    return out.toBytes();
  }

  private static WireWriter written(Metric metric) {
    WireWriter out = new WireWriter();
    if (metric.name() != null) {
      out.text(NAME, metric.name());
    }
    if (metric.alias() >= 0) {
      out.varint(ALIAS, metric.alias());
    }
    if (metric.timestampMs() >= 0) {
      out.varint(TIMESTAMP, metric.timestampMs());
    }
    if (metric.datatype() > 0) {
      out.varint(DATATYPE, metric.datatype());
    }
    if (metric.historical()) {
      out.flag(HISTORICAL, true);
    }
    if (metric.isNull()) {
      out.flag(NULL, true);
    }
    WireWriter properties = properties(metric);
    if (properties != null) {
      out.message(PROPERTIES, properties);
    }
    value(metric, out);
    return out;
  }

  private static void value(Metric metric, WireWriter out) {
    Object value = metric.value();
    if (value instanceof Long whole) {
      boolean wide =
          DataType.of(metric.datatype())
              .map(t -> t == DataType.INT64 || t == DataType.UINT64 || t == DataType.DATE_TIME)
              .orElse(true);
      if (wide) {
        out.varint(LONG_VALUE, whole);
      } else {
        out.varint(INT_VALUE, whole & 0xFFFF_FFFFL);
      }
    } else if (value instanceof Float real) {
      out.fixed32(FLOAT_VALUE, Float.floatToRawIntBits(real));
    } else if (value instanceof Double real) {
      out.fixed64(DOUBLE_VALUE, Double.doubleToRawLongBits(real));
    } else if (value instanceof Boolean on) {
      out.flag(BOOLEAN_VALUE, on);
    } else if (value instanceof String text) {
      out.text(STRING_VALUE, text);
    }
  }

  private static @Nullable WireWriter properties(Metric metric) {
    WireWriter keys = new WireWriter();
    boolean any = false;
    List<WireWriter> values = new ArrayList<>();
    if (metric.quality() >= 0) {
      keys.text(1, "Quality");
      WireWriter value = new WireWriter();
      value.varint(1, DataType.INT32.number());
      value.varint(INT_VALUE - PROPERTY_VALUES, metric.quality());
      values.add(value);
      any = true;
    }
    if (!metric.unit().isEmpty()) {
      keys.text(1, "engUnit");
      WireWriter value = new WireWriter();
      value.varint(1, DataType.STRING.number());
      value.text(STRING_VALUE - PROPERTY_VALUES, metric.unit());
      values.add(value);
      any = true;
    }
    any |= limit(keys, values, "engLow", metric.low());
    any |= limit(keys, values, "engHigh", metric.high());
    values.forEach(value -> keys.message(2, value));
    return any ? keys : null;
  }

  private static boolean limit(
      WireWriter keys, List<WireWriter> values, String name, double limit) {
    if (!Double.isFinite(limit)) {
      return false;
    }
    keys.text(1, name);
    WireWriter value = new WireWriter();
    value.varint(1, DataType.DOUBLE.number());
    value.fixed64(DOUBLE_VALUE - PROPERTY_VALUES, Double.doubleToRawLongBits(limit));
    values.add(value);
    return true;
  }
}
