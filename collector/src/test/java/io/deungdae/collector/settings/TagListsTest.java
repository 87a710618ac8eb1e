package io.deungdae.collector.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.signal.Recording;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagListsTest {

  @TempDir private Path folder;
  private final Problems problems = new Problems();

  private TagLists lists(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("site.yaml"), yaml);
    Section root = SettingsFile.read(file, Overrides.none(), problems);
    TagLists lists = TagLists.read(root);
    root.done();
    return lists;
  }

  private List<TagRow> rows(String yaml) throws IOException {
    TagCsv csv = new TagCsv(problems, "acme/busan");
    lists(yaml).into(csv);
    return csv.rows();
  }

  private List<String> found() {
    return problems.all().stream()
        .map(
            p -> Path.of(p.file()).getFileName() + ":" + p.line() + " " + p.key() + " " + p.found())
        .toList();
  }

  private void template(String... lines) throws IOException {
    Files.write(folder.resolve("press.csv"), List.of(lines), StandardCharsets.UTF_8);
  }

  @Test
  void aTemplateIsWrittenOutForEachMachine() throws IOException {
    template(
        "tag,device,address,path,description_ko",
        "{name}.temp,{device},hr:{base+10},moulding/line{line}/{name},{n}호기 온도",
        "{name}.count,{device},hr:{base + (n-1)*2},moulding/line{line}/{name},{n:02}호기 {{수량}}");
    List<TagRow> rows =
        rows(
            """
            templates:
              - csv: press.csv
                machines:
                  - press-1 device=plc-1 base=100 line=1
                  - press-2 device=plc-2 base=200 line=1
            """);
    assertEquals(List.of(), problems.all());
    assertEquals(
        List.of("press-1.temp", "press-1.count", "press-2.temp", "press-2.count"),
        rows.stream().map(row -> row.tag().name()).toList());
    assertEquals(
        List.of("hr:110", "hr:100", "hr:210", "hr:202"),
        rows.stream().map(TagRow::address).toList());
    Tag last = rows.get(3).tag();
    assertEquals("plc-2", last.device());
    assertEquals("acme/busan/moulding/line1/press-2/press-2.count", last.pathName());
    assertEquals("02호기 {수량}", last.description().ko());
  }

  @Test
  void machinesMayStandInAList() throws IOException {
    template("tag,device,address", "{name}.t,{plc},hr:{base}");
    Files.writeString(folder.resolve("presses.csv"), "name,plc,base\np1,a,1\np2,b,21\n");
    List<TagRow> rows = rows("templates:\n  - {csv: press.csv, list: presses.csv}\n");
    assertEquals(List.of(), problems.all());
    assertEquals(List.of("hr:1", "hr:21"), rows.stream().map(TagRow::address).toList());
  }

  @Test
  void mistakesNameTheTemplatesLineAndTheMachine() throws IOException {
    template(
        "tag,device,address,scale,low",
        "{name}.a,{device},hr:{bas+10},0,",
        "{name}.b,{device},hr:{base+},1,",
        "{name}.c,{device},hr:{name*2},1,{",
        "d,plc,hr:1,1,");
    rows(
        """
        templates:
          - csv: press.csv
            machines:
              - p1 device=plc base=100
              - p2 device=plc base=200
              - p2 device=plc base=200
              - device=plc
          - csv: press.csv
        """);
    List<String> found = found();
    for (String expected :
        List.of(
            "press.csv [p1]:2 address 'hr:{bas+10}'",
            "press.csv [p1]:2 scale 0",
            "press.csv [p1]:3 address 'hr:{base+}'",
            "press.csv [p1]:4 address 'hr:{name*2}'",
            "press.csv [p1]:4 low '{'",
            "press.csv [p2]:2 address 'hr:{bas+10}'",
            "press.csv [p2]:5 tag 'd' again",
            "site.yaml:3 templates.[0].machines 'p2' again",
            "site.yaml:3 templates.[0].machines 'device=plc'",
            "site.yaml:8 templates.[1].machines no machine")) {
      assertTrue(found.contains(expected), expected + " is not in " + found);
    }
  }

  @Test
  void placeGroupTimeAndRecordingReachTheTag() throws IOException {
    Files.writeString(
        folder.resolve("tags.csv"),
        """
        tag,device,address,low,high,path,group,time,deadband,swing,max_interval
        a,plc,hr:1,0,200,melting/line1,energy,arrival,1%,,30s
        b,plc,hr:2,,,,,,,0.5,
        c,plc,hr:3,,,,,,,,
        """);
    List<TagRow> rows = rows("tags: [tags.csv]\n");
    assertEquals(List.of(), problems.all());
    Tag a = rows.get(0).tag();
    assertEquals("acme/busan/melting/line1", a.path());
    assertEquals("energy", a.group());
    assertEquals(new Recording(2, Double.NaN, Duration.ofSeconds(30)), a.recording());
    assertEquals(TimeSource.ARRIVAL, rows.get(0).orTime(TimeSource.SERVER).time());
    assertEquals(
        new Recording(Double.NaN, 0.5, Duration.ofMinutes(10)), rows.get(1).tag().recording());
    assertEquals(TimeSource.SERVER, rows.get(1).orTime(TimeSource.SERVER).time());
    assertTrue(rows.get(2).tag().recording().isEverything());
    assertEquals("acme/busan", rows.get(2).tag().path());
  }

  @Test
  void whatCannotBeRecordedSoIsReported() throws IOException {
    Files.writeString(
        folder.resolve("tags.csv"),
        """
        tag,device,address,type,path,time,deadband,swing,max_interval
        a,plc,hr:1,,,,1%,,
        b,plc,hr:2,,,,1,1,
        c,plc,hr:3,bool,,,,1,
        d,plc,hr:4,,,,-1,,
        e,plc,hr:5,,,,,,10s
        f,plc,hr:6,,/x/,,,,
        g,plc,hr:7,,,mine,,,
        """);
    rows("tags: [tags.csv]\n");
    assertEquals(
        List.of(
            "tags.csv:2 deadband '1%'",
            "tags.csv:3 swing a deadband as well",
            "tags.csv:4 swing 1",
            "tags.csv:5 deadband '-1'",
            "tags.csv:6 max_interval 10s",
            "tags.csv:7 path '/x/'",
            "tags.csv:8 time 'mine'"),
        found());
  }

  @Test
  void anExportCanBeImportedAgainAndChangesNothing() throws IOException, ConfigException {
    template("tag,device,address,unit", "{name}.t,plc,hr:{n*10},℃");
    Files.writeString(
        folder.resolve("tags.csv"),
        "tag,device,address,description_en\na,plc,hr:1,\"x, \"\"y\"\"\"\n");
    String yaml = "tags: [tags.csv]\ntemplates:\n  - {csv: press.csv, machines: [p1, p2]}\n";
    Path out = folder.resolve("out.csv");
    assertEquals(3, TagImport.export(lists(yaml), out, StandardCharsets.UTF_8));
    byte[] bytes = Files.readAllBytes(out);
    assertEquals((byte) 0xEF, bytes[0], "Excel needs the mark");
    assertEquals(
        "\uFEFFtag,device,address,unit,description_en\r\na,plc,hr:1,,\"x, \"\"y\"\"\"\r\n"
            + "p1.t,plc,hr:10,℃,\r\np2.t,plc,hr:20,℃,\r\n",
        Files.readString(out));
    assertTrue(TagImport.of(out, out, false).changesNothing(true));
  }
}
