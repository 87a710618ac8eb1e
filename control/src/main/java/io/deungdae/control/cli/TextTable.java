package io.deungdae.control.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;

/** Texts in columns, for a terminal; Korean letters are counted as the two cells they take. */
final class TextTable {

  private static final String GAP = "  ";

  private TextTable() {}

  /** Prints a line of column names and the rows under it. */
  static void print(PrintWriter out, List<String> columns, List<List<String>> rows) {
    int[] widths = new int[columns.size()];
    widen(widths, columns);
    rows.forEach(row -> widen(widths, row));
    out.println(line(widths, columns));
    rows.forEach(row -> out.println(line(widths, row)));
    out.flush();
  }

  private static void widen(int[] widths, List<String> cells) {
    Arrays.setAll(
        widths, i -> i < cells.size() ? Math.max(widths[i], width(cells.get(i))) : widths[i]);
  }

  private static String line(int[] widths, List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      line.append(i == 0 ? "" : GAP).append(cells.get(i));
      if (i < widths.length) {
        line.append(" ".repeat(widths[i] - width(cells.get(i))));
      }
    }
    return line.toString().stripTrailing();
  }

  /** Cells that a text takes on a terminal. */
  static int width(String text) {
    return text.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
  }

  private static boolean isWide(int c) {
    return (c >= 0x1100 && c <= 0x115F) // Hangul Jamo
        || (c >= 0x2E80 && c <= 0xA4CF) // CJK
        || (c >= 0xAC00 && c <= 0xD7A3) // Hangul syllables
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFF00 && c <= 0xFF60);
  }
}
