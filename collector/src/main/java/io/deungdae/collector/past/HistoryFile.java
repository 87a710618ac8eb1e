package io.deungdae.collector.past;

import io.deungdae.collector.export.HistoryDesk;
import io.deungdae.collector.past.CsvRows.Row;
import io.deungdae.collector.settings.ConfigException;
import io.deungdae.collector.settings.Problem;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.TextEncoding;
import io.deungdae.collector.signal.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file with values of the past, and how it is to be read. Reads it row by row; the file may be as
 * long as one likes.
 */
public final class HistoryFile {

  private static final int BATCH = 5_000;
  private static final int PREVIEW_ROWS = 5;
  private static final int HOPELESS = 1_000; // lines without a single value

  /** Is told what could not be imported. */
  @FunctionalInterface
  public interface Rejects {
    /** One thing, and the line it is in as it stands in the file. */
    void add(Reject reject, String raw) throws IOException;
  }

  /** What was done. Also while it is being done. Written by one thread. */
  public static final class Report {
    private long rows;
    private long values;
    private long empty;
    private long ignored;
    private long stored;
    private long known;
    private long differing;
    private long rejected;
    private long fromUs = Long.MAX_VALUE;
    private long toUs = Long.MIN_VALUE;

    /** Rows read. */
    public long rows() {
      return rows;
    }

    /** Values that could be read. */
    public long values() {
      return values;
    }

    /** Cells that are empty. */
    public long empty() {
      return empty;
    }

    /** Cells with a word for no value. */
    public long ignored() {
      return ignored;
    }

    /** Values that are in the history now and were not before. */
    public long stored() {
      return stored;
    }

    /** Values that were there already. */
    public long known() {
      return known;
    }

    /** Values stored beside another value of the same tag and time; the new one counts. */
    public long differing() {
      return differing;
    }

    /** Cells and lines that could not be imported. */
    public long rejected() {
      return rejected;
    }

    /** Time of the first value; empty without values. */
    public Optional<Instant> from() {
      return values == 0 ? Optional.empty() : Optional.of(instant(fromUs));
    }

    /** Time of the last value; empty without values. */
    public Optional<Instant> to() {
      return values == 0 ? Optional.empty() : Optional.of(instant(toUs));
    }
  }

  /** A column with the tag it means. */
  private record Source(int place, String column, TagShape tag) {}

  /** A value that waits to be put, with where it was found. */
  private record Found(PastValue value, long line, String column, String text, String raw) {}

  private final Path file;
  private final Mapping mapping;
  private final Map<String, TagShape> tags = new LinkedHashMap<>();
  private final List<String> columns;
  private final int timePlace;
  private final int clockPlace;
  private final int tagPlace;
  private final int valuePlace;
  private final List<Source> sources = new ArrayList<>();
  private final Map<String, TagShape> named = new LinkedHashMap<>();
  private final Set<String> leftOut = new LinkedHashSet<>();
  private boolean anyRange;
  private String lastDate = "";
  private String lastClock = "";
  private TimeFormat.Read lastTime;

  private HistoryFile(Path file, Mapping mapping, Collection<TagShape> tags, List<String> columns)
      throws ConfigException {
    this.file = file;
    this.mapping = mapping;
    this.columns = columns;
    tags.forEach(tag -> this.tags.put(tag.name(), tag));
    Problems problems = new Problems();
    this.lastTime = mapping.times().read(lastDate, lastClock);
    this.timePlace = place("time.column", mapping.time(), problems);
    this.clockPlace =
        mapping.clock().isEmpty() ? -1 : place("time.clock", mapping.clock(), problems);
    boolean isLong = mapping.layout() == Mapping.Layout.LONG;
    this.tagPlace = isLong ? place("tag", mapping.tag(), problems) : -1;
    this.valuePlace = isLong ? place("value", mapping.value(), problems) : -1;
    mapping.columns().forEach((from, to) -> map(from, to, isLong, problems));
    problems.throwIfAny();
  }

  /**
   * A file, read as a mapping says, or as it looks like where there is none.
   *
   * @param map file with a mapping; null for a guess
   * @param zone of times without an offset, where the mapping says none
   * @throws ConfigException when the mapping names a column or a tag that there is not
   */
  public static HistoryFile open(
      Path file, @Nullable Path map, ZoneId zone, Collection<TagShape> tags)
      throws IOException, ConfigException {
    Mapping guess = Guess.of(file, TextEncoding.of(file), zone, tags);
    Mapping mapping = map == null ? guess : Mapping.read(map, guess);
    return new HistoryFile(file, mapping, tags, columns(file, mapping));
  }

