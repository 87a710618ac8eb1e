package io.deungdae.control.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a person at a terminal gets to see. */
class CliTest {

  private static final int TERMINAL = 80;

  @TempDir Path folder;

  private record Said(int code, String out, String err) {}

  private static Said say(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = RootCommand.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code = line.execute(arguments);
    return new Said(code, out.toString(), err.toString());
  }

  private String site(String yaml) throws IOException {
    Path file = folder.resolve("site.yaml");
    Files.writeString(file, yaml);
    return file.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "run",
        "check",
        "status",
        "reload",
        "forwarders",
        "forwarders refused",
        "export",
        "import history",
        "backup",
        "restore",
        "verify",
        "certificates list",
        "read",
        "browse",
        "write",
        "demo",
        "fault",
        "user",
        "user add",
        "user list",
        "user password",
        "token",
        "token create",
        "token revoke",
        "audit",
        "audit verify",
        "tags",
        "tags import",
        "tags export",
        "tags list"
      })
  void everyCommandExplainsItself(String command) {
    Said said = say((command + " --help").strip().split(" "));
    assertEquals(0, said.code());
    assertTrue(said.out().contains("Usage: " + ("deungdae " + command).strip()), said.out());
    assertTrue(said.out().lines().count() >= 5, said.out());
    said.out().lines().forEach(line -> assertTrue(line.length() <= TERMINAL, "too wide: " + line));
  }

  @Test
  void tagsAreShownBeforeTheyAreImportedAndExportedForASpreadsheet() throws IOException {
    Path tags = folder.resolve("tags.csv");
    Path update = folder.resolve("new.csv");
    Path out = folder.resolve("out.csv");
    String before = "tag,device,address,type,unit\na,plc,hr:1,float32,kW\nb,plc,hr:2,float32,kW\n";
    Files.writeString(tags, before);
    Files.writeString(
        update, "tag,device,address,type,unit\nb,plc,hr:3,float32,kW\nc,plc,hr:4,float32,℃\n");
    Said shown = say("tags", "import", update.toString(), "--into", tags.toString());
    assertEquals(0, shown.code(), shown.err());
    assertTrue(shown.out().contains("+ c"), shown.out());
    assertTrue(shown.out().contains("    address: hr:2 -> hr:3"), shown.out());
    assertTrue(
        shown.out().contains("1 new, 1 different, 0 the same, 1 not in the new list (kept)"));
    assertEquals(before, Files.readString(tags));
    Said written = say("tags", "import", update.toString(), "--into", tags.toString(), "--apply");
    assertEquals(0, written.code(), written.err());
    assertEquals(
        """
        tag,device,address,type,unit
        a,plc,hr:1,float32,kW
        b,plc,hr:3,float32,kW
        c,plc,hr:4,float32,℃
        """,
        Files.readString(tags));
    String site =
        site(
            """
            name: s
            path: acme/busan
            tags: [tags.csv]
            devices:
              - {name: plc, protocol: modbus, modbus: {host: 127.0.0.1}}
            """);
    Said listed = say("tags", "list", site, "--prefix", "c");
    assertEquals(0, listed.code(), listed.err());
    assertTrue(listed.out().startsWith("acme/busan/c\tplc\tnumber\t℃"), listed.out());
    Said exported = say("tags", "export", site, "--to", out.toString(), "--encoding", "cp949");
    assertEquals(0, exported.code(), exported.err());
    String content = new String(Files.readAllBytes(out), java.nio.charset.Charset.forName("MS949"));
    assertTrue(content.contains("c,plc,hr:4,float32,℃\r\n"), content);
  }

  @Test
  void faultsReachThePlantsWithTheirSizeWhereverItStands() {
    for (String order : new String[] {"start belt-slip --size 0.5", "--size 0.5 start belt-slip"}) {
      FaultCommand fault = new FaultCommand();
      new CommandLine(fault).parseArgs((order + " --folder /demo").split(" "));
      assertEquals(
          List.of("fault", "start", "belt-slip", "--size", "0.5", "--folder", "/demo/plants"),
          fault.arguments());
    }
  }

  @Test
  void whatIsForTheSimulatorsReachesThemAsItWasWritten() {
    SimulatorsCommand simulators = new SimulatorsCommand();
    new CommandLine(simulators).parseArgs("run plating --hours 3 --csv out.csv".split(" "));
    assertEquals(
        List.of("run", "plating", "--hours", "3", "--csv", "out.csv"), simulators.arguments());
  }

  @Test
  void saysItsVersion() {
    Said said = say("--version");
    assertEquals(0, said.code());
    assertTrue(said.out().matches("Deungdae \\d+\\.\\d+\\.\\d+.*\\R"), said.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rnu", "run", "run a.yaml b.yaml", "user", "token", "audit", "run --speed 3"})
  void whatIsNotUnderstoodIsExplainedWithCode2(String command) {
    Said said = say(command.split(" "));
    assertEquals(2, said.code(), said.err());
    assertFalse(said.err().isBlank());
    assertFalse(said.err().contains("\tat "), said.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "read hr:0",
        "read hr:0 --protocol modbuss",
        "read hr:0 --protocol modbus --set hots=10.0.0.1",
        "read hr:0 --protocol modbus --device plc",
        "browse --device plc --site nowhere.yaml",
        "status --url http://127.0.0.1:1",
        "write line.sp much"
      })
  void devicesAndGatewaysThatCannotBeMeantAreExplainedWithCode2(String command) {
    Said said = say(command.split(" "));
    assertEquals(2, said.code(), said.err());
    assertFalse(said.err().isBlank());
    assertFalse(said.err().contains("\tat "), said.err());
  }

  @Test
  void aGatewayThatDoesNotRunIsSaidInOneLine() throws IOException {
    String site = site("name: press\nconsole: {port: 1}\n");
    Said said = say("status", "--site", site);
    assertEquals(1, said.code());
    assertTrue(said.err().contains("there is no folder " + folder.resolve("data")), said.err());
    Files.createDirectories(folder.resolve("data"));
    said = say("status", "--site", site);
    assertTrue(said.err().contains("no gateway has run on " + folder.resolve("data")), said.err());
    assertEquals(1, said.err().lines().count(), said.err());
  }

  @Test
  void noCommandAtAllIsExplained() {
    Said said = say();
    assertEquals(2, said.code());
    assertTrue(said.err().contains("run"), said.err());
  }

  @Test
  void runWithoutAFileSaysWhichIsMissing() {
    assertTrue(say("run").err().contains("SITE"));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Said said = say("check", folder.resolve("nowhere.yaml").toString());
    assertEquals(2, said.code());
    assertTrue(said.err().contains("nowhere.yaml"), said.err());
    assertFalse(said.err().contains("Exception"), said.err());
  }

  @Test
  void allMistakesOfTheSettingsAreNamedAtOnce() throws IOException {
    Said said =
        say(
            "check",
            site(
                """
                name: press
                tags: [nowhere.csv]
                colour: green
                devices:
                  - {name: plc, protocol: modbuss}
                console: {port: 99999}
                """));
    assertEquals(2, said.code());
    for (String mistake : new String[] {"nowhere.csv", "colour", "modbuss", "99999"}) {
      assertTrue(said.err().contains(mistake), mistake + " is not in\n" + said.err());
    }
    assertFalse(said.err().contains("\tat "), said.err());
  }

  @Test
  void aMistypedOverrideIsAMistakeToo() throws IOException {
    Said said = say("check", site("name: press\n"), "--set", "consol.port=1");
    assertEquals(2, said.code());
    assertTrue(said.err().contains("consol"), said.err());
  }

  @Test
  void anUnusableDataFolderIsNamedWithTheReason() throws IOException {
    Files.writeString(folder.resolve("occupied"), "");
    Said said = say("run", site("name: press\ndata: occupied/data\n"));
    assertEquals(1, said.code(), said.err());
    assertTrue(said.err().contains("occupied"), said.err());
    assertFalse(said.err().contains("\tat "), said.err());
  }

  @Test
  void anAuditLogThatIsNotThereIsNotSound() throws IOException {
    Said said = say("audit", "verify", site("name: press\n"));
    assertEquals(1, said.code());
    assertTrue(said.err().contains("no audit log"), said.err());
  }

  @Test
  void peopleAreAddedListedAndGivenANewPassword() throws IOException {
    String site = site("name: press\n");
    Said added = say("user", "add", site, "--name", "kim", "--role", "operator");
    assertEquals(0, added.code(), added.err());
    assertTrue(added.out().strip().length() >= 12, "a password long enough");
    assertTrue(say("user", "list", site).out().contains("kim  OPERATOR"));

    assertEquals(2, say("user", "add", site, "--name", "kim", "--role", "viewer").code());
    Said reset = say("user", "password", site, "--name", "kim");
    assertEquals(0, reset.code());
    assertFalse(reset.out().equals(added.out()), "another password");
    assertEquals(2, say("user", "password", site, "--name", "lee").code());
  }

  @Test
  void restoreSaysHowToStartWhereTheSettingsNameAnotherDataFolder() throws IOException {
    Path elsewhere = folder.resolve("elsewhere");
    String site =
        site(
            """
            name: press
            data: %s
            """
                .formatted(elsewhere));
    Path backup = folder.resolve("monday");
    Path again = folder.resolve("again");
    Said made = say("backup", "--site", site, "--to", backup.toString());
    assertEquals(0, made.code(), made.err());
    Said restored = say("restore", backup.toString(), "--to", again.toString());
    assertEquals(0, restored.code(), restored.err());
    String start = "deungdae run " + again.resolve("site.yaml");
    assertTrue(
        restored.out().contains(start + " --set data=" + again.resolve("elsewhere")),
        restored.out());
  }
}
