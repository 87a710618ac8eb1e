package io.deungdae.control.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.settings.ConfigException;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.settings.Problem;
import io.deungdae.collector.signal.Tag;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is said all at once, where it is, and nothing is connected to find out. */
class SiteMistakesTest {

  private static final String TAGS =
      """
      tag,device,address,type,unit,writable,write_low,write_high,description_ko
      press.sp,plc,hr:0,float32,bar,true,0,10,설정 압력
      press.pv,plc,hr:2,float32,bar,,,,압력
      press.power,plc,hr:4,float32,kW,,,,전력
      press.serial,plc,hr:6,string8,,,,,
      press.remote,plc,di:0,bool,,,,,
      press.watchdog,plc,di:1,bool,,,,,
      press.beat,plc,hr:20,uint16,,true,0,65535,
      """;

  private static final String SITE =
      """
      name: works
      tags: [tags.csv]
      devices:
        - name: plc
          protocol: modbus
          modbus: {host: 192.0.2.1}
      units:
        - name: press
          manipulated:
            - {setpoint: press.sp, processValue: press.pv}
          objective:
            terms: {press.power: 1}
          loop:
            mode: observe
            handshake: {remote: press.remote, watchdog: press.watchdog, heartbeat: press.beat}
      """;

  private @TempDir Path folder;

  @BeforeEach
  void soundSite() throws IOException {
    Files.writeString(folder.resolve("site.yaml"), SITE);
    Files.writeString(folder.resolve("tags.csv"), TAGS);
  }

  private SiteSettings read(Map<String, String> overrides) throws ConfigException {
    return SiteSettings.read(folder.resolve("site.yaml"), new Overrides(overrides));
  }

  private List<Problem> problems(Map<String, String> overrides) {
    return assertThrows(ConfigException.class, () -> read(overrides)).problems();
  }

  private List<String> mistakes() {
    return problems(Map.of()).stream().map(SiteMistakesTest::show).toList();
  }

  private static String show(Problem problem) {
    Path file = Path.of(problem.file()).getFileName();
    return file + ":" + problem.line() + " " + problem.key() + ": " + problem.found();
  }

  /** The sound file with one text replaced. */
  private void change(String sound, String broken) throws IOException {
    Path file = folder.resolve("site.yaml");
    String before = Files.readString(file);
    String after = before.replace(sound, broken);
    assertTrue(!after.equals(before), sound);
    Files.writeString(file, after);
  }

  @Test
  void soundSiteHasNone() throws ConfigException {
    SiteSettings site = read(Map.of());
    assertEquals("press.objective", site.tags().get("press.objective").name());
    assertEquals(folder.resolve("data"), site.data());
  }

