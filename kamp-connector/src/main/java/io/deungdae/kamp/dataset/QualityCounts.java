package io.deungdae.kamp.dataset;

/**
 * What was counted in a table.
 *
 * @param rows rows
 * @param cells values that should be there: rows times columns
 * @param missing values that are not
 * @param unique rows whose time no earlier row has
 * @param valid rows that meet range, format and date
 * @param consistent rows that meet the grid, the types and the relations
 * @param violating rows that no sound sensor shows
 */
public record QualityCounts(
    long rows, long cells, long missing, long unique, long valid, long consistent, long violating) {

  /** The indices; all 0 for a table without rows. */
  public QualityIndices indices() {
    if (rows == 0) {
      return new QualityIndices(0, 0, 0, 0, 0, 0);
    }
    int imperfect = (unique < rows ? 1 : 0) + (valid < rows ? 1 : 0) + (consistent < rows ? 1 : 0);
    return new QualityIndices(
        100 * (1 - (double) missing / cells),
        100.0 * unique / rows,
        100.0 * valid / rows,
        100.0 * consistent / rows,
        100 * (1 - (double) violating / rows),
        100 * (1 - imperfect / 3.0));
  }
}
