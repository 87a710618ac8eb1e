package io.deungdae.collector.past;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads separated values, row by row: quotes, line breaks inside them, either kind of line end. A
 * quote that is never closed spoils its own line and not the rest of the file.
 */
final class CsvRows implements Closeable {

  private static final int LONGEST_CELL = 1 << 16;
  private static final int NONE = -1;

  /**
   * One row.
   *
   * @param line its first line in the file, from 1
   * @param cells its cells, without quotes and blanks around them
   * @param raw as it stands in the file
   * @param mistake what is wrong with its quotes; empty when nothing is
   */
  record Row(long line, List<String> cells, String raw, String mistake) {
    Row {
      cells = List.copyOf(cells);
    }

    boolean isBlank() {
      return cells.stream().allMatch(String::isEmpty);
    }

    /** A cell; empty behind the last. */
    String cell(int place) {
      return place < cells.size() ? cells.get(place) : "";
    }
  }

  private final Reader in;
  private final char separator;
  private final char[] buffer = new char[8_192]; // a reader takes a lock for each character
  private int bufferAt;
  private int bufferEnd;
  private final StringBuilder raw = new StringBuilder();
  private final StringBuilder back = new StringBuilder(); // to be read again
  private int backAt;
  private long line = 1;
  private String mistake = "";

  CsvRows(Reader in, char separator) {
    this.in = in;
    this.separator = separator;
  }

  private int read() throws IOException {
    int c;
    if (backAt < back.length()) {
      c = back.charAt(backAt++);
    } else {
      if (backAt > 0) {
        back.setLength(0);
        backAt = 0;
      }
      c = bufferAt < bufferEnd || fill() ? buffer[bufferAt++] : NONE;
    }
    if (c >= 0) {
      raw.append((char) c);
    }
    return c;
  }

  private boolean fill() throws IOException {
    bufferAt = 0;
    bufferEnd = Math.max(0, in.read(buffer, 0, buffer.length));
    return bufferEnd > 0;
  }

  private void unread(int c) {
    if (c >= 0) {
      raw.setLength(raw.length() - 1);
      if (backAt > 0) {
        backAt--;
      } else {
        back.insert(0, (char) c);
      }
    }
  }

  /** The next row; empty at the end of the file. */
  Optional<Row> next() throws IOException {
    raw.setLength(0);
    mistake = "";
    long first = line;
    List<String> cells = new ArrayList<>();
    int end = separator;
    while (end == separator) {
      StringBuilder cell = new StringBuilder();
      end = cell(cell);
      cells.add(cell.toString().strip());
    }
    if (raw.isEmpty() && end == NONE) {
      return Optional.empty();
    }
    if (end == '\r') {
      int next = read();
      if (next != '\n') {
        unread(next);
      }
    }
    line++;
    return Optional.of(new Row(first, cells, raw.toString().stripTrailing(), mistake));
  }

  /** Reads a cell and returns what ended it. */
  private int cell(StringBuilder cell) throws IOException {
    int c = read();
    while (c == ' ' || (c == '\t' && separator != '\t')) {
      c = read();
    }
    if (c == '"') {
      return quoted(cell);
    }
    while (c != NONE && c != separator && c != '\n' && c != '\r') {
      cell.append((char) c);
      c = read();
    }
    return c;
  }

  private int quoted(StringBuilder cell) throws IOException {
    int start = raw.length();
    long startLine = line;
    while (true) {
      int c = read();
      if (c == NONE || raw.length() - start > LONGEST_CELL) {
        return giveUp(cell, start, startLine);
      }
      if (c == '"') {
        c = read();
        if (c != '"') {
          return afterQuote(c);
        }
      }
      line += c == '\n' ? 1 : 0;
      cell.append((char) c);
    }
  }

  private int afterQuote(int next) throws IOException {
    int c = next;
    while (c != NONE && c != separator && c != '\n' && c != '\r') {
      if (!Character.isWhitespace(c)) {
        mistake = "text after a closing quote";
      }
      c = read();
    }
    return c;
  }

  /** Takes the rest of the line as the cell, and reads on behind it. */
  private int giveUp(StringBuilder cell, int start, long startLine) {
    mistake = "a quote that is never closed";
    String text = raw.substring(start);
    int end = text.indexOf('\n');
    String here = end < 0 ? text : text.substring(0, end);
    cell.setLength(0);
    cell.append(here);
    line = startLine;
    if (end < 0) {
      return NONE;
    }
    back.replace(0, backAt, text.substring(end + 1));
    backAt = 0;
    raw.setLength(start + end);
    return '\n';
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
