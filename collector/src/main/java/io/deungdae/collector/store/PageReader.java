package io.deungdae.collector.store;

import io.questdb.cairo.sql.Record;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads rows of some tags by time in pages, so that a long reading holds neither many rows in
 * memory nor the database: between two pages it can be written, cleaned up and closed. A page is a
 * stretch of time, made longer where rows are sparse and shorter where they are dense.
 */
final class PageReader implements Database.Rows {

  private static final int PAGE_ROWS = 20_000;
  private static final long FIRST_US = 1_000_000;
  private static final long LONGEST_US = 86_400_000_000L;
  private static final Comparator<StoredSample> ORDER =
      Comparator.comparing(StoredSample::sourceTime).thenComparingLong(StoredSample::seq);

  private final Database database;
  private final String filter;
  private final Map<String, String> names = new HashMap<>();
  private List<StoredSample> page = new ArrayList<>();

  PageReader(Database database, Collection<String> tags, String filter) {
    this.database = database;
    this.filter = filter;
    tags.forEach(tag -> names.put(tag, tag));
  }

  /** Reads from {@code fromUs} (included) to {@code toUs} (excluded). */
  void read(long fromUs, long toUs, RowVisitor visitor) throws IOException {
    long atUs = fromUs;
    long widthUs = FIRST_US;
    while (atUs < toUs) {
      long endUs = Math.min(toUs, atUs + widthUs);
      int found = fill(atUs, endUs, widthUs > 1 ? PAGE_ROWS + 1 : Integer.MAX_VALUE);
      if (found > PAGE_ROWS && widthUs > 1) {
        widthUs = Math.max(1, Math.min(widthUs, endUs - atUs) / 4);
        continue;
      }
      if (!give(visitor)) {
        return;
      }
      atUs = endUs;
      widthUs = found < PAGE_ROWS / 2 ? Math.min(LONGEST_US, 2 * widthUs) : widthUs;
    }
  }

  private int fill(long fromUs, long endUs, int most) {
    page = new ArrayList<>();
    int[] found = {0};
    database.query(
        "samples WHERE ts >= " + fromUs + " AND ts < " + endUs + filter + " LIMIT " + most,
        null,
        row -> {
          found[0]++;
          row(row);
        });
    return found[0];
  }

  @Override
  public void row(Record row) {
    String tag = names.get(String.valueOf(row.getSymA(Database.TAG)));
    if (tag != null) {
      page.add(TailReader.sample(row, tag));
    }
  }

  private boolean give(RowVisitor visitor) throws IOException {
    page.sort(ORDER);
    for (StoredSample row : page) {
      if (!visitor.row(row)) {
        return false;
      }
    }
    return true;
  }
}