  @Test
  void allAreReportedAtOnceEachInItsPlace() throws IOException {
    Files.writeString(
        folder.resolve("site.yaml"),
        """
        name: works
        colour: blue
        tags: [tags.csv, missing.csv]
        devices:
          - name: plc
            protocol: modbus
            scan: {fast: quick}
            modbus: {host: 192.0.2.1, port: 70000, unit: one}
          - name: plc
            protocol: profinet
          - name: meters
            protocol: mqtt
            mqtt: {broker: "tcp://192.0.2.2:1883", qos: 3}
        historian: {commit: 0s, retention: 90}
        influx:
          - {name: a, url: "http://127.0.0.1:8086", version: v1, database: d}
          - {name: a, url: ftp://there, version: v4}
        units:
          - name: press room
            manipulated:
              - {setpoint: press.pv}
              - {setpoint: press.gone, processValue: press.serial}
            disturbances: [press.power, press.power]
            objective: {terms: {press.cost: 1}}
            analytics: {step: soon, faults: faults.yaml}
            loop: {mode: autonomous, period: 5h}
        kamp: {enabled: yes}
        console: {port: -1, listn: 0.0.0.0}
        """);
    Files.writeString(
        folder.resolve("tags.csv"),
        TAGS
            + """
            press.sp,plc,hr:30,float32,,,,,
            press speed,plc,hr:32,float32,,,,,
            press.far,plc,hr:99999,float32,,,,,
            press.odd,plc,hr:34,float33,,,,,
            press.lost,robot,hr:36,float32,,,,,
            press.free,plc,hr:38,float32,,true,5,1,
            press.many,plc,hr:40,float32,,,,,,,,1
            """);
    assertEquals(
        List.of(
            "faults.yaml:0 (file): no such file",
            "missing.csv:0 (file): a file that cannot be read: " + folder.resolve("missing.csv"),
            "site.yaml:2 colour: an unknown key",
            "site.yaml:7 devices.plc.scan.fast: 'quick'",
            "site.yaml:8 devices.plc.modbus.port: '70000'",
            "site.yaml:8 devices.plc.modbus.unit: 'one'",
            "site.yaml:9 devices.plc.name: 'plc' again",
            "site.yaml:10 devices.plc.protocol: 'profinet'",
            "site.yaml:13 devices.meters.mqtt.qos: '3'",
            "site.yaml:14 historian.retention: '90'",
            "site.yaml:14 historian.commit: '0s'",
            "site.yaml:17 influx.a.version: 'v4'",
            "site.yaml:17 influx.a.url: 'ftp://there'",
            "site.yaml:17 influx.a.database: nothing",
            "site.yaml:17 influx.a.name: 'a' again",
            "site.yaml:19 units.press room.name: 'press room'",
            "site.yaml:21 units.press room.manipulated.[0].setpoint: 'press.pv', which is not"
                + " writable",
            "site.yaml:22 units.press room.manipulated.[1].setpoint: 'press.gone'",
            "site.yaml:22 units.press room.manipulated.[1].processValue: 'press.serial', a text",
            "site.yaml:23 units.press room.disturbances: 'press.power', which is in disturbances"
                + " already",
            "site.yaml:24 units.press room.objective.terms: 'press.cost'",
            "site.yaml:25 units.press room.analytics.step: 'soon'",
            "site.yaml:26 units.press room.loop.period: '5h'",
            "site.yaml:26 units.press room.loop.mode: 'autonomous' without a handshake",
            "site.yaml:27 kamp.enabled: 'yes'",
            "site.yaml:28 console.port: '-1'",
            "site.yaml:28 console.listn: an unknown key",
            "tags.csv:9 tag: 'press.sp' again",
            "tags.csv:10 tag: 'press speed'",
            "tags.csv:11 address of press.far: 'hr:99999'",
            "tags.csv:12 type of press.odd: 'float33'",
            "tags.csv:13 device of press.lost: 'robot'",
            "tags.csv:14 write_high: 1.0",
            "tags.csv:15 (line): 12 values"),
        mistakes());
  }

  @Test
  void eachSaysWhatIsAllowed() throws IOException {
    change("host: 192.0.2.1", "host: 192.0.2.1, port: 70000");
    change("mode: observe", "mode: automatic");
    List<Problem> problems = problems(Map.of());
    assertEquals("a whole number from 1 to 65535", problems.get(0).allowed());
    assertEquals("one of observe, advise, supervised, autonomous", problems.get(1).allowed());
    assertTrue(
        problems
            .get(0)
            .toString()
            .endsWith("found '70000'; allowed: a whole number from 1 to 65535"),
        problems.get(0).toString());
  }

  @Test
  void unitWithoutAnythingToMoveIsReported() throws IOException {
    change("    manipulated:\n      - {setpoint: press.sp, processValue: press.pv}\n", "");
    assertEquals(List.of("site.yaml:8 units.press.manipulated: nothing"), mistakes());
  }

  @Test
  void emptyObjectiveIsReportedAndTheRestStillChecked() throws IOException {
    change("terms: {press.power: 1}", "terms: {}");
    change("    loop:", "    analytics: {stp: 1s}\n    loop:");
    assertEquals(
        List.of(
            "site.yaml:12 units.press.objective.terms: nothing",
            "site.yaml:13 units.press.analytics.stp: an unknown key"),
        mistakes());
  }

  @Test
  void tagInTwoPartsOfAUnitIsReported() throws IOException {
    change(
        "    objective:", "    measured: [press.pv]\n    disturbances: [press.sp]\n    objective:");
    change("press.power: 1", "press.power: 1, press.sp: 2");
    assertEquals(
        List.of(
            "site.yaml:11 units.press.measured: 'press.pv', which is a process value already",
            "site.yaml:12 units.press.disturbances: 'press.sp', which is a setpoint already",
            "site.yaml:14 units.press.objective.terms: 'press.sp', which is a setpoint"),
        mistakes());
  }

