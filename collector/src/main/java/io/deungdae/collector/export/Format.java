package io.deungdae.collector.export;

import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.List;

/** What a table can be written as. */
public enum Format {
  /** Comma-separated values, UTF-8. */
  CSV("text/csv; charset=utf-8", "csv"),
  /** The same with the mark by which Excel knows UTF-8. */
  EXCEL("text/csv; charset=utf-8", "csv"),
  /** One JSON object a line. */
  JSONL("application/x-ndjson", "jsonl"),
  /** Apache Parquet. */
  PARQUET("application/vnd.apache.parquet", "parquet");

  private final String contentType;
  private final String ending;

  Format(String contentType, String ending) {
    this.contentType = contentType;
    this.ending = ending;
  }

  /** The MIME type. */
  public String contentType() {
    return contentType;
  }

  /** How names of such files end, without the dot. */
  public String ending() {
    return ending;
  }

  /**
   * Begins a table; closing it closes {@code out}.
   *
   * @param zone whose offset times are written with; Parquet has them in UTC
   */
  public Table open(OutputStream out, List<Column> columns, ZoneId zone) throws IOException {
    return switch (this) {
      case CSV -> new CsvTable(out, columns, zone, CsvTable.Mark.NONE);
      case EXCEL -> new CsvTable(out, columns, zone, CsvTable.Mark.BOM);
      case JSONL -> new JsonLines(out, columns, zone);
      case PARQUET -> new ParquetTable(out, columns, ParquetTable.Precision.MICROS);
    };
  }
}
