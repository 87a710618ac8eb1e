package io.deungdae.collector.export;

import io.deungdae.collector.history.RowSource;
import io.deungdae.collector.history.WideSpec;
import io.deungdae.collector.history.WideTable;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.StoredSample;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** History as a table: long, one row for each sample, or wide, one column for each tag. */
public final class HistoryExport {

  private static final List<Column> LONG =
      List.of(
          new Column("time", Column.Type.TIME),
          new Column("tag", Column.Type.TEXT),
          new Column("value", Column.Type.ANY),
          new Column("quality", Column.Type.TEXT),
          new Column("arrival", Column.Type.TIME));

  private static final List<Column> LONG_TYPED =
      List.of(
          new Column("time", Column.Type.TIME),
          new Column("tag", Column.Type.TEXT),
          new Column("value", Column.Type.NUMBER),
          new Column("whole", Column.Type.WHOLE),
          new Column("text", Column.Type.TEXT),
          new Column("quality", Column.Type.TEXT),
          new Column("arrival", Column.Type.TIME));

  /** Is told after each row; false ends the export there. */
  @FunctionalInterface
  public interface Watch {
    /** So many rows are written. */
    boolean goesOn(long rows);
  }

  private final RowSource source;
  private final Format format;
  private final ZoneId zone;

  /** An export in a format, with times in a zone. */
  public HistoryExport(RowSource source, Format format, ZoneId zone) {
    this.source = source;
    this.format = format;
    this.zone = zone;
  }

  /** The columns of a long table: in Parquet numbers, whole numbers and texts have one each. */
  public static List<Column> longColumns(Format format) {
    return format == Format.PARQUET ? LONG_TYPED : LONG;
  }

  /** The columns of a wide table: the time, and one for each tag. */
  public static List<Column> wideColumns(WideSpec spec) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("time", Column.Type.TIME));
    spec.columns().forEach(column -> columns.add(new Column(column.tag(), type(column.kind()))));
    return columns;
  }

  private static Column.Type type(Kind kind) {
    return switch (kind) {
      case NUMBER -> Column.Type.NUMBER;
      case WHOLE -> Column.Type.WHOLE;
      case FLAG -> Column.Type.FLAG;
      case TEXT -> Column.Type.TEXT;
    };
  }

  /**
   * Every sample of the tags, by time, of whatever quality. Closes {@code out}.
   *
   * @return how many rows were written
   */
  public long writeLong(
      OutputStream out, Collection<String> tags, Instant from, Instant to, Watch watch)
      throws IOException {
    return writeLong(format.open(out, longColumns(format), zone), tags, from, to, watch);
  }

  /** The same into a table with {@link #longColumns}, which it closes. */
  long writeLong(Table into, Collection<String> tags, Instant from, Instant to, Watch watch)
      throws IOException {
    long[] rows = {0};
    try (Table table = into) {
      source.read(
          tags,
          from,
          to,
          row -> {
            table.add(format == Format.PARQUET ? typed(row) : cells(row));
            return watch.goesOn(++rows[0]);
          });
    }
    return rows[0];
  }

  /** The cells of a sample in a long table that is not Parquet. */
  private static @Nullable Object[] cells(StoredSample row) {
    return new @Nullable Object[] {
      micros(row.sourceTime()),
      row.tag(),
      cell(row.value()),
      row.quality().name(),
      micros(row.arrivalTime())
    };
  }

  private static @Nullable Object[] typed(StoredSample row) {
    Value value = row.value();
    double number = value.asDouble();
    return new @Nullable Object[] {
      micros(row.sourceTime()),
      row.tag(),
      Double.isNaN(number) ? null : (Object) number,
      value instanceof Value.Whole whole ? (Object) whole.number() : null,
      value instanceof Value.Text text ? text.text() : null,
      row.quality().name(),
      micros(row.arrivalTime())
    };
  }

  /**
   * A wide table. Closes {@code out}.
   *
   * @return how many rows were written
   */
  public long writeWide(OutputStream out, WideSpec spec, Watch watch) throws IOException {
    return writeWide(format.open(out, wideColumns(spec), zone), spec, watch);
  }

  /** The same into a table with {@link #wideColumns}, which it closes. */
  long writeWide(Table into, WideSpec spec, Watch watch) throws IOException {
    long[] rows = {0};
    try (Table table = into) {
      @Nullable Object[] cells = new @Nullable Object[spec.columns().size() + 1];
      WideTable.read(
          source,
          spec,
          (us, values) -> {
            cells[0] = us;
            for (int i = 0; i < values.size(); i++) {
              cells[i + 1] = fitting(spec.columns().get(i).kind(), values.get(i));
            }
            table.add(cells.clone());
            return watch.goesOn(++rows[0]);
          });
    }
    return rows[0];
  }

  /** The cell of a value in a column of a kind; empty when the tag had another kind at the time. */
  private static @Nullable Object fitting(Kind kind, Value value) {
    if (kind == Kind.NUMBER && !(value instanceof Value.Text)) {
      double number = value.asDouble();
      return Double.isNaN(number) ? null : (Object) number;
    }
    return value.kind() == kind ? cell(value) : null;
  }

  private static @Nullable Object cell(Value value) {
    if (value instanceof Value.Real real) {
      return Double.isNaN(real.number()) ? null : (Object) real.number();
    }
    if (value instanceof Value.Whole whole) {
      return whole.number();
    }
    if (value instanceof Value.Flag flag) {
      return flag.on();
    }
    if (value instanceof Value.Text text) {
      return text.text();
    }
    if (value == Value.Missing.MISSING) {
      return null;
    }
    throw new AssertionError(value);
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
