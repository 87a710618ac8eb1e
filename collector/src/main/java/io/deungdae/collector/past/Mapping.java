package io.deungdae.collector.past;

import io.deungdae.collector.settings.ConfigException;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.Section;
import io.deungdae.collector.settings.SettingsFile;
import io.deungdae.collector.settings.TextEncoding;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a file is to be read: written down by a person, or guessed and looked at by one.
 *
 * @param charset its encoding
 * @param separator between cells
 * @param header line with the columns' names; 0 when there is none and they are called 1, 2, …
 * @param layout how values lie
 * @param time column of the time, or of the date
 * @param clock column of the time of the day; empty when it stands with the date
 * @param times how times are written
 * @param values how values are written
 * @param tag column of the tag's name in a long file; else empty
 * @param value column of the value in a long file; else empty
 * @param columns what is what: the columns of a wide file, the tags' names in a long one, each with
 *     the name of the tag; {@code -} for one that is left out
 * @param ignore words for no value, which are not worth a report
 */
record Mapping(
    Charset charset,
    char separator,
    int header,
    Layout layout,
    String time,
    String clock,
    TimeFormat times,
    ValueFormat values,
    String tag,
    String value,
    Map<String, String> columns,
    List<String> ignore) {

  /** Stands for the tag of what is left out. */
  static final String LEFT_OUT = "-";

  /** How values lie. */
  enum Layout {
    /** One column a tag. */
    WIDE,
    /** One row a value, with the tag's name. */
    LONG
  }

  private enum Separator {
    COMMA(','),
    SEMICOLON(';'),
    TAB('\t');

    private final char sign;

    Separator(char sign) {
      this.sign = sign;
    }

    static Separator of(char sign) {
      return sign == ';' ? SEMICOLON : sign == '\t' ? TAB : COMMA;
    }
  }

  private enum Mark {
    NONE(' '),
    POINT('.'),
    COMMA(','),
    APOSTROPHE('\''),
    SPACE(' ');

    private final char sign;

    Mark(char sign) {
      this.sign = sign;
    }

    static Mark of(char sign) {
      return sign == '.' ? POINT : sign == ',' ? COMMA : sign == '\'' ? APOSTROPHE : SPACE;
    }
  }

  Mapping {
    columns = new LinkedHashMap<>(columns);
    ignore = List.copyOf(ignore);
  }

  /**
   * Reads a mapping; what it does not say is as in the guess.
   *
   * @throws ConfigException with all mistakes
   */
  static Mapping read(Path file, Mapping guess) throws ConfigException {
    Problems problems = new Problems();
    Section section = SettingsFile.read(file, Overrides.none(), problems);
    Mapping mapping = read(section, guess);
    section.done();
    problems.throwIfAny();
    return mapping;
  }

  private static Mapping read(Section section, Mapping guess) {
    Charset charset = charset(section, guess.charset);
    Separator separator = section.choice("separator", Separator.of(guess.separator));
    int header = section.integer("header", guess.header, 0, 1_000);
    Layout layout = section.choice("layout", guess.layout);
    Section time = section.section("time");
    String column = time.text("column", guess.time);
    String clock = time.text("clock", guess.clock);
    TimeFormat times = times(time, guess.times);
    time.done();
    Mark decimal = section.choice("decimal", Mark.of(guess.values.decimal()));
    Mark thousands = section.choice("thousands", Mark.of(guess.values.thousands()));
    ValueFormat values = guess.values;
    try {
      values = new ValueFormat(decimal.sign, thousands.sign);
    } catch (IllegalArgumentException e) {
      section.problem(
          "decimal", String.valueOf(e.getMessage()), "point or comma, and thousands another mark");
    }
    return new Mapping(
        charset,
        separator.sign,
        header,
        layout,
        column,
        clock,
        times,
        values,
        section.text("tag", guess.tag),
        section.text("value", guess.value),
        section.has("columns") ? section.textsByName("columns") : guess.columns,
        section.has("ignore") ? section.texts("ignore") : guess.ignore);
  }

  private static Charset charset(Section section, Charset guess) {
    String name = section.text("encoding", name(guess));
    try {
      return name.equalsIgnoreCase("cp949") ? TextEncoding.CP949 : Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      section.problem("encoding", "'" + name + "'", "utf-8, utf-16le, utf-16be or cp949");
      return StandardCharsets.UTF_8;
    }
  }

  private static String name(Charset charset) {
    return charset.equals(TextEncoding.CP949) ? "cp949" : charset.name().toLowerCase(Locale.ROOT);
  }

  private static TimeFormat times(Section section, TimeFormat guess) {
    TimeFormat.Style style = section.choice("format", guess.style());
    TimeFormat.Order order = section.choice("order", guess.order());
    String pattern = section.text("pattern", "");
    String zone = section.text("zone", guess.zone().getId());
    ZoneId id = guess.zone();
    try {
      id = ZoneId.of(zone);
    } catch (DateTimeException e) {
      section.problem("zone", "'" + zone + "'", "a time zone, e.g. Asia/Seoul, UTC, +09:00");
    }
    if (!pattern.isEmpty()) {
      if (!isPattern(pattern)) {
        section.problem("pattern", "'" + pattern + "'", "e.g. uuuu-MM-dd HH:mm:ss");
        pattern = "";
      }
      style = TimeFormat.Style.PATTERN;
    }
    return new TimeFormat(style, order, pattern, id);
  }

  private static boolean isPattern(String text) {
    try {
      DateTimeFormatter format = DateTimeFormatter.ofPattern(text, Locale.KOREAN);
      return !format.toString().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The mapping as a file that {@link #read} reads. */
  List<String> yaml() {
    List<String> lines = new ArrayList<>();
    lines.add("encoding: " + name(charset));
    lines.add("separator: " + Section.show(Separator.of(separator)));
    lines.add("header: " + header + "  # line with the columns' names, 0 for none");
    lines.add("layout: " + Section.show(layout));
    lines.add("time:");
    lines.add("  column: " + quoted(time));
    if (!clock.isEmpty()) {
      lines.add("  clock: " + quoted(clock));
    }
    if (times.style() == TimeFormat.Style.PATTERN) {
      lines.add("  pattern: " + quoted(times.pattern()));
    } else {
      lines.add("  format: " + Section.show(times.style()));
      lines.add("  order: " + Section.show(times.order()));
    }
    lines.add("  zone: " + times.zone().getId());
    lines.add("decimal: " + Section.show(Mark.of(values.decimal())));
    lines.add("thousands: " + Section.show(Mark.of(values.thousands())));
    if (layout == Layout.LONG) {
      lines.add("tag: " + quoted(tag));
      lines.add("value: " + quoted(value));
    }
    lines.add("columns:" + (columns.isEmpty() ? " {}" : "  # in the file: the tag; - leaves out"));
    columns.forEach((from, to) -> lines.add("  " + quoted(from) + ": " + quoted(to)));
    lines.add(
        "ignore: ["
            + String.join(", ", ignore.stream().map(Mapping::quoted).toList())
            + "]  # words for no value");
    return lines;
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
