package io.deungdae.kamp.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.jerolba.carpet.CarpetReader;
import io.deungdae.collector.store.Frame;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetBuilderTest {

  private static final Window HOUR =
      Window.holding(Instant.parse("2026-11-23T05:12:00Z"), Duration.ofHours(1));

  private final ObjectMapper json = new ObjectMapper();
  private final DataSetSpec spec = TestData.spec("imm", CsvEncoding.UTF_8_BOM);

  @TempDir Path spool;

  @Test
  void theFilesAreThoseOfTheManifestWithTheirChecksums() throws IOException {
    DataSet made = builder().build(spec, HOUR);
    assertEquals(3000, made.rows()); // 3,600 s less ten in each minute
    assertEquals(
        List.of(
            "imm.csv",
            "imm.parquet",
            "attributes.csv",
            "statistics.csv",
            "catalogue.json",
            "catalogue.html"),
        made.files().stream().map(DataFile::name).toList());
    for (DataFile file : made.files()) {
      assertEquals(Checksum.sha256(file.path()), file.sha256());
      assertEquals(Files.size(file.path()), file.bytes());
    }
    assertTrue(made.manifest().isPresent());
  }

  @Test
  void parquetAndCsvSayTheSame() throws IOException {
    DataSet made = builder().build(spec, HOUR);
    List<String> lines = Files.readAllLines(made.files().get(0).path(), StandardCharsets.UTF_8);
    assertEquals("\uFEFFTimeStamp,Cycle_Time,No_Shot,PassOrFail", lines.get(0));
    List<String> fromParquet = new ArrayList<>();
    @SuppressWarnings("rawtypes") // the reader knows a row as a Map only
    CarpetReader<Map> reader = new CarpetReader<>(made.files().get(1).path().toFile(), Map.class);
    for (Map<?, ?> row : reader) {
      fromParquet.add(
          CsvFile.times(spec).format((Instant) row.get("TimeStamp"))
              + ","
              + (row.get("Cycle_Time") == null
                  ? ""
                  : Cells.text(
                      io.deungdae.collector.signal.Kind.NUMBER, (Double) row.get("Cycle_Time")))
              + ","
              + row.get("No_Shot")
              + ","
              + (Boolean.TRUE.equals(row.get("PassOrFail")) ? "1" : "0"));
    }
    assertEquals(lines.subList(1, lines.size()), fromParquet);
  }

  @Test
  void timesAreLocalAndAMissingValueIsAnEmptyCell() throws IOException {
    DataSet made = builder().build(spec, HOUR);
    List<String> lines = Files.readAllLines(made.files().get(0).path(), StandardCharsets.UTF_8);
    assertTrue(lines.get(1).startsWith("2026-11-23 14:00:00.000,"), lines.get(1));
    assertTrue(lines.stream().anyMatch(line -> line.matches("[^,]+,,\\d+,[01]")));
    assertTrue(lines.stream().noneMatch(line -> line.contains("E") && !line.contains("Time")));
  }

  @Test
  void theCatalogueSpeaksKampsWords() throws IOException {
    DataSet made = builder().build(spec, HOUR);
    JsonNode catalogue = json.readTree(made.files().get(4).path().toFile());
    assertEquals("사출성형 <사이클>", catalogue.path("제목").asText());
    assertEquals("2026-11-23", catalogue.path("제조데이터 등록일").asText());
    assertEquals("콘텐츠 변경허용", catalogue.path("사용조건").asText());
    assertEquals("1=합격, 0=불합격", catalogue.path("가이드북").path("라벨 의미").asText());
    assertEquals(4, catalogue.path("속성정의표").size());
    assertEquals("float", catalogue.path("속성정의표").get(1).path("데이터타입").asText());
    assertEquals(3, catalogue.path("기술통계").size());
    assertEquals(30, catalogue.path("미리보기").path("행").size());
    assertEquals(3000, catalogue.path("품질지수").path("집계").path("전체 행").asLong());
    // rows are missing after each gap, so the grid is broken once a minute but for the first
    double gaps = 60; // seconds 40 to 49 of every minute
    assertEquals(100 * (3000 - gaps) / 3000, catalogue.path("품질지수").path("일관성").asDouble(), 1e-9);
    assertEquals(2, catalogue.path("파일").size());
  }

  @Test
  void thePageEscapesWhatItShows() throws IOException {
    DataSet made = builder().build(spec, HOUR);
    String page = Files.readString(made.files().get(5).path());
    assertTrue(page.contains("사출성형 &lt;사이클&gt;"));
    assertFalse(page.contains("<사이클>"));
    assertTrue(page.contains("무결성"));
  }

  @Test
  void spreadsheetsOfKoreanWindowsGetTheirCodePage() throws IOException {
    DataSet made = builder().build(TestData.spec("imm", CsvEncoding.CP949), HOUR);
    byte[] bytes = Files.readAllBytes(made.files().get(2).path());
    assertTrue(new String(bytes, Charset.forName("x-windows-949")).contains("변수명,설명,단위"));
  }

  @Test
  void theSameHistoryGivesTheSameBytes(@TempDir Path other) throws IOException {
    DataSet first = builder().build(spec, HOUR);
    DataSet second = new DataSetBuilder(other, TestData.history()).build(spec, HOUR);
    assertEquals(
        first.files().stream().map(DataFile::sha256).toList(),
        second.files().stream().map(DataFile::sha256).toList());
  }

  @Test
  void whatWaitsInTheSpoolFolderIsNotMadeAgain() throws IOException {
    builder().build(spec, HOUR);
    FrameSource none =
        (tags, from, to, step, lookBack) -> {
          throw new AssertionError("history asked for again");
        };
    assertEquals(3000, new DataSetBuilder(spool, none).build(spec, HOUR).rows());
  }

  @Test
  void halfADataSetIsMadeAnew() throws IOException {
    Path folder = spool.resolve("imm").resolve(HOUR.name());
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(DataSet.MANIFEST), "");
    Path part = folder.resolveSibling(HOUR.name() + ".part");
    Files.createDirectories(part);
    Files.writeString(part.resolve("imm.csv"), "half");
    assertEquals(3000, builder().build(spec, HOUR).rows());
    assertFalse(Files.exists(part));
  }

  @Test
  void aWindowWithoutValuesHasNoFiles() throws IOException {
    FrameSource silent =
        (tags, from, to, step, lookBack) -> {
          double[][] values = new double[2][tags.size()];
          for (double[] row : values) {
            Arrays.fill(row, Double.NaN);
          }
          return new Frame(
              tags, new long[] {from.toEpochMilli(), from.toEpochMilli() + 1000}, values);
        };
    DataSet made = new DataSetBuilder(spool, silent).build(spec, HOUR);
    assertEquals(0, made.rows());
    assertTrue(made.manifest().isEmpty());
  }

  @Test
  void historyIsReadInPiecesWithoutGapOrOverlap() throws IOException {
    Set<Long> seen = new LinkedHashSet<>();
    List<Integer> sizes = new ArrayList<>();
    FrameSource watched =
        (tags, from, to, step, lookBack) -> {
          Frame frame = TestData.history().frame(tags, from, to, step, lookBack);
          sizes.add(frame.rows());
          for (long time : frame.timesMs()) {
            assertTrue(seen.add(time), "twice: " + time);
          }
          return frame;
        };
    Window odd = new Window(HOUR.from(), HOUR.from().plusSeconds(4001));
    new DataSetBuilder(spool, watched).build(spec, odd);
    assertEquals(4001, seen.size());
    assertEquals(List.of(1800, 1800, 401), sizes);
  }

  private DataSetBuilder builder() {
    return new DataSetBuilder(spool, TestData.history());
  }
}