  @Test
  void unitsMustDifferInNameAndInWhatTheyMove() throws IOException {
    String unit = SITE.substring(SITE.indexOf("  - name: press"));
    Files.writeString(folder.resolve("site.yaml"), SITE + unit);
    assertEquals(
        List.of("site.yaml:16 units.press.name: 'press'"),
        mistakes().stream().filter(m -> m.contains("name")).toList());
    Files.writeString(folder.resolve("site.yaml"), SITE + unit.replace("name: press", "name: b"));
    assertEquals(
        List.of(
            "site.yaml:18 units.b.manipulated.[0].setpoint: 'press.sp', which unit press moves"),
        mistakes());
  }

  @Test
  void heartbeatCannotBeManipulated() throws IOException {
    change("{setpoint: press.sp,", "{setpoint: press.beat,");
    assertEquals(
        List.of(
            "site.yaml:15 units.press.loop.handshake: the heartbeat press.beat, which is"
                + " manipulated too"),
        mistakes());
  }

  @Test
  void calculatedTagsCannotBeInTheLists() throws IOException {
    Files.writeString(folder.resolve("tags.csv"), TAGS + "press.objective,plc,hr:50,float32\n");
    assertEquals(List.of("site.yaml:8 units.press.name: 'press'"), mistakes());
  }

  @Test
  void twoValuesOfAKeyDoNotHideOtherMistakes() throws IOException {
    change("name: works\n", "name: works\nname: again\nsimulated: perhaps\n");
    assertEquals(
        List.of("site.yaml:2 name: a second value", "site.yaml:3 simulated: 'perhaps'"),
        mistakes());
  }

  @Test
  void unreadableFileIsTheOnlyMistake() throws IOException {
    Files.delete(folder.resolve("site.yaml"));
    assertEquals(List.of("site.yaml:0 (file): no such file"), mistakes());
    Files.writeString(folder.resolve("site.yaml"), "name: [works\n");
    assertEquals(1, mistakes().size());
    assertTrue(mistakes().get(0).startsWith("site.yaml:2 (YAML)"), mistakes().get(0));
  }

  @Test
  void tagListsMayComeFromKoreanSpreadsheets() throws IOException, ConfigException {
    for (byte[] list :
        List.of(
            ("\uFEFF" + TAGS.replace("\n", "\r\n"))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8),
            TAGS.getBytes(Charset.forName("x-windows-949")))) {
      Files.write(folder.resolve("tags.csv"), list);
      Tag tag = read(Map.of()).tags().get("press.sp");
      assertEquals("설정 압력", tag.description().ko());
      assertTrue(tag.writable());
    }
  }

  @Test
  void overridesReplaceWhatTheFileSays() throws ConfigException {
    SiteSettings site =
        read(
            Map.of(
                "devices.plc.modbus.port", "1502",
                "console.port", "9000",
                "units.press.manipulated.[0].processValue", "press.power",
                "units.press.analytics.lags", "1min, 5min"));
    assertEquals(9000, site.console().port());
    assertEquals(
        site.tags().get("press.power"),
        site.units().get(0).unit().manipulated().get(0).processValue());
    assertEquals("192.0.2.1:1502 unit 1", site.devices().get(0).spec().endpoint());
    assertEquals(
        List.of(Duration.ofMinutes(1), Duration.ofMinutes(5)),
        site.units().get(0).analytics().lags());
  }

  @Test
  void overridesThatFitNothingAreReported() {
    List<String> found =
        problems(Map.of("console.prot", "9000", "devices.plc.modbus.port", "all")).stream()
            .map(problem -> problem.file() + " " + problem.key() + ": " + problem.found())
            .toList();
    assertEquals(
        List.of(
            "--set devices.plc.modbus.port: 'all'",
            "--set console.prot: a setting that does not exist"),
        found);
  }

  @Test
  void checkingConnectsToNothing() throws IOException {
    // 192.0.2.0/24 is for documentation (RFC 5737): connecting there waits until a time-out.
    change("host: 192.0.2.1", "host: nobody.invalid, connectTimeout: 60s, timeout: 60s");
    change(
        "units:",
        """
          - {name: opc, protocol: opcua, opcua: {endpoint: "opc.tcp://192.0.2.2:4840"}}
          - {name: bus, protocol: mqtt, mqtt: {broker: "tcp://192.0.2.3:1883"}}
        influx:
          - {name: db, url: "http://192.0.2.4:8086", version: v1, database: plant}
        units:\
        """);
    SiteSettings site = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> read(Map.of()));
    assertEquals(3, site.devices().size());
    assertTrue(Files.notExists(site.data()), "checking makes no folder either");
  }
}
