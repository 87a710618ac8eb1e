package io.deungdae.collector.past;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.deungdae.collector.past.TimeFormat.Order;
import io.deungdae.collector.past.TimeFormat.Style;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimeFormatTest {

  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

  private static TimeFormat.Read read(Style style, Order order, String pattern, String text) {
    return new TimeFormat(style, order, pattern, SEOUL).read(text, "");
  }

  private static void assertTime(String expected, TimeFormat.Read read) {
    assertEquals("", read.expected());
    assertEquals(Instant.parse(expected), Instant.EPOCH.plus(read.us(), ChronoUnit.MICROS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2024-03-05 오후 3:07:09 | 2024-03-05T06:07:09Z",
        "2024-03-05 오전 12:07:09 | 2024-03-04T15:07:09Z",
        "2024-03-05 오후 12:00 | 2024-03-05T03:00:00Z",
        "2024년 3월 5일 15시 07분 | 2024-03-05T06:07:00Z",
        "2024년 3월 5일 오후 3시 7분 9초 | 2024-03-05T06:07:09Z",
        "2024년 3월 5일 (화) 15:07 | 2024-03-05T06:07:00Z",
        "24/03/05 15:07 | 2024-03-05T06:07:00Z",
        "2024.3.5. 15:07:09.25 | 2024-03-05T06:07:09.250Z",
        "2024-03-05T15:07:09.123456 | 2024-03-05T06:07:09.123456Z",
        "2024-03-05T06:07:09Z | 2024-03-05T06:07:09Z",
        "2024-03-05 07:07:09+01:00 | 2024-03-05T06:07:09Z",
        "2024-03-05 3:07:09 PM | 2024-03-05T06:07:09Z",
        "2024-03-05 24:00 | 2024-03-05T15:00:00Z",
        "2024-03-05 | 2024-03-04T15:00:00Z"
      })
  void datesAndClocksAsPeopleWriteThem(String text, String expected) {
    assertTime(expected, read(Style.TEXT, Order.YMD, "", text));
  }

  @ParameterizedTest
  @CsvSource({
    "DIGITS, 20240305150709, 2024-03-05T06:07:09Z",
    "DIGITS, 202403051507, 2024-03-05T06:07:00Z",
    "DIGITS, 20240305150709123, 2024-03-05T06:07:09.123Z",
    "S, 1709618829, 2024-03-05T06:07:09Z",
    "S, 1709618829.5, 2024-03-05T06:07:09.500Z",
    "MS, 1709618829250, 2024-03-05T06:07:09.250Z",
    "US, 1709618829250001, 2024-03-05T06:07:09.250001Z",
    "EXCEL, 45356.6299652778, 2024-03-05T06:07:09Z",
    "EXCEL, 59, 1900-02-27T15:32:08Z",
    "EXCEL, 61, 1900-02-28T15:32:08Z",
    "EXCEL1904, 43894.6299652778, 2024-03-05T06:07:09Z"
  })
  void numbersAsMachinesWriteThem(Style style, String text, String expected) {
    assertTime(expected, read(style, Order.YMD, "", text));
  }

  @Test
  void thereWasNo29February1900() {
    assertFalse(read(Style.EXCEL, Order.YMD, "", "60.5").isTime());
  }

  @Test
  void dayAndMonthAreNotGuessedWhereTheYearIsLast() {
    assertFalse(read(Style.TEXT, Order.YMD, "", "05/03/2024 15:07").isTime());
    assertTime("2024-03-05T06:07:00Z", read(Style.TEXT, Order.DMY, "", "05/03/2024 15:07"));
    assertTime("2024-05-03T06:07:00Z", read(Style.TEXT, Order.MDY, "", "05/03/2024 15:07"));
    assertFalse(read(Style.TEXT, Order.MDY, "", "25/03/2024 15:07").isTime());
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-30 10:00",
    "2024-03-05 25:00",
    "2024-03-05 오후 13:00",
    "불량",
    "2024-03-05 10:61",
    "''"
  })
  void whatIsNoTimeIsNone(String text) {
    assertFalse(read(Style.TEXT, Order.YMD, "", text).isTime());
  }

  @Test
  void dateAndClockMayStandApart() {
    TimeFormat text = new TimeFormat(Style.TEXT, Order.YMD, "", SEOUL);
    assertTime("2024-03-05T06:07:00Z", text.read("2024-03-05", "오후 3:07"));
    TimeFormat excel = new TimeFormat(Style.EXCEL, Order.YMD, "", SEOUL);
    assertTime("2024-03-05T03:00:00Z", excel.read("45356", "0.5"));
    TimeFormat digits = new TimeFormat(Style.DIGITS, Order.YMD, "", SEOUL);
    assertTime("2024-03-05T06:07:09Z", digits.read("20240305", "15:07:09"));
  }

  @Test
  void aTimeThatTheClocksSkippedIsNone() {
    TimeFormat berlin = new TimeFormat(Style.TEXT, Order.YMD, "", ZoneId.of("Europe/Berlin"));
    assertFalse(berlin.read("2024-03-31 02:30", "").isTime());
    assertTime("2024-10-27T00:30:00Z", berlin.read("2024-10-27 02:30", ""));
  }

  @Test
  void aPatternOfTheMappingsOwn() {
    assertTime(
        "2024-03-05T06:07:09Z",
        read(Style.PATTERN, Order.YMD, "ss:mm:HH dd|MM|uuuu", "09:07:15 05|03|2024"));
  }

  @ParameterizedTest
  @CsvSource({
    "TEXT, '', 2017-01-01 08:59:60, 2017-01-01T00:00:00Z",
    "TEXT, '', 2017-01-01 08:59:60.25, 2017-01-01T00:00:00.250Z",
    "DIGITS, '', 20170101085960, 2017-01-01T00:00:00Z",
    "DIGITS, '', 20170101085960250, 2017-01-01T00:00:00.250Z",
    "PATTERN, uuuuMMddHHmmss, 20170101085960, 2017-01-01T00:00:00Z",
    "PATTERN, SSS ss:mm:HH dd|MM|uuuu, 601 60:59:08 01|01|2017, 2017-01-01T00:00:00.601Z",
    "PATTERN, uuuu-MM-dd HH:mm:ssX, 2016-12-31 23:59:60Z, 2017-01-01T00:00:00Z"
  })
  void aLeapSecondIsTheSecondAfter(Style style, String pattern, String text, String expected) {
    assertTime(expected, read(style, Order.YMD, pattern, text));
  }

  @ParameterizedTest
  @CsvSource({
    "TEXT, '', 2017-01-01 08:59:61",
    "DIGITS, '', 20170101085961",
    "DIGITS, '', 20170101086060",
    "PATTERN, uuuuMMddHHmmss, 20170101085961",
    "PATTERN, uuuuMMddHHmmss, 20170101086060",
    "PATTERN, uuuuMMddHHmmss, 20170132085960"
  })
  void noOtherSecondIsBeyond59(Style style, String pattern, String text) {
    assertFalse(read(style, Order.YMD, pattern, text).isTime());
  }
}
