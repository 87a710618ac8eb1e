package io.deungdae.collector.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What importing one tag list into another would change, line by line and column by column. Order,
 * comments, and columns that the new list does not have stay as they are.
 *
 * @param added names that are new, in the new list's order
 * @param changed names that differ, in the old list's order
 * @param missing names that the new list lacks, in the old list's order
 * @param unchanged how many are the same
 * @param result the list that comes of it
 */
record TagMerge(
    List<String> added,
    List<Changed> changed,
    List<String> missing,
    int unchanged,
    TagSheet result) {

  private static final String KEY = "tag";

  TagMerge {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    missing = List.copyOf(missing);
  }

  /**
   * A tag that differs.
   *
   * @param tag its name
   * @param cells what differs
   */
  record Changed(String tag, List<Cell> cells) {
    Changed {
      cells = List.copyOf(cells);
    }
  }

  /**
   * A value that differs.
   *
   * @param column the column
   * @param from the text that was there
   * @param to the text that is to be there
   */
  record Cell(String column, String from, String to) {}

  /** What becomes of tags that the new list lacks. */
  enum Missing {
    /** They stay. */
    KEEP,
    /** They go. */
    PRUNE
  }

  /** Compares. Both lists must have a column {@code tag} and each name at most once. */
  static TagMerge of(TagSheet old, TagSheet update, Missing rule) {
    return new Work(old, update, rule).merge();
  }

  private static final class Work {
    private final TagSheet old;
    private final Missing rule;
    private final List<String> columns;
    private final Map<String, Integer> updatePlaces;
    private final Map<String, TagSheet.Row> updates = new LinkedHashMap<>();
    private final List<Changed> changed = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private int unchanged;

    Work(TagSheet old, TagSheet update, Missing rule) {
      this.old = old;
      this.rule = rule;
      this.updatePlaces = update.places();
      Set<String> all = new LinkedHashSet<>(old.columns());
      for (TagSheet.Row row : update.rows()) {
        if (!row.isBlank()) {
          updates.put(cell(row, updatePlaces.get(KEY)), row);
        }
      }
      for (String column : update.columns()) {
        if (updates.values().stream()
            .anyMatch(row -> !cell(row, updatePlaces.get(column)).isEmpty())) {
          all.add(column);
        }
      }
      this.columns = List.copyOf(all);
    }

    TagMerge merge() {
      List<TagSheet.Row> rows = new ArrayList<>();
      Map<String, Integer> oldPlaces = old.places();
      for (TagSheet.Row row : old.rows()) {
        String name = cell(row, oldPlaces.get(KEY));
        TagSheet.Row to = row.isBlank() ? null : updates.remove(name);
        if (to != null) {
          rows.add(merged(row, to, name));
        } else if (row.isBlank()) {
          rows.add(row);
        } else {
          missing.add(name);
          if (rule == Missing.KEEP) {
            rows.add(row);
          }
        }
      }
      List<String> added = new ArrayList<>(updates.keySet());
      updates.values().forEach(row -> rows.add(anew(row)));
      TagSheet result = new TagSheet(old.file(), old.format(), old.preamble(), columns, rows);
      return new TagMerge(added, changed, missing, unchanged, result);
    }

    private TagSheet.Row merged(TagSheet.Row from, TagSheet.Row to, String name) {
      List<Cell> differences = new ArrayList<>();
      List<String> cells = new ArrayList<>(columns.size());
      for (int i = 0; i < columns.size(); i++) {
        String column = columns.get(i);
        String was = i < old.columns().size() ? cell(from, i) : "";
        Integer place = updatePlaces.get(column);
        String is = place == null ? was : cell(to, place);
        if (same(was, is)) {
          cells.add(was);
        } else {
          cells.add(is);
          differences.add(new Cell(column, was, is));
        }
      }
      if (differences.isEmpty()) {
        unchanged++;
        return from;
      }
      changed.add(new Changed(name, differences));
      return new TagSheet.Row(to.file(), to.line(), cells, "");
    }

    private TagSheet.Row anew(TagSheet.Row row) {
      List<String> cells =
          columns.stream().map(column -> cell(row, updatePlaces.get(column))).toList();
      return new TagSheet.Row(row.file(), row.line(), cells, "");
    }

    private static String cell(TagSheet.Row row, @Nullable Integer place) {
      return place == null || place >= row.cells().size() ? "" : row.cells().get(place);
    }

    /** True when both mean the same: spreadsheets write 1.0 as 1 and true as TRUE. */
    private static boolean same(String one, String other) {
      if (one.equals(other)) {
        return true;
      }
      if (one.equalsIgnoreCase(other)) {
        return one.equalsIgnoreCase("true") || one.equalsIgnoreCase("false");
      }
      try {
        return !one.isEmpty()
            && !other.isEmpty()
            && Double.compare(Double.parseDouble(one), Double.parseDouble(other)) == 0;
      } catch (NumberFormatException e) {
        return false;
      }
    }
  }

  /** Names that come twice, with the lines where they do. */
  static void reportDoubles(TagSheet sheet, Problems problems) {
    Integer key = sheet.places().get(KEY);
    if (key == null) {
      problems.add(new Problem(sheet.file(), 1, KEY, "no such column", "a column tag"));
      return;
    }
    Map<String, Integer> seen = new HashMap<>();
    for (TagSheet.Row row : sheet.rows()) {
      String name = Work.cell(row, key);
      Integer before = row.isBlank() ? null : seen.putIfAbsent(name, row.line());
      if (before != null) {
        problems.add(
            new Problem(
                row.file(),
                row.line(),
                KEY,
                "'" + name + "' again",
                "a name used once; it is already in line " + before));
      }
    }
  }
}
