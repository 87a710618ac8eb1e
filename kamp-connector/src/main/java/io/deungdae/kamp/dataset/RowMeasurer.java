package io.deungdae.kamp.dataset;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sees every row once and says afterwards what was in them. Used by one thread. */
final class RowMeasurer {

  /** Rows that a KAMP page shows. */
  static final int PREVIEW_ROWS = 30;

  private static final double GAPPY = 0.30;

  private final DataSetSpec spec;
  private final QualityMeter quality;
  private final DateTimeFormatter times;
  private final double[][] values; // [column][n], grows
  private final int[] counts;
  private final List<List<String>> preview = new ArrayList<>();
  private long rows;

  RowMeasurer(DataSetSpec spec, Window window) {
    this.spec = spec;
    this.quality = new QualityMeter(spec, window);
    this.times = CsvFile.times(spec);
    this.values = new double[spec.columns().size()][1024];
    this.counts = new int[spec.columns().size()];
  }

  void add(GridRow row, double[] cells) {
    quality.add(row.time().toEpochMilli(), cells);
    for (int i = 0; i < cells.length; i++) {
      if (!Double.isNaN(cells[i])) {
        if (counts[i] == values[i].length) {
          values[i] = Arrays.copyOf(values[i], 2 * counts[i]);
        }
        values[i][counts[i]++] = cells[i];
      }
    }
    if (preview.size() < PREVIEW_ROWS) {
      preview.add(text(row));
    }
    rows++;
  }

  private List<String> text(GridRow row) {
    List<String> text = new ArrayList<>();
    text.add(times.format(row.time()));
    for (int i = 0; i < spec.columns().size(); i++) {
      text.add(Cells.text(spec.columns().get(i).tag().kind(), row.value(i)));
    }
    return text;
  }

  Measured finish() {
    List<ColumnStatistics> statistics = new ArrayList<>();
    List<String> gappy = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      statistics.add(ColumnStatistics.of(Arrays.copyOf(values[i], counts[i]), rows - counts[i]));
      if (quality.missing(i) >= GAPPY) {
        gappy.add(spec.columns().get(i).name());
      }
    }
    return new Measured(rows, quality.counts(), statistics, gappy, preview);
  }
}
