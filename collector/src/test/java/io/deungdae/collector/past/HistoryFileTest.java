package io.deungdae.collector.past;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.settings.ConfigException;
import io.deungdae.collector.settings.TextEncoding;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Value;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as they come from plants. */
@SuppressWarnings("StringConcatToTextBlock") // line ends and tabs are what is tested
final class HistoryFileTest {

  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  private static final List<TagShape> TAGS =
      List.of(
          shape("furnace.zone1.pv", Kind.NUMBER, "Temperature of zone 1", "1존 온도"),
          shape("press.count", Kind.WHOLE, "Parts made", "생산 수량"),
          shape("press.run", Kind.FLAG, "Running", "가동"),
          shape("press.lot", Kind.TEXT, "Lot", "로트"));

  @TempDir Path folder;

  private final List<String> stored = new ArrayList<>();
  private final List<String> rejects = new ArrayList<>();

  private final PastSink sink =
      new PastSink() {
        @Override
        public Answer put(List<PastValue> batch) {
          batch.forEach(value -> stored.add(text(value)));
          return new Answer(batch.size(), 0, 0, List.of());
        }

        @Override
        public void finish() {}
      };

  private static TagShape shape(String name, Kind kind, String en, String ko) {
    return new TagShape(name, kind, -50, 1e18, List.of(en, ko));
  }

  private static String text(PastValue past) {
    String value =
        past.value() instanceof Value.Text text
            ? text.text()
            : past.value() instanceof Value.Whole whole
                ? Long.toString(whole.number())
                : past.value().kind() == Kind.FLAG
                    ? String.valueOf(past.value().asDouble() != 0)
                    : Double.toString(past.value().asDouble());
    return Instant.EPOCH.plus(past.us(), ChronoUnit.MICROS) + " " + past.tag() + " " + value;
  }

  private Path file(String text, Charset charset) throws IOException {
    return Files.write(folder.resolve("log.csv"), text.getBytes(charset));
  }

  private HistoryFile.Report run(Path file, String map) throws IOException, ConfigException {
    Path mapping = map.isEmpty() ? null : Files.writeString(folder.resolve("map.yaml"), map);
    HistoryFile past = HistoryFile.open(file, mapping, SEOUL, TAGS);
    return past.run(sink, (reject, raw) -> rejects.add(reject.toString()), so -> true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "x-windows-949", "UTF-16LE", "UTF-16BE"})
  void aWideKoreanLogIsUnderstoodAsItIs(String charset) throws IOException, ConfigException {
    String log =
        "설비 이력 조회\r\n"
            + "일시,1존 온도(℃),생산수량,가동,로트,비고\r\n"
            + "2024-03-05 오후 3:07:09,\"1,850.5\",9223372036854775,운전,\"A-1\n특\",좋음\r\n"
            + "2024-03-05 오후 3:08:09,851,,정지,-,\r\n";
    HistoryFile.Report report = run(file(log, Charset.forName(charset)), "");
    assertEquals(
        List.of(
            "2024-03-05T06:07:09Z furnace.zone1.pv 1850.5",
            "2024-03-05T06:07:09Z press.count 9223372036854775",
            "2024-03-05T06:07:09Z press.run true",
            "2024-03-05T06:07:09Z press.lot A-1\n특",
            "2024-03-05T06:08:09Z furnace.zone1.pv 851.0",
            "2024-03-05T06:08:09Z press.run false"),
        stored);
    assertEquals(List.of(), rejects);
    assertEquals(1, report.empty());
    assertEquals(1, report.ignored());
  }

  @Test
  void decimalCommasAndSeparateClocks() throws IOException, ConfigException {
    String log = "날짜;시각;1존 온도\n2024.03.05;15:07:09;850,5\n2024.03.05;15:07:10;1.851,25\n";
    run(file(log, StandardCharsets.UTF_8), "");
    assertEquals(
        List.of(
            "2024-03-05T06:07:09Z furnace.zone1.pv 850.5",
            "2024-03-05T06:07:10Z furnace.zone1.pv 1851.25"),
        stored);
  }

