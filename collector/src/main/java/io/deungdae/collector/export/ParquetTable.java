package io.deungdae.collector.export;

import com.jerolba.carpet.CarpetWriter;
import com.jerolba.carpet.TimeUnit;
import com.jerolba.carpet.io.OutputStreamOutputFile;
import com.jerolba.carpet.model.FieldTypes;
import com.jerolba.carpet.model.WriteRecordModelType;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/**
 * Parquet: times as UTC timestamps, numbers as double, whole numbers as int64, flags as boolean,
 * texts as UTF-8; compressed with Snappy. The first column must not have empty cells, the others
 * may. Rows leave in groups of a few megabytes.
 */
public final class ParquetTable implements Table {

  private static final long ROW_GROUP_BYTES = 8L << 20;

  /** How exact times are. */
  public enum Precision {
    /** Milliseconds. */
    MILLIS(TimeUnit.MILLIS),
    /** Microseconds. */
    MICROS(TimeUnit.MICROS);

    private final TimeUnit unit;

    Precision(TimeUnit unit) {
      this.unit = unit;
    }
  }

  /** One row on its way; the library asks for a class. */
  private static final class Cells {
    private final @Nullable Object[] cells;

    private Cells(@Nullable Object[] cells) {
      this.cells = cells;
    }
  }

  private final CarpetWriter<Cells> writer;

  /** A table; it is complete only when closed, which closes {@code out}. */
  public ParquetTable(OutputStream out, List<Column> columns, Precision precision)
      throws IOException {
    writer =
        new CarpetWriter.Builder<>(new OutputStreamOutputFile(out), Cells.class)
            .withConf(new PlainParquetConfiguration())
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .withRowGroupSize(ROW_GROUP_BYTES)
            .withDefaultTimeUnit(precision.unit)
            .withWriteRecordModel(model(columns))
            .build();
  }

  private static WriteRecordModelType<Cells> model(List<Column> columns) {
    WriteRecordModelType<Cells> model = FieldTypes.writeRecordModel(Cells.class);
    for (int i = 0; i < columns.size(); i++) {
      int place = i;
      String name = columns.get(i).name();
      model =
          switch (columns.get(i).type()) {
            case TIME ->
                i == 0
                    ? model.withField(
                        name, FieldTypes.INSTANT.notNull(), row -> time(row.cells[place]))
                    : model.withField(name, FieldTypes.INSTANT, row -> time(row.cells[place]));
            case NUMBER -> model.withField(name, FieldTypes.DOUBLE, row -> row.cells[place]);
            case WHOLE -> model.withField(name, FieldTypes.LONG, row -> row.cells[place]);
            case FLAG -> model.withField(name, FieldTypes.BOOLEAN, row -> row.cells[place]);
            case TEXT -> model.withField(name, FieldTypes.STRING, row -> row.cells[place]);
            case ANY ->
                throw new IllegalArgumentException("Parquet wants one type for column " + name);
          };
    }
    return model;
  }

  private static @Nullable Instant time(@Nullable Object cell) {
    return cell instanceof Long us ? Instant.EPOCH.plus(us, ChronoUnit.MICROS) : null;
  }

  @Override
  public void add(@Nullable Object[] cells) throws IOException {
    writer.write(new Cells(cells));
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
