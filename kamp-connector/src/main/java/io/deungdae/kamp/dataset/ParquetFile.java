package io.deungdae.kamp.dataset;

import io.deungdae.collector.export.Column;
import io.deungdae.collector.export.ParquetTable;
import io.deungdae.collector.export.Table;
import io.deungdae.collector.signal.Kind;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as Parquet, one after the other: time as a UTC timestamp in milliseconds, numbers as
 * double, whole numbers as int64, flags as boolean; a missing value is null.
 */
final class ParquetFile implements Closeable {

  private final DataSetSpec spec;
  private final Table table;

  ParquetFile(Path file, DataSetSpec spec) throws IOException {
    this.spec = spec;
    this.table =
        new ParquetTable(
            new BufferedOutputStream(Files.newOutputStream(file)),
            columns(spec),
            ParquetTable.Precision.MILLIS);
  }

  private static List<Column> columns(DataSetSpec spec) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column(spec.timeColumn(), Column.Type.TIME));
    spec.columns()
        .forEach(column -> columns.add(new Column(column.name(), type(column.tag().kind()))));
    return columns;
  }

  private static Column.Type type(Kind kind) {
    return switch (kind) {
      case NUMBER, TEXT -> Column.Type.NUMBER;
      case WHOLE -> Column.Type.WHOLE;
      case FLAG -> Column.Type.FLAG;
    };
  }

  void add(GridRow row) throws IOException {
    @Nullable Object[] cells = new @Nullable Object[spec.columns().size() + 1];
    cells[0] = ChronoUnit.MICROS.between(Instant.EPOCH, row.time());
    for (int i = 1; i < cells.length; i++) {
      cells[i] = cell(spec.columns().get(i - 1).tag().kind(), row.value(i - 1));
    }
    table.add(cells);
  }

  private static @Nullable Object cell(Kind kind, double value) {
    if (!Double.isFinite(value)) {
      return null;
    }
    return switch (kind) {
      case NUMBER, TEXT -> (Object) value;
      case WHOLE -> (Object) Math.round(value);
      case FLAG -> (Object) (value != 0);
    };
  }

  @Override
  public void close() throws IOException {
    table.close();
  }
}