  @Test
  void aLongExportWithNamesOfItsOwn() throws IOException, ConfigException {
    String log =
        "TIME\tTAGNAME\tVALUE\n"
            + "20240305150709\tTIC-101\t850.5\n"
            + "20240305150709\tLOT\tA-1\n"
            + "20240305150710\tPIC-7\t3\n"
            + "20240305150711\tpress.count\t3.0\n";
    run(file(log, StandardCharsets.UTF_8), "columns: {TIC-101: furnace.zone1.pv, LOT: '-'}\n");
    assertEquals(
        List.of(
            "2024-03-05T06:07:09Z furnace.zone1.pv 850.5", "2024-03-05T06:07:11Z press.count 3"),
        stored);
    assertEquals(
        List.of(
            "line 4, column TAGNAME: found 'PIC-7', expected e.g. press.run, press.lot,"
                + " press.count"),
        rejects);
  }

  @Test
  void everyBadCellIsToldAndTheOthersAreTaken() throws IOException, ConfigException {
    String log =
        "time,furnace.zone1.pv,press.count\n"
            + "2024-03-05 15:07:09,불량,1\n"
            + "2024-03-05 15:07:70,1,2\n"
            + "2024-03-05 15:07:11,NaN,2.5\n"
            + "2024-03-05 15:07:12,-60,3\n"
            + "2024-03-05 15:07:13,\"1\"2,3\n"
            + "2024-03-05 15:07:14,\"never closed,4\n"
            + "2024-03-05 15:07:15,7,5\n";
    HistoryFile.Report report = run(file(log, StandardCharsets.UTF_8), "");
    assertEquals(
        List.of(
            "2024-03-05T06:07:09Z press.count 1",
            "2024-03-05T06:07:12Z press.count 3",
            "2024-03-05T06:07:15Z furnace.zone1.pv 7.0",
            "2024-03-05T06:07:15Z press.count 5"),
        stored);
    assertEquals(
        List.of(
            "line 2, column furnace.zone1.pv: found '불량', expected a number, decimal mark '.'",
            "line 3, column time: found '2024-03-05 15:07:70', expected a day and a clock that"
                + " there are",
            "line 4, column furnace.zone1.pv: found 'NaN', expected a number, decimal mark '.'",
            "line 4, column press.count: found '2.5', expected a whole number of at most 64 bits",
            "line 5, column furnace.zone1.pv: found '-60', expected a value from -50.0 to 1.0E18",
            "line 6: found 'text after a closing quote', expected quotes in pairs around a cell",
            "line 7: found 'a quote that is never closed', expected quotes in pairs around a cell"),
        rejects);
    assertEquals(7, report.rejected());
  }

  @Test
  void aMappingSaysItAllAndItsMistakesAreNamed() throws IOException, ConfigException {
    Path file = file("45356.5 ;x; 7\n", StandardCharsets.UTF_8);
    run(
        file,
        """
        encoding: utf-8
        separator: semicolon
        header: 0
        time: {column: "1", format: excel, zone: UTC}
        columns: {"3": press.count}
        """);
    assertEquals(List.of("2024-03-05T12:00:00Z press.count 7"), stored);
    ConfigException wrong =
        assertThrows(
            ConfigException.class,
            () -> run(file, "header: 0\ntime: {column: '9'}\ncolumns: {'3': press.cuont}\n"));
    assertEquals(2, wrong.problems().size(), wrong.toString());
    assertTrue(wrong.toString().contains("press.count"), wrong.toString());
  }

  @Test
  void theMappingThatIsShownReadsTheSame() throws IOException, ConfigException {
    Path file =
        file("일시,1존 온도,모르는 것\n24/03/05 15:07,1,2\n24/03/05 15:08,2,2\n", TextEncoding.CP949);
    HistoryFile guessed = HistoryFile.open(file, null, SEOUL, TAGS);
    Path map = Files.write(folder.resolve("shown.yaml"), guessed.mapping());
    assertEquals(guessed.mapping(), HistoryFile.open(file, map, SEOUL, TAGS).mapping());
    assertEquals(1, guessed.unknown().size());
    assertTrue(guessed.unknown().get(0).startsWith("모르는 것: no such tag"), "" + guessed.unknown());
    assertEquals("2024-03-05T15:07+09:00  furnace.zone1.pv=1.0", guessed.preview().get(0));
  }
}
