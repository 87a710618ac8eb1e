package io.deungdae.kamp.dataset;

import com.jerolba.carpet.CarpetWriter;
import com.jerolba.carpet.TimeUnit;
import com.jerolba.carpet.io.FileSystemOutputFile;
import com.jerolba.carpet.model.FieldTypes;
import com.jerolba.carpet.model.WriteRecordModelType;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as Parquet, one after the other: time as a UTC timestamp in milliseconds, numbers as
 * double, whole numbers as int64, flags as boolean; a missing value is null.
 */
final class ParquetFile implements Closeable {

  private static final long ROW_GROUP_BYTES = 8L << 20;

  private final CarpetWriter<GridRow> writer;

  ParquetFile(Path file, DataSetSpec spec) throws IOException {
    writer =
        new CarpetWriter.Builder<>(new FileSystemOutputFile(file.toFile()), GridRow.class)
            .withConf(new PlainParquetConfiguration())
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .withRowGroupSize(ROW_GROUP_BYTES)
            .withDefaultTimeUnit(TimeUnit.MILLIS)
            .withWriteRecordModel(model(spec))
            .build();
  }

  private static WriteRecordModelType<GridRow> model(DataSetSpec spec) {
    WriteRecordModelType<GridRow> model =
        FieldTypes.writeRecordModel(GridRow.class)
            .withField(spec.timeColumn(), FieldTypes.INSTANT.notNull(), GridRow::time);
    for (int i = 0; i < spec.columns().size(); i++) {
      int column = i;
      String name = spec.columns().get(i).name();
      model =
          switch (spec.columns().get(i).tag().kind()) {
            case NUMBER, TEXT ->
                model.withField(name, FieldTypes.DOUBLE, row -> number(row.value(column)));
            case WHOLE -> model.withField(name, FieldTypes.LONG, row -> whole(row.value(column)));
            case FLAG -> model.withField(name, FieldTypes.BOOLEAN, row -> flag(row.value(column)));
          };
    }
    return model;
  }

  private static @Nullable Object number(double value) {
    return Double.isFinite(value) ? (Object) value : null;
  }

  private static @Nullable Object whole(double value) {
    return Double.isFinite(value) ? (Object) Math.round(value) : null;
  }

  private static @Nullable Object flag(double value) {
    return Double.isFinite(value) ? (Object) (value != 0) : null;
  }

  void add(GridRow row) throws IOException {
    writer.write(row);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