  private static List<String> columns(Path file, Mapping mapping) throws IOException {
    try (CsvRows rows = new CsvRows(Guess.open(file, mapping.charset()), mapping.separator())) {
      Optional<Row> row = rows.next();
      while (row.isPresent() && row.get().line() < mapping.header()) {
        row = rows.next();
      }
      List<String> names = new ArrayList<>();
      for (int i = 0; row.isPresent() && i < row.get().cells().size(); i++) {
        names.add(mapping.header() == 0 ? Integer.toString(i + 1) : row.get().cell(i));
      }
      return names;
    }
  }

  private int place(String key, String column, Problems problems) {
    int place = columns.indexOf(column);
    if (place < 0) {
      problems.add(
          new Problem(
              file.toString(),
              mapping.header(),
              key,
              column.isEmpty() ? "no column with times" : "no column '" + column + "'",
              "one of " + String.join(", ", columns)));
    }
    return place;
  }

  private void map(String from, String to, boolean isLong, Problems problems) {
    if (to.isEmpty() || to.equals(Mapping.LEFT_OUT)) {
      leftOut.add(from);
      return;
    }
    TagShape tag = tags.get(to);
    if (tag == null) {
      problems.add(
          new Problem(
              file.toString(),
              mapping.header(),
              "columns." + from,
              "no tag '" + to + "'",
              "e.g. " + HistoryDesk.nearest(to, tags.keySet())));
    } else if (isLong) {
      named.put(from, tag);
    } else {
      int place = place("columns." + from, from, problems);
      sources.add(new Source(place, from, tag));
    }
  }

  /** How it is read: the lines of a mapping file that says the same. */
  public List<String> mapping() {
    return mapping.yaml();
  }

  /** Takes values outside a tag's range too. */
  public void takeAnyRange() {
    anyRange = true;
  }

  /** How many tags it has values for, as far as one knows before it is read. */
  public int tagCount() {
    return mapping.layout() == Mapping.Layout.LONG ? named.size() : sources.size();
  }

