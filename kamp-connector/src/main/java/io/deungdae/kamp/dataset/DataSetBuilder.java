package io.deungdae.kamp.dataset;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deungdae.collector.store.Frame;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVPrinter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes data sets in a spool folder. Rows are read and written in pieces of at most 1,800, so that
 * a long window does not need much memory; only the values of one window are kept for the
 * quartiles. Rows without a single value are left out. The same specification and history give the
 * same bytes.
 */
public final class DataSetBuilder {

  private static final Logger LOG = LoggerFactory.getLogger(DataSetBuilder.class);
  private static final int PIECE = 1800;

  private final Path spool;
  private final FrameSource source;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * A builder.
   *
   * @param spool folder that finished data sets wait in
   * @param source where history comes from
   */
  public DataSetBuilder(Path spool, FrameSource source) {
    this.spool = spool;
    this.source = source;
  }

  /**
   * The data set of a window: the one that already waits in the spool folder, or a new one.
   *
   * @throws IOException when the spool folder cannot be written
   */
  public DataSet build(DataSetSpec spec, Window window) throws IOException {
    Path folder = folder(spec, window);
    Optional<DataSet> waiting = waiting(folder);
    if (waiting.isPresent()) {
      return waiting.get();
    }
    Path unfinished = folder.resolveSibling(folder.getFileName() + ".part");
    delete(unfinished);
    Files.createDirectories(unfinished);
    Measured measured = writeRows(spec, window, unfinished);
    if (measured.rows() == 0) {
      delete(unfinished);
      return empty(spec, window, measured);
    }
    writeManifest(spec, window, measured, unfinished);
    delete(folder);
    Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    return DataSet.read(folder);
  }

  private static Optional<DataSet> waiting(Path folder) {
    try {
      return Files.exists(folder.resolve(DataSet.MANIFEST))
          ? Optional.of(DataSet.read(folder))
          : Optional.empty();
    } catch (IOException e) { // damaged by a power cut: made anew
      LOG.warn("spooled data set unreadable, making it anew folder={} error={}", folder, "" + e);
      return Optional.empty();
    }
  }

  /** Removes a data set from the spool folder. */
  public void discard(DataSetSpec spec, Window window) throws IOException {
    delete(folder(spec, window));
  }

  private Path folder(DataSetSpec spec, Window window) {
    return spool.resolve(spec.name()).resolve(window.name());
  }

  private static DataSet empty(DataSetSpec spec, Window window, Measured measured) {
    return new DataSet(
        spec.name(), window, 0, measured.counts().indices(), List.of(), Optional.empty());
  }

  // ---- rows

  private Measured writeRows(DataSetSpec spec, Window window, Path folder) throws IOException {
    RowMeasurer measurer = new RowMeasurer(spec, window);
    try (CsvFile csv = new CsvFile(folder.resolve(spec.name() + ".csv"), spec);
        ParquetFile parquet = new ParquetFile(folder.resolve(spec.name() + ".parquet"), spec)) {
      Duration piece = spec.step().multipliedBy(PIECE);
      for (Instant from = window.from(); from.isBefore(window.to()); from = from.plus(piece)) {
        Instant end = from.plus(piece);
        Instant last = (end.isBefore(window.to()) ? end : window.to()).minus(spec.step());
        if (!last.isBefore(from)) {
          writePiece(frame(spec, from, last), csv, parquet, measurer);
        }
      }
    }
    return measurer.finish();
  }

  private Frame frame(DataSetSpec spec, Instant from, Instant last) {
    return source.frame(spec.tags(), from, last, spec.step(), spec.lookBack());
  }

  private static void writePiece(
      Frame frame, CsvFile csv, ParquetFile parquet, RowMeasurer measurer) throws IOException {
    for (int i = 0; i < frame.rows(); i++) {
      double[] cells = frame.values()[i];
      if (hasValue(cells)) {
        GridRow row = new GridRow(Instant.ofEpochMilli(frame.timesMs()[i]), cells);
        csv.add(row);
        parquet.add(row);
        measurer.add(row, cells);
      }
    }
  }

  private static boolean hasValue(double[] cells) {
    for (double cell : cells) {
      if (!Double.isNaN(cell)) {
        return true;
      }
    }
    return false;
  }

  // ---- documents

  private void writeManifest(DataSetSpec spec, Window window, Measured measured, Path folder)
      throws IOException {
    List<DataFile> files = new ArrayList<>();
    String csvType = "text/csv; charset=" + spec.encoding().label();
    files.add(describe(folder.resolve(spec.name() + ".csv"), csvType));
    files.add(describe(folder.resolve(spec.name() + ".parquet"), "application/vnd.apache.parquet"));
    Catalogue catalogue = new Catalogue(spec, window, measured, files);
    files.add(writeTable(folder.resolve("attributes.csv"), catalogue.attributes(), spec));
    files.add(writeTable(folder.resolve("statistics.csv"), catalogue.statistics(), spec));
    files.add(writeJson(folder.resolve("catalogue.json"), catalogue.document()));
    Path page = folder.resolve("catalogue.html");
    Files.writeString(page, CataloguePage.of(catalogue), StandardCharsets.UTF_8);
    files.add(describe(page, "text/html; charset=utf-8"));
    writeJson(folder.resolve(DataSet.MANIFEST), DataSet.manifest(spec, window, measured, files));
  }

  private static DataFile writeTable(Path file, List<Map<String, Object>> rows, DataSetSpec spec)
      throws IOException {
    try (CSVPrinter printer = CsvFile.open(file, spec.encoding())) {
      if (!rows.isEmpty()) {
        printer.printRecord(rows.get(0).keySet());
      }
      for (Map<String, Object> row : rows) {
        printer.printRecord(row.values());
      }
    }
    return describe(file, "text/csv; charset=" + spec.encoding().label());
  }

  private DataFile writeJson(Path file, Object document) throws IOException {
    json.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), document);
    return describe(file, "application/json");
  }

  static DataFile describe(Path file, String contentType) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    return new DataFile(file, contentType, Files.size(file), Checksum.sha256(file));
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      for (Path file : inside.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
