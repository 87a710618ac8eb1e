package io.deungdae.collector.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SectionTest {

  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofDays(400);

  private @TempDir Path folder;
  private final Problems problems = new Problems();

  private Section read(String yaml) throws IOException {
    return read(yaml, Overrides.none());
  }

  private Section read(String yaml, Overrides overrides) throws IOException {
    Path file = folder.resolve("site.yaml");
    Files.writeString(file, yaml);
    return SettingsFile.read(file, overrides, problems);
  }

  private List<String> found() {
    return problems.all().stream().map(p -> p.line() + " " + p.key() + ": " + p.found()).toList();
  }

  @Test
  void valuesAreReadAndMissingOnesTakeTheirDefaults() throws IOException {
    Section s =
        read("a: text\nb: 12\nc: 0.5\nd: true\ne: 1.5s\nf: Hours\ng: [x, y]\nh: {p: 1, q: 2}\n");
    assertEquals("text", s.text("a"));
    assertEquals(12, s.integer("b", 1, 0, 100));
    assertEquals(0.5, s.number("c", 1, 0, 1));
    assertTrue(s.flag("d", false));
    assertEquals(Duration.ofMillis(1500), s.duration("e", SHORT, SHORT, LONG));
    assertEquals(TimeUnit.HOURS, s.choice("f", TimeUnit.DAYS));
    assertEquals(List.of("x", "y"), s.texts("g"));
    assertEquals(Map.of("p", 1.0, "q", 2.0), s.numbers("h"));
    assertEquals(7, s.integer("missing", 7, 0, 100));
    assertEquals(List.of(), s.texts("nothing"));
    s.done();
    assertEquals(List.of(), found());
  }

  @Test
  void mistakesNameLineKeyFindAndRule() throws IOException {
    Section s =
        read("plant:\n  port: 70000\n  mode: fast\n  on: yes\n  wait: 5 apples\n  of: 1d\n");
    Section plant = s.section("plant");
    assertEquals(502, plant.integer("port", 502, 1, 65535));
    plant.choice("mode", TimeUnit.DAYS);
    plant.flag("on", false);
    plant.duration("wait", SHORT, SHORT, LONG);
    plant.number("of", 0, 0, 10);
    plant.text("host");
    assertEquals(
        List.of(
            "2 plant.port: '70000'",
            "2 plant.host: nothing",
            "3 plant.mode: 'fast'",
            "4 plant.on: 'yes'",
            "5 plant.wait: '5 apples'",
            "6 plant.of: '1d'"),
        found());
    assertEquals("a whole number from 1 to 65535", problems.all().get(0).allowed());
    ConfigException e = assertThrows(ConfigException.class, problems::throwIfAny);
    assertEquals(6, e.problems().size());
  }

  @Test
  void keyNobodyAskedForIsAMistake() throws IOException {
    Section s = read("host: a\nprot: 1\n");
    s.text("host");
    s.integer("port", 502, 1, 65535);
    s.done();
    assertEquals(List.of("2 prot: an unknown key"), found());
    assertEquals("one of host, port", problems.all().get(0).allowed());
  }

  @Test
  void requiredTextMayNotBeBlank() throws IOException {
    Section s = read("host:\npath: ' '\n");
    s.text("host");
    s.file("path");
    assertEquals(List.of("1 host: ''", "2 path: ' '"), found());
  }

  @Test
  void shapesThatDoNotFitAreMistakes() throws IOException {
    Section s = read("a: {b: 1}\nc: 3\nd: [1]\ne: 5\n");
    s.text("a", "");
    s.section("c");
    s.section("d");
    s.sections("e");
    assertEquals(List.of("1 a: a section", "2 c: '3'", "3 d: a list", "4 e: '5'"), found());
  }

  @Test
  void sectionLeftEmptyIsAllDefaults() throws IOException {
    Section s = read("a:\nb:\n");
    assertEquals(3, s.section("a").integer("x", 3, 0, 9));
    assertEquals(List.of(), s.sections("b"));
    assertEquals(Optional.empty(), s.optionalSection("c"));
    assertEquals(List.of(), found());
  }

  @Test
  void entriesOfAListAreNamedByTheirName() throws IOException {
    Section s = read("devices:\n  - name: press-1\n    port: x\n  - port: 1\n");
    List<Section> devices = s.sections("devices");
    assertEquals("devices.press-1", devices.get(0).path());
    devices.get(0).integer("port", 1, 1, 9);
    devices.get(1).text("name");
    assertEquals(List.of("3 devices.press-1.port: 'x'", "4 devices.[1].name: nothing"), found());
  }

  @Test
  void overridesReplaceWhatTheFileSaysAndAreCheckedToo() throws IOException {
    Overrides overrides =
        new Overrides(
            Map.of(
                "devices.plc.modbus.port", "1502", "devices.plc.modbus.unit", "x", "no.such", "1"));
    Section s = read("devices:\n  - name: plc\n    modbus: {port: 502}\n", overrides);
    Section modbus = s.sections("devices").get(0).section("modbus");
    assertEquals(1502, modbus.integer("port", 502, 1, 65535));
    assertEquals(1, modbus.integer("unit", 1, 0, 255));
    overrides.reportUnused(problems);
    assertEquals(
        List.of("0 devices.plc.modbus.unit: 'x'", "0 no.such: a setting that does not exist"),
        found());
  }

  @ParameterizedTest
  @CsvSource({
    "250us, 250000",
    "500ms, 500000000",
    "1.5s, 1500000000",
    "5min, 300000000000",
    "1h, 3600000000000",
    "30 d, 2592000000000000",
    "0s, 0",
  })
  void durations(String text, long nanos) {
    assertEquals(Optional.of(Duration.ofNanos(nanos)), Section.parseDuration(text));
    Duration duration = Duration.ofNanos(nanos);
    assertEquals(Optional.of(duration), Section.parseDuration(Section.show(duration)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-1s", "1 hour", "1e3ms", "5m"})
  void textsThatAreNoDuration(String text) {
    assertEquals(Optional.empty(), Section.parseDuration(text));
  }

  @Test
  void pathsAreRelativeToTheSettingsFile() throws IOException {
    Section s = read("a: tags/x.csv\nb: /etc/x\n");
    assertEquals(folder.resolve("tags/x.csv"), s.file("a"));
    assertEquals(Path.of("/etc/x"), s.file("b", "x"));
    assertEquals(folder.resolve("data"), s.file("c", "data"));
  }

  @Test
  void secretIsNeverPrinted() throws IOException {
    Files.writeString(folder.resolve("password"), "hunter2\n");
    Section s = read("password: password\n");
    Secret secret = s.secret("password");
    assertEquals("***", secret.toString());
    assertEquals("hunter2", secret.reveal());
    assertFalse(s.secret("none").isPresent());
  }

  @Test
  void labelsMayHaveTwoLanguages() throws IOException {
    Section s = read("a: Furnace\nb: {en: Furnace, ko: 침탄로}\n");
    assertEquals("Furnace", s.label("a", "").ko());
    assertEquals("침탄로", s.label("b", "").ko());
  }

  @Test
  void brokenFilesAreReportedWithTheirLine() throws IOException {
    read("a: 1\nb: [1, 2\nc: 3\n");
    assertEquals(1, problems.all().size());
    assertTrue(problems.all().get(0).line() >= 2, found().toString());
    read("a: 1\na: 2\n");
    assertEquals(2, problems.all().size(), "a key given twice: " + found());
    read("- 1\n");
    SettingsFile.read(folder.resolve("missing.yaml"), Overrides.none(), problems);
    Files.write(folder.resolve("bytes.yaml"), new byte[] {'a', ':', ' ', (byte) 0xFF});
    SettingsFile.read(folder.resolve("bytes.yaml"), Overrides.none(), problems);
    assertEquals(5, problems.all().size(), found().toString());
  }
}
