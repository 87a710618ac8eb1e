package io.deungdae.collector.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.scan.Scaling;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Value;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {

  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

  private static int[] words(String hex) {
    String[] parts = hex.split(" ", -1);
    int[] words = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      words[i] = Integer.parseInt(parts[i], 16);
    }
    return words;
  }

  private static Sample read(Point point, String hex) {
    return point.sample(words(hex), 0, NOW, 0);
  }

  /** Bytes worked out by hand from IEEE 754 and two's complement. */
  @ParameterizedTest
  @CsvSource({
    "int16@AB, FFFE, -2",
    "int16@BA, FEFF, -2",
    "uint16, FFFE, 65534",
    "uint16@BA, 0102, 513",
    "int32@ABCD, 0102 0304, 16909060",
    "int32@CDAB, 0304 0102, 16909060",
    "int32@BADC, 0201 0403, 16909060",
    "int32@DCBA, 0403 0201, 16909060",
    "int32, FFFF FFFE, -2",
    "uint32, FFFF FFFE, 4294967294",
    "uint32:low-first, FFFE FFFF, 4294967294",
    "int64@ABCD, 0001 0203 0405 0607, 283686952306183",
    "int64@CDAB, 0607 0405 0203 0001, 283686952306183",
    "int64@BADC, 0100 0302 0504 0706, 283686952306183",
    "int64@DCBA, 0706 0504 0302 0100, 283686952306183",
    "uint64, 0000 0000 FFFF FFFF, 4294967295",
    "bcd16, 1234, 1234",
    "bcd32:low-first, 5678 1234, 12345678",
    "float32@ABCD, 4454 9000, 850.25",
    "float32@CDAB, 9000 4454, 850.25",
    "float32@BADC, 5444 0090, 850.25",
    "float32@DCBA, 0090 5444, 850.25",
    "float32:high-first, C000 0000, -2",
    "float64@ABCD, 408A 9200 0000 0000, 850.25",
    "float64@CDAB, 0000 0000 9200 408A, 850.25",
    "float64@BADC, 8A40 0092 0000 0000, 850.25",
    "float64@DCBA, 0000 0000 0092 8A40, 850.25",
  })
  void goldenBytesBothWays(String type, String hex, double value) {
    Point point = Points.point(0, "hr:0", type, 1, 0);
    assertEquals(value, read(point, hex).asDouble());
    assertEquals(Quality.GOOD, read(point, hex).quality());
    OptionalLong raw = point.raw(value);
    assertTrue(raw.isPresent());
    assertArrayEquals(words(hex), point.encoding().words(raw.getAsLong()));
  }

  @Test
  void everyTypeAndOrderReturnsWhatWasWritten() {
    Random random = new Random(1);
    for (String type : new String[] {"int16", "uint16", "int32", "uint32", "bcd16", "bcd32"}) {
      for (Order order : Order.values()) {
        Point point = Points.point(0, "hr:0", type + "@" + order, 1, 0);
        for (int i = 0; i < 200; i++) {
          double value = random.nextInt(10_000);
          OptionalLong raw = point.raw(value);
          int[] cells = point.encoding().words(raw.orElseThrow());
          assertEquals(value, point.value(cells, 0), point.encoding().toString());
        }
      }
    }
  }

  @Test
  void wholeNumbersOf64BitsStayExact() {
    Sample sample = read(Points.point(0, "hr:0", "int64", 1, 0), "7FFF FFFF FFFF FFFF");
    assertEquals(Value.of(Long.MAX_VALUE), sample.value());
    Sample tooLarge = read(Points.point(0, "hr:0", "uint64", 1, 0), "8000 0000 0000 0000");
    assertEquals(Quality.BAD_MALFORMED, tooLarge.quality());
    Sample over = read(Points.point(0, "hr:0", "int64", 1, 10), "7FFF FFFF FFFF FFFF");
    assertEquals(Quality.BAD_MALFORMED, over.quality(), "with its offset");
    Sample below = read(Points.point(0, "hr:0", "int64", 1, -10), "8000 0000 0000 0000");
    assertEquals(Quality.BAD_MALFORMED, below.quality());
    Sample scaled = read(Points.point(0, "hr:0", "uint64", 0.5, 0), "FFFF FFFF FFFF FFFF");
    assertEquals(0x1p63, scaled.asDouble());
  }

  @ParameterizedTest
  @ValueSource(strings = {"7FC0 0000", "7F80 0000", "FF80 0000"})
  void floatThatIsNoFiniteNumberIsBad(String hex) {
    Sample sample = read(Points.point(0, "hr:0", "float32", 1, 0), hex);
    assertEquals(Quality.BAD_NOT_FINITE, sample.quality());
  }

  @Test
  void digitAboveNineIsMalformedAndNotMisread() {
    assertEquals(
        Quality.BAD_MALFORMED, read(Points.point(0, "hr:0", "bcd16", 1, 0), "12A4").quality());
    assertEquals(
        Quality.BAD_MALFORMED, read(Points.point(0, "hr:0", "bcd16", 0.1, 0), "12A4").quality());
  }

  @Test
  void scaleAndOffsetWorkBothWays() {
    Point point = Points.point(0, "hr:0", "int16", 0.1, -40);
    assertEquals(85.3, read(point, "04E5").asDouble(), 1e-9);
    assertEquals(OptionalLong.of(1253), point.raw(85.3));
  }

  @ParameterizedTest
  @CsvSource({
    "int16, 1, 32768",
    "int16, 1, -32769",
    "uint16, 1, -1",
    "uint16, 1, 65536",
    "int32, 1, 2147483648",
    "uint32, 1, 4294967296",
    "bcd16, 1, 10000",
    "bcd16, 1, -1",
    "float32, 1, 1e39",
    "int16, 10, 16",
    "bool, 1, 2",
    "int64, 1, 1e19",
    "uint64, 1, -1",
    "int16, 1, NaN",
    "float32, 1, Infinity",
  })
  void whatTheTypeCannotHoldIsNotRepresentable(String type, double scale, double value) {
    assertTrue(Points.point(0, "hr:0", type, scale, 0).raw(value).isEmpty());
  }

  @Test
  void roundingWithinTheToleranceIsAllowed() {
    Point point = Points.point(0, "hr:0", "int16", 1, 0);
    assertEquals(OptionalLong.of(850), point.raw(850.4));
    assertEquals(OptionalLong.of(850), point.raw(850.5), "exactly the tolerance");
  }

  @Test
  void bitOfARegisterIsCountedFromTheLeastSignificant() {
    Point point = Points.point(0, "hr:5.3", "bool", 1, 0);
    assertEquals(Value.of(true), read(point, "0008").value());
    assertEquals(Value.of(false), read(point, "FFF7").value());
    Point swapped = Points.point(0, "hr:5.3", "bool@BA", 1, 0);
    assertEquals(Value.of(true), read(swapped, "0800").value());
  }

  @Test
  void registerAsAFlagIsOnWhenNotZero() {
    Point point = Points.point(0, "hr:5", "bool", 1, 0);
    assertEquals(Value.of(true), read(point, "0200").value());
    assertEquals(Value.of(false), read(point, "0000").value());
  }

  @Test
  void textEndsAtItsFirstZeroAndMayHaveItsBytesSwapped() {
    assertEquals(
        Value.of("LS-1"),
        read(Points.point(0, "hr:0", "string8", 1, 0), "4C53 2D31 0041 4141").value());
    assertEquals(
        Value.of("LS-1"), read(Points.point(0, "hr:0", "string4@BADC", 1, 0), "534C 312D").value());
  }

  @Test
  void koreanTextOfAnOldPanelIsRead() {
    Point utf8 = Points.point(0, "hr:0", "string4", 1, 0);
    Point korean =
        new Point(
            utf8.tag(),
            utf8.address(),
            utf8.encoding(),
            new Scaling(1, 0),
            Duration.ofSeconds(1),
            Charset.forName("x-windows-949"));
    assertEquals(Value.of("로"), read(korean, "B7CE 0000").value());
  }

  @Test
  void valueOutsideTheTagsRangeIsUncertainNotHidden() {
    Point point = Points.point(0, "hr:0", "int16", 1, 0);
    assertEquals(Quality.GOOD, read(point, "7FFF").quality());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "int8",
        "float",
        "string0",
        "string241",
        "int16@ABC",
        "float32:middle",
        "string"
      })
  void typesThatDoNotExistAreRefused(String type) {
    assertEquals(Optional.empty(), Encoding.parse(type, Order.ABCD));
  }

  @Test
  void tagsOwnWordOrderKeepsTheDevicesByteOrder() {
    Encoding encoding = Points.present(Encoding.parse("float32:low-first", Order.BADC));
    assertEquals(Order.DCBA, encoding.order());
  }

  @ParameterizedTest
  @CsvSource({
    "hr:100, 0, HOLDING_REGISTERS, 100, -1", "ir:1, 1, INPUT_REGISTERS, 0, -1",
    "HR:100.15, 0, HOLDING_REGISTERS, 100, 15", "co:0, 0, COILS, 0, -1",
    "di:65536, 1, DISCRETE_INPUTS, 65535, -1",
  })
  void addresses(String text, int first, Table table, int start, int bit) {
    assertEquals(Optional.of(new Address(table, start, bit)), Address.parse(text, first));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "hr", "hr:", "xx:1", "hr:65536", "hr:1.16", "co:1.2", "hr:-1", "40001"})
  void addressesThatDoNotExistAreRefused(String text) {
    assertEquals(Optional.empty(), Address.parse(text, 0));
  }

  @Test
  void firstAddressIsOneWhereTheSettingsSaySo() {
    assertEquals(Optional.empty(), Address.parse("hr:0", 1));
  }
}
