package io.deungdae.collector.past;

import io.deungdae.collector.past.CsvRows.Row;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Guesses from a file's first rows how it is to be read. Guesses are for people to confirm. */
final class Guess {

  private static final int ROWS = 300;
  private static final double MOST = 0.8;
  private static final List<String> NO_VALUE = List.of("-", "--", "N/A", "#N/A", "null", "NULL");
  private static final Pattern TIME_NAME =
      Pattern.compile("time|date|일시|시간|시각|날짜|일자|timestamp|^ts$", Pattern.CASE_INSENSITIVE);
  private static final Pattern TAG_NAME =
      Pattern.compile("tag|태그|name|항목|point|변수|signal", Pattern.CASE_INSENSITIVE);
  private static final Pattern VALUE_NAME =
      Pattern.compile("value|값|측정|val", Pattern.CASE_INSENSITIVE);
  private static final Pattern COMMA_DECIMAL = Pattern.compile("[-+]?\\d+,\\d+");
  private static final Pattern PARENTHESES = Pattern.compile("[(\\[].*?[)\\]]");
  private static final Pattern NOT_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final ZoneId zone;
  private final Map<String, TagShape> byText = new HashMap<>();
  private List<Row> rows = List.of();

  private Guess(ZoneId zone, Collection<TagShape> tags) {
    this.zone = zone;
    for (TagShape tag : tags) {
      tag.labels().forEach(label -> byText.putIfAbsent(plain(label), tag));
    }
    tags.forEach(tag -> byText.put(plain(tag.name()), tag));
    byText.remove("");
  }

  /** How a file is to be read, as far as one can tell. */
  static Mapping of(Path file, Charset charset, ZoneId zone, Collection<TagShape> tags)
      throws IOException {
    return new Guess(zone, tags).guess(file, charset);
  }

