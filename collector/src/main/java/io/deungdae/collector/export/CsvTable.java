package io.deungdae.collector.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CSV as RFC 4180 has it, in UTF-8: commas, lines that end with CR LF, quotes where needed. Numbers
 * are exact, without exponent.
 */
public final class CsvTable implements Table {

  /** Whether the file begins with the mark by which Excel knows UTF-8. */
  public enum Mark {
    /** Begins with it. */
    BOM,
    /** Does not. */
    NONE
  }

  private final Writer out;
  private final TimeText times;
  private final boolean[] isTime;

  /**
   * A table with its header. Closing it closes {@code out}.
   *
   * @param zone whose offset times are written with
   */
  public CsvTable(OutputStream out, List<Column> columns, ZoneId zone, Mark mark)
      throws IOException {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
    this.times = new TimeText(zone);
    this.isTime = new boolean[columns.size()];
    if (mark == Mark.BOM) {
      this.out.write('\uFEFF');
    }
    for (int i = 0; i < isTime.length; i++) {
      isTime[i] = columns.get(i).type() == Column.Type.TIME;
      this.out.write(i == 0 ? "" : ",");
      quoted(columns.get(i).name());
    }
    this.out.write("\r\n");
  }

  @Override
  public void add(@Nullable Object[] cells) throws IOException {
    for (int i = 0; i < cells.length; i++) {
      if (i > 0) {
        out.write(',');
      }
      Object cell = cells[i];
      if (cell instanceof Long time && isTime[i]) {
        out.write(times.of(time));
      } else if (cell instanceof Double number) {
        out.write(plain(number));
      } else if (cell instanceof String text) {
        quoted(text);
      } else if (cell != null) {
        out.write(cell.toString());
      }
    }
    out.write("\r\n");
  }

  /** A number without exponent, in the fewest digits that give the same number back. */
  static String plain(double number) {
    String text = Double.toString(number);
    if (text.indexOf('E') >= 0) {
      return new BigDecimal(text).stripTrailingZeros().toPlainString();
    }
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private void quoted(String text) throws IOException {
    boolean plain = true;
    for (int i = 0; i < text.length() && plain; i++) {
      char c = text.charAt(i);
      plain = c != ',' && c != '"' && c != '\n' && c != '\r';
    }
    out.write(plain ? text : '"' + text.replace("\"", "\"\"") + '"');
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
