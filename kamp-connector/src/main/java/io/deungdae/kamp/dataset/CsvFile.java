package io.deungdae.kamp.dataset;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes rows as CSV, one after the other. */
final class CsvFile implements Closeable {

  private final DataSetSpec spec;
  private final DateTimeFormatter times;
  private final CSVPrinter printer;

  CsvFile(Path file, DataSetSpec spec) throws IOException {
    this.spec = spec;
    this.times = times(spec);
    this.printer = open(file, spec.encoding());
    List<String> header = new ArrayList<>();
    header.add(spec.timeColumn());
    spec.columns().forEach(column -> header.add(column.name()));
    printer.printRecord(header);
  }

  /** A printer to a new file. */
  static CSVPrinter open(Path file, CsvEncoding encoding) throws IOException {
    BufferedWriter writer =
        new BufferedWriter(
            new OutputStreamWriter(
                Files.newOutputStream(file),
                encoding.charset().newEncoder().onUnmappableCharacter(CodingErrorAction.REPLACE)));
    writer.write(encoding.start());
    return new CSVPrinter(writer, CSVFormat.RFC4180);
  }

  /** How times are written, e.g. {@code 2026-11-23 14:00:00.000}. */
  static DateTimeFormatter times(DataSetSpec spec) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(spec.zone());
  }

  void add(GridRow row) throws IOException {
    printer.print(times.format(row.time()));
    for (int i = 0; i < spec.columns().size(); i++) {
      printer.print(Cells.text(spec.columns().get(i).tag().kind(), row.value(i)));
    }
    printer.println();
  }

  @Override
  public void close() throws IOException {
    printer.close(true);
  }
}
