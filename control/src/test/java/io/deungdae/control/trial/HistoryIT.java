package io.deungdae.control.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.signal.Clock;
import io.deungdae.control.cli.RootCommand;
import io.deungdae.control.run.GatewayRun;
import io.deungdae.control.site.SiteSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An old log goes in, tables come out: with a gateway that runs, and with one that does not. */
class HistoryIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private String site;

  private record Said(int code, String out, String err) {}

  private Said say(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--site", site));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        RootCommand.execute(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
    return new Said(code, out.toString(), err.toString());
  }

  @BeforeEach
  void write() throws Exception {
    site = folder.resolve("site.yaml").toString();
    Files.writeString(
        folder.resolve("site.yaml"),
        """
        name: history
        data: data
        tags: [tags.csv]
        historian: {folder: data/history, keepFreeMb: 64, retention: 0s}
        console: {port: 0}
        devices:
          - name: plc
            protocol: modbus
            enabled: false
            modbus: {host: 127.0.0.1, port: 1}
        """);
    Files.writeString(
        folder.resolve("tags.csv"),
        """
        tag,device,address,type,description_ko
        furnace.pv,plc,hr:0,float32,1존 온도
        press.count,plc,hr:4,uint32,생산 수량
        """);
    Files.writeString(
        folder.resolve("log.csv"),
        """
        일시,1존 온도,생산 수량,메모
        2021-03-05 오후 3:00:00,850.5,10,
        2021-03-05 오후 3:01:00,불량,11,
        2021-03-05 오후 3:02:00,851.5,12,
        """,
        Charset.forName("x-windows-949"));
  }

  private GatewayRun start() throws Exception {
    SiteSettings settings = SiteSettings.read(Path.of(site), new Overrides(Map.of()));
    return GatewayRun.start(settings, "test", Clock.system());
  }

  private Rest rest(GatewayRun gateway) throws Exception {
    Path token = folder.resolve("token");
    RootCommand.execute(
        "token", "create", site, "--name", "t", "--role", "viewer", "--file", token.toString());
    return new Rest(gateway.consoleUrl().orElseThrow(), Files.readString(token).strip());
  }

  @Test
  void aLogOfYearsAgoGoesInOnceAndComesOutAsItIs() throws Exception {
    String log = folder.resolve("log.csv").toString();
    Path csv = folder.resolve("out.csv");
    try (GatewayRun gateway = start()) {
      Rest rest = rest(gateway);
      Said asked = say("import", "history", log);
      assertEquals(2, asked.code(), asked.toString());
      assertTrue(asked.out().contains("\"1존 온도\": \"furnace.pv\""), asked.out());
      assertTrue(asked.out().contains("메모: no such tag"), asked.out());
      Said done = say("import", "history", log, "--yes");
      assertEquals(1, done.code(), "one cell was rejected: " + done);
      assertTrue(done.out().contains("line 3, column 1존 온도: found '불량'"), done.out());
      assertTrue(done.out().contains("stored 5, known already 0"), done.out());
      assertTrue(
          Files.readString(folder.resolve("log.csv.rejects.csv")).contains("불량"), done.out());
      Await.until("all rows can be read", SOON, () -> rest.rows() == 5);
      Said again = say("import", "history", log, "--yes");
      assertTrue(again.out().contains("stored 0, known already 5"), again.out());

      queries(rest);
      Said exported =
          say("export", "--tags", "furnace.*,press.count", "--out", csv.toString(), "--bom");
      assertEquals(0, exported.code(), exported.toString());
      assertFalse(exported.err().contains("which no gateway uses"), exported.err());
      JsonNode tag = rest.get("/api/tags/furnace.pv");
      assertTrue(tag.at("/latest").isNull(), "nothing imported is a latest value: " + tag);
    }
    List<String> lines = Files.readAllLines(csv);
    assertEquals("\uFEFFtime,tag,value,quality,arrival", lines.get(0));
    assertEquals(6, lines.size());
    assertTrue(
        lines.get(1).startsWith("2021-03-05T15:00:00.000+09:00,furnace.pv,850.5,GOOD_IMPORTED,2"),
        lines.get(1));
    fromTheFolder(lines);
  }

  private void queries(Rest rest) throws Exception {
    JsonNode at =
        rest.get(
            "/api/history/at?tags=furnace.pv,press.count&time=2021-03-05T15:01:30&reach=10min");
    assertEquals("LINEAR", at.at("/0/how").asText(), at.toString());
    assertEquals(851.25, at.at("/0/value").asDouble());
    assertEquals("STEP", at.at("/1/how").asText());
    assertEquals(11, at.at("/1/value").asLong());
    String table =
        rest.text(
            "/api/history/table?tags=furnace.pv,press.count&leading=press.count&format=csv&zone=UTC");
    assertEquals(
        "time,furnace.pv,press.count\r\n"
            + "2021-03-05T06:00:00.000Z,850.5,10\r\n"
            + "2021-03-05T06:01:00.000Z,850.5,11\r\n"
            + "2021-03-05T06:02:00.000Z,851.5,12\r\n",
        table);
    assertEquals(
        2, rest.text("/api/history/rows?tags=press.*&limit=2").lines().count(), "as JSON lines");
    Rest.Reply wrong = rest.ask("/api/history/rows?tags=furnace.pw");
    assertEquals(400, wrong.status());
    assertTrue(wrong.toString().contains("furnace.pv"), wrong.toString());
    assertTrue(
        rest.ask("/api/history/rows?tags=*&frmo=1").toString().contains("one of tags, from"));
    assertEquals(403, rest.post("/api/history/import", "{\"rows\":[]}").status());
  }

  private void fromTheFolder(List<String> lines) throws Exception {
    Path csv = folder.resolve("folder.csv");
    Said said = say("export", "--tags", "furnace.*,press.count", "--out", csv.toString(), "--bom");
    assertEquals(0, said.code(), said.toString());
    assertTrue(said.err().contains("which no gateway uses"), said.err());
    assertEquals(lines, Files.readAllLines(csv));
    assertEquals(1, say("export", "--tags", "*", "--out", csv.toString()).code(), "it is there");
    Said none = say("export", "--tags", "furnace.pw", "--out", folder.resolve("x").toString());
    assertEquals(2, none.code());
    assertTrue(none.err().contains("furnace.pv"), none.err());
    assertFalse(Files.exists(folder.resolve("x")));
    Path parquet = folder.resolve("wide.parquet");
    Said wide =
        say("export", "--tags", "*", "--every", "1min", "--fill", "linear", "--out", "" + parquet);
    assertEquals(0, wide.code(), wide.toString());
    assertTrue(wide.err().contains("3 rows of 2 tags"), wide.err());
    assertEquals(
        "PAR1",
        new String(Files.readAllBytes(parquet), 0, 4, java.nio.charset.StandardCharsets.US_ASCII));
  }
}
