package io.deungdae.kamp.dataset;

import java.util.List;

/**
 * What was found in the rows of a data set.
 *
 * @param rows rows
 * @param counts what the quality indices are made of
 * @param statistics of each column
 * @param gappy names of the columns of which 30 % or more is missing; KAMP's guidebooks advise to
 *     leave them out
 * @param preview the first rows as text, time first
 */
record Measured(
    long rows,
    QualityCounts counts,
    List<ColumnStatistics> statistics,
    List<String> gappy,
    List<List<String>> preview) {

  Measured {
    statistics = List.copyOf(statistics);
    gappy = List.copyOf(gappy);
    preview = List.copyOf(preview);
  }
}
