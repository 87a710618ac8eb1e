package io.deungdae.collector.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Reads rows of some tags by time in pages, so that a long reading holds neither many rows in
 * memory nor the database: between two pages it can be written, cleaned up and closed. A page is a
 * stretch of time, made longer where rows are sparse and shorter where they are dense.
 */
final class PageReader implements RowPage.Reader {

  private static final int PAGE_ROWS = 20_000;
  private static final long FIRST_US = 1_000_000;
  private static final long LONGEST_US = 86_400_000_000L;
  private static final Comparator<StoredSample> ORDER =
      (one, other) -> {
        int byTime = one.sourceTime().compareTo(other.sourceTime());
        return byTime != 0 ? byTime : Long.compare(one.seq(), other.seq());
      };

  private final Database database;
  private final List<String> tags;
  private List<StoredSample> page = new ArrayList<>();
  private int most;

  PageReader(Database database, Collection<String> tags) {
    this.database = database;
    this.tags = List.copyOf(tags);
  }

  /** Reads from {@code fromUs} (included) to {@code toUs} (excluded). */
  void read(long fromUs, long toUs, RowVisitor visitor) throws IOException {
    long atUs = fromUs;
    long widthUs = FIRST_US;
    while (atUs < toUs) {
      long endUs = Math.min(toUs, atUs + widthUs);
      most = widthUs > 1 ? PAGE_ROWS : Integer.MAX_VALUE;
      fill(new Stretch(atUs, endUs - 1));
      int found = page.size();
      if (found > most) {
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

  private void fill(Stretch when) {
    page = new ArrayList<>();
    for (String name : database.samples().tables()) {
      if (page.size() <= most) {
        database.scanRows(name, when, tags, this);
      }
    }
  }

  @Override
  public boolean page(RowPage rows) {
    for (int row = rows.next(0);
        row < rows.size() && page.size() <= most;
        row = rows.next(row + 1)) {
      page.add(rows.sample(row));
    }
    return page.size() <= most;
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
