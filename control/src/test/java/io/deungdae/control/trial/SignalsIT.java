package io.deungdae.control.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.control.cli.RootCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What service managers send to a gateway, and how others find it by its folder. */
class SignalsIT {

  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String SITE =
      "name: alone\nconsole: {port: 0}\nhistorian: {folder: data/history, keepFreeMb: 64}\n";

  @TempDir Path folder;

  private record Said(int code, String out, String err) {}

  private static Said say(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = RootCommand.execute(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Said(code, out.toString(), err.toString());
  }

  private Path site(String more) throws Exception {
    return Files.writeString(folder.resolve("site.yaml"), SITE + more);
  }

  private String audit() throws Exception {
    Path audit = folder.resolve("data/audit");
    return Files.isDirectory(audit) && GatewayTrials.hasAudit(audit)
        ? Files.readString(GatewayTrials.newestAudit(audit))
        : "";
  }

  private GatewayProcess run() throws Exception {
    return GatewayProcess.start(folder.resolve("log"), "run", site("").toString());
  }

  @Test
  void hangUpReadsTheSettingsAgainAndTheFolderIsEnoughToFindTheGateway() throws Exception {
    String data = folder.resolve("data").toString();
    assertTrue(say("status", "--folder", data).err().contains("there is no folder " + data));
    try (GatewayProcess gateway = run()) {
      gateway.consoleUrl(START);
      Said well = say("status", "--folder", data);
      assertEquals(0, well.code(), well.toString());
      assertTrue(well.out().contains("alone"), well.out());

      site("devices: [{name: plc, protocol: modbus, modbus: {host: 127.0.0.1, port: 1}}]\n");
      new ProcessBuilder("kill", "-HUP", "" + gateway.handle().pid()).start().waitFor();
      Await.until("it did", SOON, () -> gateway.said().contains("outcome=APPLIED"));
      Await.until("it is on record", SOON, () -> audit().contains("\"SIGHUP\""));
      assertTrue(say("tags", "list", "--folder", data).out().contains("0 tags"));
      site("colour: green\n");
      new ProcessBuilder("kill", "-HUP", "" + gateway.handle().pid()).start().waitFor();
      Await.until("it says what is wrong", SOON, () -> gateway.said().contains("colour"));
      assertTrue(gateway.alive());
      site("");
      gateway.kill();
    }
    Said dead = say("status", "--folder", data);
    assertEquals(1, dead.code(), dead.toString());
    assertTrue(dead.err().contains("ended without a word"), dead.err());
    assertEquals(1, dead.err().lines().count(), dead.err());
  }

  @Test
  void stoppedWhileItStartsItSaysSoInTheAuditLog() throws Exception {
    try (GatewayProcess gateway = run()) {
      Await.until("it is starting", START, () -> audit().contains("\"start\""));
      gateway.terminate();
      assertEquals(143, gateway.exitCode(START));
      List<String> records = audit().lines().toList();
      assertTrue(records.get(records.size() - 1).contains("\"stop\""), records.toString());
      assertFalse(gateway.said().contains("mistake of ours"), gateway.said());
      Said stopped = say("status", "--folder", folder.resolve("data").toString());
      assertTrue(stopped.err().contains("was stopped at"), stopped.err());
    }
  }
}
