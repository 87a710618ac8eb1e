package io.deungdae.kamp.dataset;

import io.deungdae.collector.signal.Tag;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/**
 * What a data set consists of.
 *
 * @param name its name in folders and files: letters, digits, {@code -}
 * @param card what people are told
 * @param columns its columns, at least one, beside the time
 * @param relations what must hold between columns
 * @param timeColumn name of the time column
 * @param zone time zone of the CSV's times
 * @param step distance of its rows
 * @param lookBack how old a value may be at a row's time
 * @param encoding of its CSV
 */
public record DataSetSpec(
    String name,
    Card card,
    List<ColumnSpec> columns,
    List<Relation> relations,
    String timeColumn,
    ZoneId zone,
    Duration step,
    Duration lookBack,
    CsvEncoding encoding) {

  public DataSetSpec {
    columns = List.copyOf(columns);
    relations = List.copyOf(relations);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a data set needs a column");
    }
  }

  /** The tags of its columns, in their order. */
  List<Tag> tags() {
    return columns.stream().map(ColumnSpec::tag).toList();
  }
}
