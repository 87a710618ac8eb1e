package io.deungdae.collector.past;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How times are written in a file.
 *
 * @param style the kind of text
 * @param order of day, month and year where the year comes last
 * @param pattern of {@link Style#PATTERN}, as {@link DateTimeFormatter} has them; else empty
 * @param zone of times without an offset
 */
record TimeFormat(Style style, Order order, String pattern, ZoneId zone) {

  /** A kind of text. */
  enum Style {
    /** Date and clock with signs between, Korean or not: {@code 2024-03-05 오후 3:07:09}. */
    TEXT,
    /** Digits alone: {@code 20240305150709}, shorter and longer. */
    DIGITS,
    /** Days since 1900 as Excel counts them, which had a 29 February 1900. */
    EXCEL,
    /** Days since 1904, as Excel on a Macintosh counted them. */
    EXCEL1904,
    /** Seconds since 1970. */
    S,
    /** Milliseconds since 1970. */
    MS,
    /** Microseconds since 1970. */
    US,
    /** A pattern of the mapping's own. */
    PATTERN
  }

  /** Which comes first where the year is last. */
  enum Order {
    /** The year is first; anything else is not read. */
    YMD,
    /** The day. */
    DMY,
    /** The month. */
    MDY
  }

  /**
   * A time, or why it cannot be one.
   *
   * @param us microseconds since 1970
   * @param expected what was expected; empty when it is a time
   */
  record Read(long us, String expected) {
    static Read no(String expected) {
      return new Read(0, expected);
    }

    boolean isTime() {
      return expected.isEmpty();
    }
  }

  private static final String CLOCK =
      "(?:[T\\s]*(오전|오후|AM|PM|am|pm)?\\s*(\\d{1,2})\\s*(?::|시)\\s*"
          + "(?:(\\d{1,2})\\s*(?::|분)?\\s*(?:(\\d{1,2})(?:[.,](\\d{1,9}))?\\s*초?)?)?"
          + "\\s*(AM|PM|am|pm)?)?";
  private static final String WEEKDAY = "(?:\\s*\\([^)\\d]{1,9}\\))?";
  private static final String OFFSET = "\\s*(Z|[+-]\\d{2}:?\\d{2})?\\s*";
  private static final Pattern YEAR_FIRST =
      Pattern.compile(
          "\\s*(\\d{4}|\\d{2})\\s*[-./년]\\s*(\\d{1,2})\\s*[-./월]\\s*(\\d{1,2})\\s*[일.]?"
              + WEEKDAY
              + CLOCK
              + OFFSET);
  private static final Pattern YEAR_LAST =
      Pattern.compile("\\s*(\\d{1,2})[-./](\\d{1,2})[-./](\\d{4})" + WEEKDAY + CLOCK + OFFSET);
  private static final Pattern CLOCK_ALONE = Pattern.compile(CLOCK + "\\s*");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,17}(?:\\.\\d+)?");
  private static final Map<String, DateTimeFormatter> PATTERNS = new ConcurrentHashMap<>();
  private static final List<Integer> DIGITS = List.of(8, 10, 12, 14, 17);

  /** A time from the cells that have it: date and clock, or both in one and the other empty. */
  Read read(String date, String clock) {
    String text = clock.isEmpty() ? date.strip() : date.strip() + " " + clock.strip();
    return switch (style) {
      case TEXT -> text(text);
      case DIGITS -> digits(text.replace(" ", "").replace(":", ""));
      case EXCEL, EXCEL1904 -> excel(date.strip(), clock.strip());
      case S -> number(text, 1_000_000);
      case MS -> number(text, 1_000);
      case US -> number(text, 1);
      case PATTERN -> pattern(text);
    };
  }

  private Read text(String text) {
    Matcher first = YEAR_FIRST.matcher(text);
    if (first.matches()) {
      return of(year(first.group(1)), first.group(2), first.group(3), first);
    }
    Matcher last = YEAR_LAST.matcher(text);
    if (!last.matches()) {
      return Read.no("a time, e.g. 2024-03-05 15:07:09 or 2024-03-05 오후 3:07:09");
    }
    return switch (order) {
      case YMD -> Read.no("the year first; else say time.order: dmy or mdy");
      case DMY -> of(year(last.group(3)), last.group(2), last.group(1), last);
      case MDY -> of(year(last.group(3)), last.group(1), last.group(2), last);
    };
  }

  private static int year(String text) {
    int year = Integer.parseInt(text);
    return text.length() == 4 ? year : year + (year < 70 ? 2000 : 1900);
  }

  private Read of(int year, String month, String day, Matcher m) {
    try {
      LocalDate date = LocalDate.of(year, Integer.parseInt(month), Integer.parseInt(day));
      long seconds = m.group(5) == null ? 0 : secondOfDay(m, 4);
      LocalDateTime local = date.atStartOfDay().plusSeconds(seconds);
      String fraction = m.group(8);
      long micros = fraction == null ? 0 : Long.parseLong((fraction + "00000").substring(0, 6));
      return at(local.plus(micros, ChronoUnit.MICROS), m.group(10));
    } catch (DateTimeException e) {
      return Read.no("a day and a clock that there are");
    }
  }

  /** Groups from {@code g}: half of the day, hour, minute, second, fraction, half of the day. */
  private static long secondOfDay(Matcher m, int g) {
    int hour = Integer.parseInt(m.group(g + 1));
    int minute = m.group(g + 2) == null ? 0 : Integer.parseInt(m.group(g + 2));
    int second = m.group(g + 3) == null ? 0 : Integer.parseInt(m.group(g + 3));
    String half = m.group(g) == null ? m.group(g + 5) : m.group(g);
    if (half != null) {
      if (hour < 1 || hour > 12) {
        throw new DateTimeException("an hour from 1 to 12 with " + half);
      }
      boolean afternoon = half.equals("오후") || half.equalsIgnoreCase("pm");
      hour = hour % 12 + (afternoon ? 12 : 0);
    }
    if (hour == 24 && minute == 0 && second == 0) {
      return 86_400; // midnight at the end of the day
    }
    if (second == 60) {
      return LocalTime.of(hour, minute, 59).toSecondOfDay() + 1L; // a leap second
    }
    return LocalTime.of(hour, minute, second).toSecondOfDay();
  }

  /** True for a text that is a time of the day and no more. */
  static boolean isClock(String text) {
    Matcher clock = CLOCK_ALONE.matcher(text);
    return !text.isBlank() && clock.matches() && clock.group(2) != null;
  }

  private Read at(LocalDateTime local, @Nullable String offset) {
    if (offset != null) {
      ZoneOffset of = offset.equals("Z") ? ZoneOffset.UTC : ZoneOffset.of(offset);
      return micros(local.toInstant(of));
    }
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    return offsets.isEmpty()
        ? Read.no("a time that " + zone + " had; the clocks skipped it")
        : micros(local.toInstant(offsets.get(0)));
  }

  private static Read micros(Instant at) {
    return new Read(ChronoUnit.MICROS.between(Instant.EPOCH, at), "");
  }

  private Read digits(String text) {
    if (!DIGITS.contains(text.length()) || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Read.no("8, 10, 12, 14 or 17 digits: year, month, day, hour, minute, second, ms");
    }
    String full = (text + "000000000").substring(0, 17);
    int second = part(full, 12, 14);
    int leap = second == 60 ? 1 : 0; // a leap second
    try {
      LocalDateTime local =
          LocalDateTime.of(
              part(full, 0, 4),
              part(full, 4, 6),
              part(full, 6, 8),
              part(full, 8, 10),
              part(full, 10, 12),
              second - leap,
              part(full, 14, 17) * 1_000_000);
      return at(local.plusSeconds(leap), null);
    } catch (DateTimeException e) {
      return Read.no("a day and a clock that there are");
    }
  }

  private static int part(String text, int from, int to) {
    return Integer.parseInt(text.substring(from, to));
  }

  private Read excel(String date, String clock) {
    if (!NUMBER.matcher(date).matches() || (!clock.isEmpty() && !NUMBER.matcher(clock).matches())) {
      return Read.no("a day's number as Excel has it, e.g. 45356.63");
    }
    double days = Double.parseDouble(date) + (clock.isEmpty() ? 0 : Double.parseDouble(clock));
    if (days >= 2_958_466) {
      return Read.no("a day's number up to 2958465, the year 9999");
    }
    LocalDate zero = LocalDate.of(1904, 1, 1);
    if (style == Style.EXCEL) {
      if (days >= 60 && days < 61) {
        return Read.no("a day that there was; 60 is Excel's 29 February 1900");
      }
      zero = days < 60 ? LocalDate.of(1899, 12, 31) : LocalDate.of(1899, 12, 30);
    }
    long millis = Math.round(days * 86_400_000.0);
    return at(zero.atStartOfDay().plus(millis, ChronoUnit.MILLIS), null);
  }

  private static Read number(String text, long us) {
    if (!NUMBER.matcher(text).matches()) {
      return Read.no("a number of seconds, milliseconds or microseconds since 1970");
    }
    int point = text.indexOf('.');
    long whole = Long.parseLong(point < 0 ? text : text.substring(0, point));
    double part = point < 0 ? 0 : Double.parseDouble("0" + text.substring(point));
    if (whole > 4_102_444_800_000_000L / us) {
      return Read.no("a time before the year 2100; is it in another unit?");
    }
    return new Read(whole * us + Math.round(part * us), "");
  }

  private Read pattern(String text) {
    DateTimeFormatter own = PATTERNS.computeIfAbsent(pattern, TimeFormat::formatter);
    try {
      return pattern(own, text, 0);
    } catch (DateTimeException e) {
      return isLeap(own, text) ? leap(own, text) : Read.no("a time like " + pattern);
    }
  }

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.KOREAN);
  }

  private Read pattern(DateTimeFormatter own, String text, long moreSeconds) {
    TemporalAccessor parsed = own.parse(text);
    ZoneId zone = parsed.query(TemporalQueries.zone());
    LocalTime clock = parsed.query(TemporalQueries.localTime());
    LocalDateTime local =
        LocalDateTime.of(LocalDate.from(parsed), clock == null ? LocalTime.MIDNIGHT : clock)
            .plusSeconds(moreSeconds);
    return zone == null ? at(local, null) : micros(local.atZone(zone).toInstant());
  }

  private static boolean isLeap(DateTimeFormatter own, String text) {
    TemporalAccessor raw = own.parseUnresolved(text, new ParsePosition(0));
    return raw != null
        && raw.isSupported(ChronoField.SECOND_OF_MINUTE)
        && raw.getLong(ChronoField.SECOND_OF_MINUTE) == 60;
  }

  /** The second after that which has 59 where the text has 60. */
  private Read leap(DateTimeFormatter own, String text) {
    for (int at = text.indexOf("60"); at >= 0; at = text.indexOf("60", at + 1)) {
      String second59 = text.substring(0, at) + "59" + text.substring(at + 2);
      TemporalAccessor raw = own.parseUnresolved(second59, new ParsePosition(0));
      if (raw != null && raw.getLong(ChronoField.SECOND_OF_MINUTE) == 59) {
        return leapIn(own, second59);
      }
    }
    return Read.no("a time like " + pattern);
  }

  private Read leapIn(DateTimeFormatter own, String second59) {
    try {
      return pattern(own, second59, 1);
    } catch (DateTimeException e) {
      return Read.no("a time like " + pattern);
    }
  }
}
