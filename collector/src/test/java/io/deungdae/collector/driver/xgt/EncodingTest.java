package io.deungdae.collector.driver.xgt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deungdae.collector.driver.xgt.XgtSettings.WordOrder;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest {

  private static Encoding encoding(String type) {
    return Encoding.parse(type, WordOrder.LOW_FIRST).orElseThrow();
  }

  private static ByteBuffer memory(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  @ParameterizedTest
  @CsvSource({
    "int8, FE, -2",
    "uint8, FE, 254",
    "int16, FE FF, -2",
    "uint16, 34 12, 4660",
    "int32, FE FF FF FF, -2",
    "uint32, 78 56 34 12, 305419896",
    "uint32:high-first, 34 12 78 56, 305419896",
    "int64, F0 DE BC 9A 78 56 34 12, 1311768467463790320",
    "int64:high-first, 34 12 78 56 BC 9A F0 DE, 1311768467463790320",
    "bcd16, 34 12, 1234",
    "bcd32, 78 56 34 12, 12345678",
    "float32, 00 00 C8 42, 100",
    "float32:high-first, C8 42 00 00, 100",
    "float64, 00 00 00 00 00 00 59 40, 100",
  })
  void bytesBothWays(String type, String hex, double number) {
    Encoding encoding = encoding(type);
    long bits = encoding.bits(memory(hex), 0);
    assertEquals(number, encoding.type().number(bits));
    long written = encoding.type().bits(number).orElseThrow();
    StringBuilder again = new StringBuilder();
    for (int b : encoding.bytes(written)) {
      again.append(again.isEmpty() ? "" : " ").append(String.format(Locale.ROOT, "%02X", b));
    }
    if (!type.startsWith("int64")) { // a double does not hold all its digits
      assertEquals(hex, again.toString());
    }
  }

  @Test
  void longNumbersKeepAllTheirDigits() {
    Encoding encoding = encoding("int64:high-first");
    long number = 1_311_768_467_463_790_320L;
    List<Integer> lying = encoding.bytes(number);
    byte[] bytes = new byte[8];
    for (int i = 0; i < 8; i++) {
      bytes[i] = lying.get(i).byteValue();
    }
    assertEquals(number, encoding.bits(ByteBuffer.wrap(bytes), 0));
  }

  @Test
  void textEndsAtItsFirstZero() {
    byte[] korean = encoding("string8").text(memory("B7CE 3100 4141 4141"), 0);
    assertEquals("로1", new String(korean, Charset.forName("x-windows-949")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "float", "string0", "string241", "int32@CDAB", "int32:middle"})
  void typesThatDoNotExistAreRefused(String type) {
    assertEquals(Optional.empty(), Encoding.parse(type, WordOrder.LOW_FIRST));
  }
}
