package io.deungdae.collector.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.WritePolicy;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagCsvTest {

  private @TempDir Path folder;
  private final Problems problems = new Problems();
  private final TagCsv csv = new TagCsv(problems);

  private List<TagRow> read(String... lines) throws IOException {
    return read(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  private List<TagRow> read(byte[] bytes) throws IOException {
    Path file = folder.resolve("tags.csv");
    Files.write(file, bytes);
    csv.read(file);
    return csv.rows();
  }

  private List<String> found() {
    return problems.all().stream().map(p -> p.line() + " " + p.key() + ": " + p.found()).toList();
  }

  @Test
  void everyColumnReachesItsField() throws IOException {
    List<TagRow> rows =
        read(
            String.join(",", TagCsv.COLUMNS),
            "furnace.zone1.sp,plc,hr:100,FLOAT32,°C,fast,0,1200,true,700,950,0.5,60,10s,850,0.25,"
                + "0.1,-40,Zone 1,1구역");
    assertEquals(List.of(), found());
    TagRow row = rows.get(0);
    Tag tag = row.tag();
    assertEquals("furnace.zone1.sp", tag.name());
    assertEquals("plc", tag.device());
    assertEquals("hr:100", row.address());
    assertEquals("float32", row.type());
    assertEquals("°C", tag.unit().symbol());
    assertEquals("fast", row.scan());
    assertEquals(new Range(0, 1200), tag.range());
    assertEquals(
        new WritePolicy(new Range(700, 950), 0.5, 60, Duration.ofSeconds(10), 850, 0.25),
        tag.write());
    assertEquals(0.1, row.scale());
    assertEquals(-40, row.offset());
    assertEquals("Zone 1", tag.description().en());
    assertEquals("1구역", tag.description().ko());
    assertEquals(2, row.line());
  }

  @Test
  void threeColumnsAreEnoughAndNothingIsWritableUnlessSaid() throws IOException {
    List<TagRow> rows = read("tag,device,address", "a,plc,hr:1");
    assertEquals(List.of(), found());
    assertFalse(rows.get(0).tag().writable());
    assertEquals(Range.ALL, rows.get(0).tag().range());
    assertEquals(1, rows.get(0).scale());
  }

  @Test
  void defaultsOfAWritableTagAreCareful() throws IOException {
    Tag tag =
        read("tag,device,address,writable,write_low,write_high", "a,plc,hr:1,true,100,300")
            .get(0)
            .tag();
    WritePolicy write = tag.writePolicy();
    assertEquals(2, write.ratePerSecond(), "a hundredth of the range");
    assertEquals(Double.POSITIVE_INFINITY, write.movePerHour());
    assertEquals(Duration.ofSeconds(30), write.hold());
    assertFalse(write.hasSafeValue());
    assertEquals(3e-4, write.tolerance(), 1e-12);
  }

  @ParameterizedTest
  @CsvSource({
    "bool, 1, 0, FLAG",
    "boolean, 1, 0, FLAG",
    "string16, 1, 0, TEXT",
    "int16, 1, 0, WHOLE",
    "uint64:low-first, 1, 0, WHOLE",
    "int16, 0.1, 0, NUMBER",
    "int16, 1, 0.5, NUMBER",
    "int16, 1, -40, WHOLE",
    "bcd16, 1, 0, WHOLE",
    "float32, 1, 0, NUMBER",
    "'', 1, 0, NUMBER",
  })
  void kindFollowsFromTypeAndScale(String type, String scale, String offset, Kind kind)
      throws IOException {
    List<TagRow> rows =
        read("tag,device,address,type,scale,offset", "a,p,x," + type + "," + scale + "," + offset);
    assertEquals(kind, rows.get(0).tag().kind());
  }

  @Test
  void toleranceOfAScaledWholeNumberIsHalfAStepSoThatSetpointsMayBeRounded() throws IOException {
    List<TagRow> rows =
        read(
            "tag,device,address,type,scale,writable,write_low,write_high",
            "a,p,x,int16,0.1,true,0,100",
            "b,p,x,int16,1,true,0,100",
            "c,p,x,uint32,1,true,0,4e9",
            "d,p,x,uint32,0.001,true,0,4e6");
    assertEquals(0.05, rows.get(0).tag().writePolicy().tolerance());
    assertEquals(1e-4, rows.get(1).tag().writePolicy().tolerance(), 1e-12);
    assertEquals(0.5, rows.get(2).tag().writePolicy().tolerance(), "not 4,000");
    assertEquals(5e-4, rows.get(3).tag().writePolicy().tolerance(), "not 4");
  }

  @Test
  void whatIsReadBackHalfAStepAwayIsTheSame() throws IOException {
    List<TagRow> rows =
        read(
            "tag,device,address,type,scale,writable,write_low,write_high",
            "a,p,x,int16,0.1,true,0,100");
    assertTrue(rows.get(0).tag().writePolicy().isSame(0.55, 6 * 0.1));
    assertFalse(rows.get(0).tag().writePolicy().isSame(0.54, 6 * 0.1));
    assertFalse(rows.get(0).tag().writePolicy().isSame(0.5, Double.NaN));
  }

  @Test
  void mistakesAreFoundAllAtOnceWithLineAndColumn() throws IOException {
    read(
        "tag,device,address,low,high,scale,writable,write_low,write_high,hold,safe,tolerance",
        "a b,p,x",
        "b,,x",
        "c,p,x,10,5",
        "d,p,x,,,0",
        "e,p,x,,,,maybe",
        "f,p,x,,,,true",
        "g,p,x,,,,true,0,10,10,,",
        "h,p,x,,,,true,0,10,,11,-1",
        "i,p,x,1d,NaN",
        "b,p,x");
    assertEquals(
        List.of(
            "2 tag: 'a b'",
            "3 device: nothing",
            "4 high: 5.0",
            "5 scale: 0",
            "6 writable: 'maybe'",
            "7 write_low: nothing",
            "7 write_high: nothing",
            "8 hold: '10'",
            "9 safe: 11.0",
            "9 tolerance: -1.0",
            "10 low: '1d'",
            "10 high: 'NaN'",
            "11 tag: 'b' again"),
        found());
  }

  @Test
  void nameUsedInAnotherFileIsReportedWithItsPlace() throws IOException {
    read("tag,device,address", "a,p,x");
    Path other = folder.resolve("other.csv");
    Files.writeString(other, "tag,device,address\nb,p,x\na,p,x\n");
    csv.read(other);
    assertEquals(1, problems.all().size());
    assertTrue(problems.all().get(0).allowed().contains("tags.csv:2"));
    assertEquals(List.of(0, 1), csv.rows().stream().map(r -> r.tag().index()).toList());
  }

  @Test
  void unknownMissingAndDoubledColumnsAreReported() throws IOException {
    read("tag,device,adress", "a,p,x");
    assertEquals(List.of("1 address: no such column", "1 adress: an unknown column"), found());
    Path doubled = folder.resolve("doubled.csv");
    Files.writeString(doubled, "tag,device,address,unit,unit\na,p,x,C,F\n");
    csv.read(doubled);
    assertEquals(3, problems.all().size());
  }

  @Test
  void commaInAnUnquotedTextIsReportedInsteadOfShiftingColumns() throws IOException {
    read("tag,device,address,description_en", "a,p,x,Zone 1, upper", "b,p,x,\"Zone 1, upper\"");
    assertEquals(List.of("2 (line): 5 values"), found());
    assertEquals("Zone 1, upper", csv.rows().get(1).tag().description().en());
  }

  @Test
  void whatSpreadsheetsLeaveBehindIsTolerated() throws IOException {
    List<TagRow> rows =
        read(
            "\uFEFFtag , device,address,writable,write_low,write_high\r",
            "a,p,hr:1,TRUE,0,1\r",
            ",,,,,\r",
            "\r",
            " b ,p, hr:2 ,FALSE,,\r");
    assertEquals(List.of(), found());
    assertEquals(List.of("a", "b"), rows.stream().map(r -> r.tag().name()).toList());
    assertTrue(rows.get(0).tag().writable());
    assertEquals("hr:2", rows.get(1).address());
    assertEquals(5, rows.get(1).line());
  }

  @Test
  void listSavedByKoreanExcelIsRead() throws IOException {
    String text = "tag,device,address,description_ko\n로.온도,p,x,침탄로 온도\n";
    List<TagRow> rows = read(text.getBytes(Charset.forName("x-windows-949")));
    assertEquals(List.of(), found());
    assertEquals("로.온도", rows.get(0).tag().name());
    assertEquals("침탄로 온도", rows.get(0).tag().description().ko());
  }

  @Test
  void fileThatIsMissingEmptyOrNoTextIsReported() throws IOException {
    csv.read(folder.resolve("missing.csv"));
    read(new byte[0]);
    read(new byte[] {(byte) 0xFF, (byte) 0xFE, 't', 0});
    List<String> keys = problems.all().stream().map(Problem::key).distinct().toList();
    assertTrue(keys.contains("(file)"), found().toString());
    assertEquals(List.of(), csv.rows());
    assertTrue(problems.all().size() >= 3, found().toString());
  }
}