  /** A reader of a file's text, without the mark that it may begin with. */
  static BufferedReader open(Path file, Charset charset) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new java.io.InputStreamReader(
                Files.newInputStream(file),
                charset
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)),
            1 << 16);
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
    return reader;
  }

  private Mapping guess(Path file, Charset charset) throws IOException {
    char separator = separator(file, charset);
    rows = first(file, charset, separator);
    for (int first = 0; first < Math.min(30, rows.size()); first++) {
      for (int place = 0; place < rows.get(first).cells().size(); place++) {
        Optional<TimeFormat> times = times(first, place);
        if (times.isPresent()) {
          return found(charset, separator, first, place, times.get());
        }
      }
    }
    TimeFormat usual = new TimeFormat(TimeFormat.Style.TEXT, TimeFormat.Order.YMD, "", zone);
    return mapping(charset, separator, 1, usual, "", "", values(separator, 1));
  }

  private static char separator(Path file, Charset charset) throws IOException {
    char best = ',';
    long most = 0;
    try (BufferedReader reader = open(file, charset)) {
      List<String> lines = reader.lines().limit(50).toList();
      for (char separator : new char[] {',', ';', '\t'}) {
        long count =
            lines.stream().mapToLong(l -> l.chars().filter(c -> c == separator).count()).sum();
        // A decimal comma is in many cells; a semicolon or a tab is there for nothing else.
        long weight = separator == ',' ? count : 4 * count;
        if (weight > most) {
          most = weight;
          best = separator;
        }
      }
    }
    return best;
  }

  private static List<Row> first(Path file, Charset charset, char separator) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (CsvRows csv = new CsvRows(open(file, charset), separator)) {
      Optional<Row> row = csv.next();
      while (row.isPresent() && rows.size() < ROWS) {
        rows.add(row.get());
        row = csv.next();
      }
    }
    return rows;
  }

  /** How times are written in a column from a row on, when they are. */
  private Optional<TimeFormat> times(int first, int place) {
    boolean named = first > 0 && TIME_NAME.matcher(rows.get(first - 1).cell(place)).find();
    for (TimeFormat.Style style : TimeFormat.Style.values()) {
      if (style == TimeFormat.Style.PATTERN || style == TimeFormat.Style.EXCEL1904) {
        continue;
      }
      for (TimeFormat.Order order : TimeFormat.Order.values()) {
        TimeFormat format = new TimeFormat(style, order, "", zone);
        boolean sure = style == TimeFormat.Style.TEXT || named || place == 0;
        if (sure && fits(format, first, place)) {
          return Optional.of(format);
        }
      }
    }
    return Optional.empty();
  }

  private boolean fits(TimeFormat format, int first, int place) {
    int good = 0;
    int all = 0;
    for (int i = first; i < rows.size(); i++) {
      if (!rows.get(i).isBlank()) {
        TimeFormat.Read read = format.read(rows.get(i).cell(place), "");
        boolean likely = read.isTime() && isLikely(format, read.us());
        if (i == first && !likely) {
          return false;
        }
        good += likely ? 1 : 0;
        all++;
      }
    }
    return all > 0 && good >= MOST * all;
  }

  /** Bare numbers are times only when these are not absurd. */
  private static boolean isLikely(TimeFormat format, long us) {
    return format.style() == TimeFormat.Style.TEXT
        || (us >= 631_152_000_000_000L && us < 2_524_608_000_000_000L); // 1990 to 2050
  }

  private Mapping found(Charset charset, char separator, int first, int place, TimeFormat times) {
    int header = 0;
    if (first > 0 && rows.get(first - 1).cells().size() > 1) {
      header = first; // rows are counted from 1: the row before the first with a time
    }
    String clock = "";
    for (int i = 0; i < rows.get(first).cells().size(); i++) {
      if (i != place && TimeFormat.isClock(rows.get(first).cell(i))) {
        clock = name(header, i);
      }
    }
    return mapping(
        charset,
        separator,
        header == 0 ? 0 : (int) rows.get(header - 1).line(),
        times,
        name(header, place),
        clock,
        values(separator, first));
  }

  private String name(int header, int place) {
    return header == 0 ? Integer.toString(place + 1) : rows.get(header - 1).cell(place);
  }

  private ValueFormat values(char separator, int first) {
    long comma = 0;
    long point = 0;
    for (Row row : rows.subList(Math.min(first, rows.size()), rows.size())) {
      for (String cell : row.cells()) {
        comma += COMMA_DECIMAL.matcher(cell).matches() ? 1 : 0;
        point += cell.matches("[-+]?\\d+\\.\\d+") ? 1 : 0;
      }
    }
    return separator != ',' && comma > point
        ? new ValueFormat(',', '.')
        : new ValueFormat('.', ',');
  }

  private Mapping mapping(
      Charset charset,
      char separator,
      int headerLine,
      TimeFormat times,
      String time,
      String clock,
      ValueFormat values) {
    List<String> names = names(headerLine);
    Optional<String> tag = tagColumn(names, headerLine);
    Optional<String> value =
        names.stream().filter(name -> VALUE_NAME.matcher(name).find()).findFirst();
    boolean isLong = tag.isPresent() && value.isPresent() && !tag.equals(value);
    Map<String, String> columns = new LinkedHashMap<>();
    if (isLong) {
      int place = names.indexOf(tag.orElseThrow());
      after(headerLine).forEach(row -> known(row.cell(place), columns));
    } else {
      names.stream()
          .filter(name -> !name.equals(time) && !name.equals(clock))
          .forEach(name -> known(name, columns));
    }
    return new Mapping(
        charset,
        separator,
        headerLine,
        isLong ? Mapping.Layout.LONG : Mapping.Layout.WIDE,
        time,
        clock,
        times,
        values,
        isLong ? tag.orElseThrow() : "",
        isLong ? value.orElseThrow() : "",
        columns,
        NO_VALUE);
  }

  private void known(String text, Map<String, String> columns) {
    TagShape tag = byText.get(plain(text));
    if (tag != null) {
      columns.put(text, tag.name());
    }
  }

  private List<String> names(int headerLine) {
    for (Row row : rows) {
      if (row.line() == headerLine) {
        return row.cells();
      }
    }
    List<String> numbers = new ArrayList<>();
    int width = rows.isEmpty() ? 0 : rows.get(rows.size() - 1).cells().size();
    for (int i = 1; i <= width; i++) {
      numbers.add(Integer.toString(i));
    }
    return numbers;
  }

  private List<Row> after(int headerLine) {
    return rows.stream().filter(row -> row.line() > headerLine).toList();
  }

  /** The column that has names of tags: by what it has, else by what it is called. */
  private Optional<String> tagColumn(List<String> names, int headerLine) {
    List<Row> after = after(headerLine);
    for (int i = 0; i < names.size(); i++) {
      int place = i;
      long known = after.stream().filter(row -> byText.containsKey(plain(row.cell(place)))).count();
      if (!after.isEmpty() && known >= MOST * after.size()) {
        return Optional.of(names.get(i));
      }
    }
    return names.stream().filter(name -> TAG_NAME.matcher(name).find()).findFirst();
  }

  /** A name without what people write differently: case, signs, units in parentheses. */
  private static String plain(String text) {
    String bare = PARENTHESES.matcher(text).replaceAll("");
    return NOT_LETTERS.matcher(bare).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