  /** What there is besides the columns that mean a tag, each with the names nearest to it. */
  public List<String> unknown() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i);
      int place = i;
      boolean used =
          i == timePlace
              || i == clockPlace
              || i == tagPlace
              || i == valuePlace
              || leftOut.contains(column)
              || sources.stream().anyMatch(source -> source.place == place);
      if (!used && !column.isEmpty()) {
        lines.add(
            mapping.layout() == Mapping.Layout.LONG
                ? column + ": not used"
                : column + ": no such tag; nearest " + HistoryDesk.nearest(column, tags.keySet()));
      }
    }
    return lines;
  }

  /** The first rows as they are understood. */
  public List<String> preview() throws IOException {
    List<String> lines = new ArrayList<>();
    try (CsvRows rows = open()) {
      Optional<Row> row = rows.next();
      while (row.isPresent() && lines.size() < PREVIEW_ROWS) {
        if (!row.get().isBlank()) {
          lines.add(line(row.get()));
        }
        row = rows.next();
      }
    }
    return lines;
  }

  private String line(Row row) throws IOException {
    StringBuilder line = new StringBuilder();
    TimeFormat.Read time = time(row);
    line.append(
        time.isTime()
            ? instant(time.us()).atZone(mapping.times().zone()).toOffsetDateTime().toString()
            : "line " + row.line() + " has no time: " + row.cell(timePlace));
    List<Found> found = new ArrayList<>();
    read(row, new Report(), found, (reject, raw) -> line.append("  ").append(reject));
    found.forEach(
        one -> line.append("  ").append(one.value.tag()).append('=').append(text(one.value)));
    return line.toString();
  }

  private static String text(PastValue value) {
    return value.value() instanceof Value.Text text
        ? text.text()
        : value.value() instanceof Value.Whole whole
            ? Long.toString(whole.number())
            : value.value() instanceof Value.Flag flag
                ? Boolean.toString(flag.on())
                : Double.toString(value.value().asDouble());
  }

  private CsvRows open() throws IOException {
    CsvRows rows = new CsvRows(Guess.open(file, mapping.charset()), mapping.separator());
    Optional<Row> header = mapping.header() == 0 ? Optional.empty() : rows.next();
    while (header.isPresent() && header.get().line() < mapping.header()) {
      header = rows.next();
    }
    return rows;
  }

  // ---- reading

  /** Is told now and then how far it is; false ends the reading. */
  @FunctionalInterface
  public interface Watch {
    /** So far. */
    boolean goesOn(Report report);
  }

  /**
   * Reads the whole file and puts its values.
   *
   * @param sink where to; null to look only
   * @throws IOException when the file cannot be read, the sink does not take values, or a thousand
   *     lines have none
   */
  public Report run(@Nullable PastSink sink, Rejects rejects, Watch watch) throws IOException {
    Report report = new Report();
    List<Found> batch = new ArrayList<>();
    try (CsvRows rows = open()) {
      Optional<Row> row = rows.next();
      while (row.isPresent() && watch.goesOn(report)) {
        report.rows++;
        if (!row.get().isBlank()) {
          read(row.get(), report, batch, rejects);
        }
        if (report.values == 0 && report.rejected > 0 && report.rows >= HOPELESS) {
          throw new IOException(
              "the first " + HOPELESS + " lines have no value that can be read; see the mapping");
        }
        if (batch.size() >= BATCH) {
          put(batch, sink, report, rejects);
        }
        row = rows.next();
      }
    }
    put(batch, sink, report, rejects);
    if (sink != null) {
      sink.finish();
    }
    return report;
  }

  private void put(List<Found> batch, @Nullable PastSink sink, Report report, Rejects rejects)
      throws IOException {
    if (sink != null && !batch.isEmpty()) {
      PastSink.Answer answer = sink.put(batch.stream().map(Found::value).toList());
      report.stored += answer.stored();
      report.known += answer.known();
      report.differing += answer.differing();
      for (PastSink.Refusal refusal : answer.refusals()) {
        Found found = batch.get(refusal.index());
        report.rejected++;
        rejects.add(
            new Reject(found.line, found.column, found.text, refusal.expected()), found.raw);
      }
    }
    batch.clear();
  }

  /** In a long file the rows of a time come together: it is read once. */
  private TimeFormat.Read time(Row row) {
    String date = row.cell(timePlace);
    String clock = clockPlace < 0 ? "" : row.cell(clockPlace);
    if (!date.equals(lastDate) || !clock.equals(lastClock)) {
      lastTime = mapping.times().read(date, clock);
      lastDate = date;
      lastClock = clock;
    }
    return lastTime;
  }

  private void read(Row row, Report report, List<Found> into, Rejects rejects) throws IOException {
    if (!row.mistake().isEmpty()) {
      reject(row, "", row.mistake(), "quotes in pairs around a cell", report, rejects);
      return;
    }
    TimeFormat.Read time = time(row);
    if (!time.isTime()) {
      reject(row, mapping.time(), timeText(row), time.expected(), report, rejects);
      return;
    }
    if (mapping.layout() == Mapping.Layout.WIDE) {
      for (Source source : sources) {
        value(row, time.us(), source, report, into, rejects);
      }
      return;
    }
    String name = row.cell(tagPlace);
    TagShape tag = named.getOrDefault(name, tags.get(name));
    if (leftOut.contains(name)) {
      report.ignored++;
    } else if (tag == null) {
      String nearest = "e.g. " + HistoryDesk.nearest(name, tags.keySet());
      reject(row, mapping.tag(), name, nearest, report, rejects);
    } else {
      Source source = new Source(valuePlace, mapping.value(), tag);
      value(row, time.us(), source, report, into, rejects);
    }
  }

  private String timeText(Row row) {
    String clock = clockPlace < 0 ? "" : " " + row.cell(clockPlace);
    return row.cell(timePlace) + clock;
  }

  private void value(
      Row row, long us, Source source, Report report, List<Found> into, Rejects rejects)
      throws IOException {
    String cell = row.cell(source.place);
    if (cell.isEmpty()) {
      report.empty++;
      return;
    }
    if (mapping.ignore().contains(cell)) {
      report.ignored++;
      return;
    }
    Optional<Value> value = mapping.values().read(cell, source.tag);
    if (value.isEmpty()) {
      String expected = mapping.values().expected(source.tag);
      reject(row, source.column, cell, expected, report, rejects);
    } else if (!anyRange && isOutside(value.get(), source.tag)) {
      String expected = "a value from " + source.tag.low() + " to " + source.tag.high();
      reject(row, source.column, cell, expected, report, rejects);
    } else {
      report.values++;
      report.fromUs = Math.min(report.fromUs, us);
      report.toUs = Math.max(report.toUs, us);
      PastValue past = new PastValue(source.tag.name(), us, value.get());
      into.add(new Found(past, row.line(), source.column, cell, row.raw()));
    }
  }

  private static boolean isOutside(Value value, TagShape tag) {
    double number = value.asDouble();
    return number < tag.low() || number > tag.high();
  }

  private static void reject(
      Row row, String column, String found, String expected, Report report, Rejects rejects)
      throws IOException {
    report.rejected++;
    rejects.add(new Reject(row.line(), column, found, expected), row.raw());
  }

  private static Instant instant(long us) {
    return Instant.EPOCH.plus(us, ChronoUnit.MICROS);
  }
}
