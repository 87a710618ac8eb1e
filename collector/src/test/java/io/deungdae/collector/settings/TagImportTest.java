package io.deungdae.collector.settings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagImportTest {

  private static final Charset CP949 = Charset.forName("x-windows-949");
  private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

  @TempDir private Path folder;

  private Path file(String name, String content, Charset charset) throws IOException {
    return Files.write(folder.resolve(name), content.getBytes(charset));
  }

  private Path file(String name, String content) throws IOException {
    return file(name, content, StandardCharsets.UTF_8);
  }

  private static String lines(String... lines) {
    return String.join("\n", lines) + "\n";
  }

  private List<String> preview(String before, String update) throws IOException, ConfigException {
    return TagImport.of(file("new.csv", update), file("tags.csv", before), false).preview();
  }

  private String applied(String before, String update, boolean prune)
      throws IOException, ConfigException {
    Path into = file("tags.csv", before);
    TagImport.of(file("new.csv", update), into, prune).apply(NOW);
    return Files.readString(into);
  }

  private List<String> mistakes(String before, String update) throws IOException {
    Path into = file("tags.csv", before);
    Path from = file("new.csv", update);
    ConfigException e = assertThrows(ConfigException.class, () -> TagImport.of(from, into, false));
    assertEquals(before, Files.readString(into));
    return e.problems().stream()
        .map(p -> Path.of(p.file()).getFileName() + ":" + p.line() + " " + p.key())
        .toList();
  }

  @Test
  void thePreviewNamesEachColumnThatDiffers() throws IOException, ConfigException {
    assertEquals(
        List.of("+ c", "~ a", "    address: hr:1 -> hr:9", "    unit: (empty) -> kW", "- b"),
        preview(
            "tag,device,address,unit\na,plc,hr:1,\nb,plc,hr:2,\n",
            "tag,device,address,unit\nc,plc,hr:3,\na,plc,hr:9,kW\n"));
  }

  @Test
  void orderCommentsAndColumnsThatTheNewListLacksStay() throws IOException, ConfigException {
    assertEquals(
        lines(
            "# our plant",
            "tag,device,address,unit",
            "# first line",
            "b,plc,hr:7,\"kW, th\"",
            "",
            "\"a\" , plc,hr:1,°C",
            "c,plc,hr:3,"),
        applied(
            lines(
                "# our plant",
                "tag,device,address,unit",
                "# first line",
                "b,plc,hr:2,\"kW, th\"",
                "",
                "\"a\" , plc,hr:1,°C"),
            "tag,device,address\nc,plc,hr:3\nb,plc,hr:7\n",
            false));
  }

  @Test
  void aFewColumnsAreEnoughForTagsThatAreThere() throws IOException, ConfigException {
    assertEquals(
        "tag,device,address,group\na,plc,hr:1,energy\nb,plc,hr:2\n",
        applied("tag,device,address\na,plc,hr:1\nb,plc,hr:2\n", "tag,group\na,energy\n", false));
  }

  @Test
  void pruningTakesOutWhatTheNewListLacks() throws IOException, ConfigException {
    assertEquals(
        "tag,device,address\nb,plc,hr:2\n",
        applied("tag,device,address\na,plc,hr:1\nb,plc,hr:2\n", "tag\nb\n", true));
  }

  @Test
  void whatASpreadsheetWritesDifferentlyIsNoDifference() throws IOException, ConfigException {
    assertEquals(
        List.of(),
        preview(
            "tag,device,address,scale,writable,write_low,write_high\na,plc,hr:1,0.10,true,0.0,5\n",
            lines(
                "\uFEFFtag;device;address;scale;writable;write_low;write_high;;\r",
                "a;plc;hr:1;0.1;TRUE;0;5;;\r",
                ";;;;;;;;\r")));
  }

  @Test
  void tabsOfAUnicodeTextAreRead() throws IOException, ConfigException {
    Path from = file("new.txt", "\uFEFFtag\tunit\r\na\t°C\r\n", StandardCharsets.UTF_16LE);
    Path into = file("tags.csv", "tag,device,address\na,plc,hr:1\n");
    assertEquals(
        List.of("~ a", "    unit: (empty) -> °C"), TagImport.of(from, into, false).preview());
  }

  @Test
  void theListKeepsItsEncodingAndLineEnds() throws IOException, ConfigException {
    Path into = file("tags.csv", "tag,device,address\r\n온도,plc,hr:1\r\n", CP949);
    Path from = file("new.csv", "tag,device,address\n압력,plc,hr:2\n");
    TagImport.of(from, into, false).apply(NOW);
    assertArrayEquals(
        "tag,device,address\r\n온도,plc,hr:1\r\n압력,plc,hr:2\r\n".getBytes(CP949),
        Files.readAllBytes(into));
  }

  @Test
  void aCharacterThatTheEncodingLacksChangesNothing() throws IOException, ConfigException {
    byte[] before = "tag,device,address,unit\n온도,plc,hr:1,\n".getBytes(CP949);
    Path into = Files.write(folder.resolve("tags.csv"), before);
    TagImport merge = TagImport.of(file("new.csv", "tag,unit\n온도,m²·😀\n"), into, false);
    IOException e = assertThrows(IOException.class, () -> merge.apply(NOW));
    assertTrue(String.valueOf(e.getMessage()).contains("save it as UTF-8"), e.getMessage());
    assertArrayEquals(before, Files.readAllBytes(into));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count(), "no half-written file");
    }
  }

  @Test
  void theOldListIsKeptBeside() throws IOException, ConfigException {
    String before = "tag,device,address\na,plc,hr:1\n";
    Path into = file("tags.csv", before);
    Path backup =
        TagImport.of(file("new.csv", "tag,device,address\nb,plc,hr:2\n"), into, false)
            .apply(NOW)
            .orElseThrow();
    assertEquals("tags.csv.20261123-060000.bak", backup.getFileName().toString());
    assertEquals(before, Files.readString(backup));
  }

  @Test
  void aListThatIsNotThereIsMade() throws IOException, ConfigException {
    Path into = folder.resolve("fresh.csv");
    TagImport merge =
        TagImport.of(file("new.csv", "tag,device,address\nb,plc,hr:2\n"), into, false);
    assertEquals(1, merge.added());
    assertTrue(merge.apply(NOW).isEmpty());
    assertEquals("tag,device,address\nb,plc,hr:2\n", Files.readString(into));
  }

  @Test
  void allMistakesAreNamedWhereTheyWereMade() throws IOException {
    assertEquals(
        List.of("new.csv:2 low", "new.csv:3 writable", "new.csv:4 device"),
        mistakes(
            "tag,device,address\na,plc,hr:1\n",
            lines(
                "tag,device,address,low,writable",
                "a,plc,hr:1,\"1,234\",",
                "b,plc,hr:2,,maybe",
                "c,,hr:3,,")));
    assertEquals(
        List.of("new.csv:1 colour", "new.csv:4 tag"),
        mistakes(
            "tag,device,address\na,plc,hr:1\n",
            "tag,device,address,colour\nb,plc,hr:2,red\nc,plc,hr:3,red\nb,plc,hr:4,blue\n"));
    assertEquals(
        List.of("new.csv:2 (line)"),
        mistakes("tag,device,address\na,plc,hr:1\n", "tag,unit\na,\"kW\nb,kW\n"));
  }

  @Test
  void aThousandsSeparatorIsExplained() throws IOException {
    Path into = file("tags.csv", "tag,device,address\na,plc,hr:1\n");
    Path from = file("new.csv", "tag,high\na,\"1,234.5\"\n");
    ConfigException e = assertThrows(ConfigException.class, () -> TagImport.of(from, into, false));
    assertEquals(
        "a number with a decimal point and no thousands separator", e.problems().get(0).allowed());
  }

  @Test
  void aHundredThousandTagsAreMergedInSeconds() throws IOException, ConfigException {
    Path into = file("tags.csv", many(100_000, 0));
    Path from = file("new.csv", many(100_000, 5));
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long startNs = thread.getCurrentThreadCpuTime();
    TagImport merge = TagImport.of(from, into, false);
    merge.apply(NOW);
    Duration took = Duration.ofNanos(thread.getCurrentThreadCpuTime() - startNs);
    assertEquals(20_000, merge.changed());
    assertEquals(80_000, merge.unchanged());
    assertTrue(took.toSeconds() < 10, () -> took + " of processor time");
  }

  /** A list whose every fifth line is elsewhere when {@code shift} is not 0. */
  private static String many(int count, int shift) {
    StringBuilder text =
        new StringBuilder("tag,device,address,type,unit,low,high,description_en,description_ko\n");
    for (int i = 0; i < count; i++) {
      int address = i % 5 == 0 ? i + shift : i;
      text.append("line").append(i / 100).append(".tag").append(i).append(",plc,hr:");
      text.append(address).append(",float32,°C,0,1200,Temperature of zone ").append(i);
      text.append(",구역 온도 ").append(i).append('\n');
    }
    return text.toString();
  }
}
