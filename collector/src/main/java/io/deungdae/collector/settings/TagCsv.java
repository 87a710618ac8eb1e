package io.deungdae.collector.settings;

import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Recording;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagDetails;
import io.deungdae.collector.signal.TagPlaces;
import io.deungdae.collector.signal.TimeSource;
import io.deungdae.collector.signal.Unit;
import io.deungdae.collector.signal.WritePolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads tag lists as engineers keep them: cells separated by commas, semicolons or tabs, first line
 * the column names, UTF-8 (with or without a byte-order mark) or, failing that, cp949; lines that
 * begin with # are comments. Only {@code tag}, {@code device} and {@code address} have no default.
 * Indexes grow over all files read by one reader.
 */
public final class TagCsv {

  /** The columns, in the order of the documentation. */
  public static final List<String> COLUMNS =
      List.of(
          "tag",
          "device",
          "address",
          "type",
          "unit",
          "scan",
          "low",
          "high",
          "writable",
          "write_low",
          "write_high",
          "rate_per_s",
          "move_per_hour",
          "hold",
          "safe",
          "tolerance",
          "scale",
          "offset",
          "description_en",
          "description_ko",
          "path",
          "group",
          "time",
          "deadband",
          "swing",
          "max_interval");

  private static final List<String> REQUIRED = List.of("tag", "device", "address");
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_]+([.-][\\p{L}\\p{N}_]+)*");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Duration DEFAULT_HOLD = Duration.ofSeconds(30);

  private static final Pattern PATH = Pattern.compile("[^/\\s][^/]*(/[^/\\s][^/]*)*");
  private static final Duration DEFAULT_MAX_INTERVAL = Recording.EVERYTHING.maxInterval();

  private final Problems problems;
  private final String site;
  private final TagPlaces indexes;
  private final List<TagRow> rows = new ArrayList<>();
  private final Map<String, TagRow> byName = new HashMap<>();

  /** A reader whose mistakes go to {@code problems}. */
  public TagCsv(Problems problems) {
    this(problems, "");
  }

  /**
   * A reader whose mistakes go to {@code problems}.
   *
   * @param site what goes before each tag's place: {@code enterprise/site}; empty for nothing
   */
  public TagCsv(Problems problems, String site) {
    this(problems, site, TagPlaces.fresh());
  }

  /** The same, for a site whose tags have or get these places. */
  public TagCsv(Problems problems, String site, TagPlaces indexes) {
    this.problems = problems;
    this.site = site;
    this.indexes = indexes;
  }

  /** True for a place in the plant: parts that are not empty, joined by slashes. */
  public static boolean isPath(String text) {
    return PATH.matcher(text).matches();
  }

  /** The rows read so far, in index order. */
  public List<TagRow> rows() {
    return List.copyOf(rows);
  }

  /** Reads one more list. */
  public void read(Path file) {
    TagSheet.read(file, problems).ifPresent(this::read);
  }

  /** Reads one more list. */
  void read(TagSheet sheet) {
    if (!checkHeader(sheet.columns(), sheet.file())) {
      return;
    }
    Map<String, Integer> columns = sheet.places();
    for (TagSheet.Row row : sheet.rows()) {
      if (!row.isBlank()) { // comments, and what spreadsheets leave behind
        readRow(row, columns);
      }
    }
  }

  private boolean checkHeader(List<String> header, String file) {
    for (String required : REQUIRED) {
      if (!header.contains(required)) {
        problems.add(
            new Problem(
                file, 1, required, "no such column", "the columns " + String.join(", ", COLUMNS)));
      }
    }
    for (String column : header) {
      if (!COLUMNS.contains(column)) {
        problems.add(
            new Problem(
                file, 1, column, "an unknown column", "the columns " + String.join(", ", COLUMNS)));
      }
    }
    return header.containsAll(REQUIRED);
  }

  private void readRow(TagSheet.Row cells, Map<String, Integer> columns) {
    Row row = new Row(cells, columns);
    if (cells.cells().stream().skip(columns.size()).anyMatch(cell -> !cell.isEmpty())) {
      row.problem(
          "(line)",
          cells.cells().size() + " values",
          columns.size() + " values, one for each column; a text with a comma in double quotes");
    }
    String name = row.text("tag");
    if (!NAME.matcher(name).matches()) {
      row.problem("tag", "'" + name + "'", "letters, digits and _, in parts joined by . or -");
      return;
    }
    TagRow earlier = byName.get(name);
    if (earlier != null) {
      row.problem(
          "tag",
          "'" + name + "' again",
          "a name used once; it is already in " + earlier.file() + ":" + earlier.line());
      return;
    }
    for (String required : REQUIRED) {
      if (row.text(required).isEmpty()) {
        row.problem(required, "nothing", "a text");
      }
    }
    String type = row.text("type").toLowerCase(Locale.ROOT);
    double scale = row.number("scale", 1);
    if (scale == 0) {
      row.problem("scale", "0", "a number other than 0");
      scale = 1;
    }
    double offset = row.number("offset", 0);
    Kind kind = kindOf(type, scale, offset);
    Range range = row.range("low", "high", Range.ALL);
    Tag tag =
        new Tag(
            indexes.index(name),
            name,
            row.text("device"),
            kind,
            new Unit(row.text("unit")),
            range,
            new Label(row.text("description_en"), row.text("description_ko")),
            writePolicy(row, isWhole(type) ? Math.abs(scale) : 0),
            details(row, kind, range));
    TagRow tagRow =
        new TagRow(
            indexes.keep(tag),
            row.text("address"),
            type,
            row.text("scan"),
            scale,
            offset,
            row.time("time"),
            cells.file(),
            cells.line());
    rows.add(tagRow);
    byName.put(name, tagRow);
  }

  private TagDetails details(Row row, Kind kind, Range range) {
    String path = row.text("path");
    if (!path.isEmpty() && !isPath(path)) {
      row.problem("path", "'" + path + "'", "parts joined by /: area/line/unit");
      path = "";
    }
    String full = site.isEmpty() || path.isEmpty() ? site + path : site + "/" + path;
    String group = row.text("group");
    Recording recording = recording(row, kind, range);
    boolean plain = full.isEmpty() && group.isEmpty() && recording.isEverything();
    return plain ? TagDetails.NONE : new TagDetails(full, group, recording);
  }

  private static Recording recording(Row row, Kind kind, Range range) {
    double deadband = row.width("deadband", range);
    double swing = row.width("swing", range);
    if (!Double.isNaN(swing) && !Double.isNaN(deadband)) {
      row.problem("swing", "a deadband as well", "one of the two");
      swing = Double.NaN;
    }
    if (!Double.isNaN(swing) && kind != Kind.NUMBER && kind != Kind.WHOLE) {
      row.problem("swing", row.text("swing"), "nothing for a flag or a text; deadband 0 for those");
      swing = Double.NaN;
    }
    Duration longest = row.duration("max_interval", DEFAULT_MAX_INTERVAL);
    boolean everything = Double.isNaN(deadband) && Double.isNaN(swing);
    if (everything && !row.text("max_interval").isEmpty()) {
      row.problem("max_interval", row.text("max_interval"), "a deadband or swing beside it");
    }
    return everything ? Recording.EVERYTHING : new Recording(deadband, swing, longest);
  }

  private static Kind kindOf(String type, double scale, double offset) {
    if (type.startsWith("bool")) {
      return Kind.FLAG;
    }
    if (type.startsWith("string")) {
      return Kind.TEXT;
    }
    boolean plain = scale == 1 && offset == Math.rint(offset);
    return isWhole(type) && plain ? Kind.WHOLE : Kind.NUMBER;
  }

  private static boolean isWhole(String type) {
    return type.startsWith("int") || type.startsWith("uint") || type.startsWith("bcd");
  }

  /**
   * The tag's write policy, or null.
   *
   * @param step distance of two neighbouring values that the type can hold; 0 for a real number
   */
  private static @Nullable WritePolicy writePolicy(Row row, double step) {
    String writable = row.text("writable").toLowerCase(Locale.ROOT);
    if (!List.of("", "true", "false").contains(writable)) {
      row.problem("writable", "'" + writable + "'", "true or false");
    }
    if (!writable.equals("true")) {
      return null;
    }
    for (String limit : List.of("write_low", "write_high")) {
      if (row.text(limit).isEmpty()) {
        row.problem(limit, "nothing", "a number, because the tag is writable");
      }
    }
    Range range = row.range("write_low", "write_high", new Range(0, 0));
    double rate = row.positive("rate_per_s", Math.max(range.width() / 100, Double.MIN_NORMAL));
    double perHour = row.positive("move_per_hour", Double.POSITIVE_INFINITY);
    OptionalDouble safe = row.optional("safe");
    if (safe.isPresent() && !range.contains(safe.getAsDouble())) {
      row.problem(
          "safe", "" + safe.getAsDouble(), "nothing, or a number from write_low to write_high");
      safe = OptionalDouble.empty();
    }
    double tolerance = row.number("tolerance", tolerance(range, step));
    if (!(tolerance >= 0)) {
      row.problem("tolerance", "" + tolerance, "0 or more");
      tolerance = 0;
    }
    return new WritePolicy(
        range,
        rate,
        perHour,
        row.duration("hold", DEFAULT_HOLD),
        safe.orElse(Double.NaN),
        tolerance);
  }

  /**
   * Half a step of a scaled whole number; a part in a million of the limits for anything else, for
   * a whole number that is not scaled less than the distance to its neighbour.
   */
  private static double tolerance(Range range, double step) {
    double rounding = 1e-6 * Math.max(1, Math.max(Math.abs(range.low()), Math.abs(range.high())));
    if (step == 0) {
      return rounding;
    }
    return step == 1 ? Math.min(rounding, 0.5) : step / 2;
  }

  /** One line, with its place. */
  private final class Row {
    private final TagSheet.Row row;
    private final Map<String, Integer> places;

    Row(TagSheet.Row row, Map<String, Integer> places) {
      this.row = row;
      this.places = places;
    }

    void problem(String column, String found, String allowed) {
      problems.add(new Problem(row.file(), row.line(), column, found, allowed));
    }

    String text(String column) {
      Integer place = places.get(column);
      return place == null || place >= row.cells().size() ? "" : row.cells().get(place);
    }

    OptionalDouble optional(String column) {
      String text = text(column);
      if (text.isEmpty()) {
        return OptionalDouble.empty();
      }
      double number = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
      if (Double.isFinite(number)) {
        return OptionalDouble.of(number);
      }
      boolean grouped = text.matches("[+-]?\\d+(,\\d+)+(\\.\\d*)?");
      problem(
          column,
          "'" + text + "'",
          grouped ? "a number with a decimal point and no thousands separator" : "a number");
      return OptionalDouble.empty();
    }

    double number(String column, double fallback) {
      return optional(column).orElse(fallback);
    }

    double positive(String column, double fallback) {
      double number = number(column, fallback);
      if (number > 0) {
        return number;
      }
      problem(column, "" + number, "a number above 0");
      return fallback;
    }

    Range range(String lowColumn, String highColumn, Range fallback) {
      double low = number(lowColumn, fallback.low());
      double high = number(highColumn, fallback.high());
      if (low <= high) {
        return new Range(low, high);
      }
      problem(highColumn, "" + high, "a number at or above " + lowColumn + ", which is " + low);
      return new Range(high, low);
    }

    Duration duration(String column, Duration fallback) {
      String text = text(column);
      if (text.isEmpty()) {
        return fallback;
      }
      Duration duration = Section.parseDuration(text).orElse(Duration.ZERO);
      if (duration.isZero()) {
        problem(column, "'" + text + "'", "a duration above 0, such as 500ms, 10s, 5min");
        return fallback;
      }
      return duration;
    }

    /** A width in the tag's unit, given so or in percent of its range; NaN for nothing. */
    double width(String column, Range range) {
      String text = text(column);
      if (text.isEmpty()) {
        return Double.NaN;
      }
      boolean percent = text.endsWith("%");
      String digits = percent ? text.substring(0, text.length() - 1).strip() : text;
      double number = NUMBER.matcher(digits).matches() ? Double.parseDouble(digits) : Double.NaN;
      if (percent && !Double.isFinite(range.width())) {
        problem(
            column, "'" + text + "'", "a number in the tag's unit, because low or high is empty");
        return Double.NaN;
      }
      if (!(number >= 0) || !Double.isFinite(number)) {
        problem(column, "'" + text + "'", "0 or more, or percent of low to high, such as 1%");
        return Double.NaN;
      }
      return percent ? number / 100 * range.width() : number;
    }

    @Nullable TimeSource time(String column) {
      String text = text(column);
      for (TimeSource source : TimeSource.values()) {
        if (Section.show(source).equalsIgnoreCase(text)) {
          return source;
        }
      }
      if (!text.isEmpty()) {
        problem(column, "'" + text + "'", "nothing, or one of source, server, arrival");
      }
      return null;
    }
  }
}
