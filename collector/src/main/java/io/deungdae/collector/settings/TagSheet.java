package io.deungdae.collector.settings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A tag list as it stands in its file: cells are texts, nothing is interpreted. Knows how the file
 * was written, so that a list that is written back looks as its owner left it.
 *
 * @param file the file, for mistakes
 * @param format how it is written
 * @param preamble comments before the header
 * @param columns the header's names
 * @param rows what follows the header
 */
record TagSheet(
    String file, Format format, List<Row> preamble, List<String> columns, List<Row> rows) {

  private static final char BOM = '\uFEFF';
  private static final Pattern QUOTED = Pattern.compile("[\",;\t\r\n]|^[\\s#]|\\s$");

  TagSheet {
    preamble = List.copyOf(preamble);
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /**
   * How a list is written.
   *
   * @param charset encoding
   * @param bom true when it begins with a byte-order mark, as Excel needs for UTF-8
   * @param separator between cells
   * @param lineEnd after each line
   */
  record Format(Charset charset, boolean bom, char separator, String lineEnd) {}

  /**
   * One line.
   *
   * @param file where it was first written
   * @param line its line there, from 1
   * @param cells its values, without quotes; empty for a comment or a blank line
   * @param raw as it stands in its file, without the end of the line; empty when it was made here
   */
  record Row(String file, int line, List<String> cells, String raw) {
    Row {
      cells = List.copyOf(cells);
    }

    boolean isBlank() {
      return cells.stream().allMatch(String::isEmpty);
    }
  }

  // ---- reading

  /** Reads a file; what is wrong with it goes to {@code problems}, and nothing is returned then. */
  static Optional<TagSheet> read(Path file, Problems problems) {
    String name = file.toString();
    try {
      return parse(name, Files.readAllBytes(file), problems);
    } catch (CharacterCodingException e) {
      problems.add(
          new Problem(
              name,
              0,
              "(file)",
              "bytes that are neither UTF-8 nor cp949",
              "a tag list in UTF-8 or cp949"));
    } catch (IOException e) {
      problems.add(
          new Problem(
              name, 0, "(file)", "a file that cannot be read: " + e.getMessage(), "a tag list"));
    }
    return Optional.empty();
  }

  /** Reads the content of a file. */
  static Optional<TagSheet> parse(String name, byte[] bytes, Problems problems)
      throws CharacterCodingException {
    Charset charset = charset(bytes);
    String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    boolean bom = !text.isEmpty() && text.charAt(0) == BOM;
    text = bom ? text.substring(1) : text;
    String lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
    Format format = new Format(charset, bom, separator(text), lineEnd);
    List<Row> rows = new Cells(name, text, format.separator(), problems).rows();
    int header = 0;
    while (header < rows.size() && rows.get(header).isBlank()) {
      header++;
    }
    if (header == rows.size()) {
      problems.add(new Problem(name, 1, "(file)", "nothing", "one line with the columns' names"));
      return Optional.empty();
    }
    List<String> columns = new ArrayList<>(rows.get(header).cells());
    while (!columns.isEmpty() && columns.get(columns.size() - 1).isEmpty()) {
      columns.remove(columns.size() - 1); // spreadsheets leave such columns behind
    }
    if (!checkHeader(name, rows.get(header).line(), columns, problems)) {
      return Optional.empty();
    }
    return Optional.of(
        new TagSheet(
            name, format, rows.subList(0, header), columns, rows.subList(header + 1, rows.size())));
  }

  private static Charset charset(byte[] bytes) throws CharacterCodingException {
    try {
      return TextEncoding.of(new ByteArrayInputStream(bytes));
    } catch (CharacterCodingException e) {
      throw e;
    } catch (IOException e) {
      throw new AssertionError("memory can be read", e);
    }
  }

  /** The one of comma, semicolon and tab that the first line has most of. */
  private static char separator(String text) {
    char best = ',';
    long most = 0;
    String first =
        text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).findFirst().orElse("");
    for (char separator : new char[] {',', ';', '\t'}) {
      long count = first.chars().filter(c -> c == separator).count();
      if (count > most) {
        most = count;
        best = separator;
      }
    }
    return best;
  }

  private static boolean checkHeader(
      String name, int line, List<String> columns, Problems problems) {
    Set<String> seen = new HashSet<>();
    boolean well = true;
    for (String column : columns) {
      if (column.isEmpty() || !seen.add(column)) {
        problems.add(
            new Problem(
                name,
                line,
                "(header)",
                column.isEmpty() ? "a column without a name" : "'" + column + "' twice",
                "each column's name, once"));
        well = false;
      }
    }
    return well;
  }

  /** Cuts a text into lines and cells, as RFC 4180 has it; lines that begin with # are comments. */
  private static final class Cells {
    private final String file;
    private final String text;
    private final char separator;
    private final Problems problems;
    private int at;
    private int line = 1;

    Cells(String file, String text, char separator, Problems problems) {
      this.file = file;
      this.text = text;
      this.separator = separator;
      this.problems = problems;
    }

    List<Row> rows() {
      List<Row> rows = new ArrayList<>();
      while (at < text.length()) {
        rows.add(row());
      }
      return rows;
    }

    private Row row() {
      int start = at;
      int first = line;
      List<String> cells = new ArrayList<>();
      if (text.charAt(at) == '#') {
        skipTo(false);
      } else {
        cells.add(cell(first));
        while (at < text.length() && text.charAt(at) == separator) {
          at++;
          cells.add(cell(first));
        }
      }
      String raw = text.substring(start, at);
      skipLineEnd();
      return new Row(file, first, cells, raw);
    }

    private void skipLineEnd() {
      if (at < text.length() && text.charAt(at) == '\r') {
        at++;
      }
      if (at < text.length() && text.charAt(at) == '\n') {
        at++;
      }
      line++;
    }

    private String cell(int first) {
      while (at < text.length() && (text.charAt(at) == ' ' || isOtherTab(text.charAt(at)))) {
        at++;
      }
      if (at < text.length() && text.charAt(at) == '"') {
        return quoted(first);
      }
      int start = at;
      skipTo(true);
      return text.substring(start, at).strip();
    }

    private boolean isOtherTab(char c) {
      return c == '\t' && separator != '\t';
    }

    private void skipTo(boolean separators) {
      while (at < text.length()
          && text.charAt(at) != '\n'
          && text.charAt(at) != '\r'
          && !(separators && text.charAt(at) == separator)) {
        at++;
      }
    }

    private String quoted(int first) {
      StringBuilder cell = new StringBuilder();
      for (at++; at < text.length(); at++) {
        char c = text.charAt(at);
        if (c == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
          at++;
        } else if (c == '"') {
          at++;
          int rest = at;
          skipTo(true);
          if (!text.substring(rest, at).isBlank()) {
            tell(first, "text after a closing quote", "the quote at the end of the value");
          }
          return cell.toString().strip();
        }
        line += c == '\n' ? 1 : 0;
        cell.append(c);
      }
      tell(first, "a quote that is never closed", "quotes in pairs");
      return cell.toString().strip();
    }

    private void tell(int first, String found, String allowed) {
      problems.add(new Problem(file, first, "(line)", found, allowed));
    }
  }

  // ---- looking

  /** Where each column is. */
  Map<String, Integer> places() {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      places.put(columns.get(i), i);
    }
    return places;
  }

  // ---- writing

  /**
   * The content of a file with this list; lines that were read and not changed are as they were.
   *
   * @throws CharacterCodingException when the encoding does not have a character of it
   */
  byte[] bytes() throws CharacterCodingException {
    StringBuilder text = new StringBuilder(rows.size() * 64);
    if (format.bom()) {
      text.append(BOM);
    }
    preamble.forEach(row -> text.append(row.raw()).append(format.lineEnd()));
    line(columns, text);
    for (Row row : rows) {
      if (row.raw().isEmpty()) {
        line(row.cells(), text);
      } else {
        text.append(row.raw()).append(format.lineEnd());
      }
    }
    ByteBuffer encoded = format.charset().newEncoder().encode(CharBuffer.wrap(text));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  private void line(List<String> cells, StringBuilder text) {
    for (int i = 0; i < cells.size(); i++) {
      text.append(i == 0 ? "" : format.separator()).append(quote(cells.get(i)));
    }
    text.append(format.lineEnd());
  }

  private static String quote(String cell) {
    return QUOTED.matcher(cell).find() ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }
}
