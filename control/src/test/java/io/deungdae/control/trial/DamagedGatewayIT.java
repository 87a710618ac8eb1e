package io.deungdae.control.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.Historian;
import io.deungdae.control.api.Accounts;
import io.deungdae.control.api.Role;
import io.deungdae.control.run.GatewayRun;
import io.deungdae.control.site.SiteSettings;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole gateway whose files were damaged: it starts, lets its users in, and says what is lost.
 */
class DamagedGatewayIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String PASSWORD = "a password of a user";

  @TempDir Path folder;

  private SiteSettings settings() throws Exception {
    Path site =
        Files.writeString(
            folder.resolve("site.yaml"),
            """
            name: damaged
            console: {port: 0}
            historian: {folder: data/history, keepFreeMb: 64, verifyEvery: 1s}
            tags: [tags.csv]
            devices:
              - {name: plc, protocol: modbus, modbus: {host: 127.0.0.1, port: 1}}
            """);
    Files.writeString(folder.resolve("tags.csv"), "tag,device,address,type\nt,plc,hr:0,float32\n");
    return SiteSettings.read(site, new Overrides(Map.of()));
  }

  @Test
  void alarmAndAuditTellWhatIsDamagedAndUsersStayUsers() throws Exception {
    SiteSettings settings = settings();
    Path state = settings.makeDataFolder().resolve(SiteSettings.STATE_FILE);
    String token;
    try (Accounts accounts = new Accounts(state)) {
      accounts.addUser("kim", PASSWORD, Role.ADMIN);
      token = accounts.createToken("mes", Role.ENGINEER, Clock.system().now());
    }
    Instant day = Clock.system().now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(3));
    store(settings, day);
    flipABit(settings.historian().folder());
    try (RandomAccessFile open = new RandomAccessFile(state.toFile(), "rw")) {
      open.setLength(1_000); // torn
    }

    try (GatewayRun gateway = GatewayRun.start(settings, "test", Clock.system())) {
      assertTrue(gateway.firstPassword().isEmpty(), "no new beginning");
      Rest rest = new Rest(gateway.consoleUrl().orElseThrow(), token);
      Await.until("accounts", SOON, () -> detail(rest, "state-damaged").contains("restored"));
      String span = day + " .. " + day.plusSeconds(60);
      Await.until(
          "history", SOON, () -> detail(rest, "history-damaged").contains("60 doubtful, " + span));
      JsonNode damage = rest.get("/api/history/damage");
      assertEquals(day.toEpochMilli(), damage.get(0).path("fromMs").asLong());
    }
    String audit = audit();
    assertTrue(audit.contains("\"accounts\":\"RESTORED\""), audit);
    assertTrue(audit.contains("\"fromMs\":" + day.toEpochMilli()), audit);
    try (Accounts accounts = new Accounts(state)) {
      assertEquals(
          Role.ADMIN, accounts.login("kim", PASSWORD, Clock.system().now()).orElseThrow().role());
    }
  }

  /** Two minutes of samples. */
  private static void store(SiteSettings settings, Instant day) throws Exception {
    Tag tag = settings.tags().find("t").orElseThrow();
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      Instant at = day.plusSeconds(i);
      samples.add(new Sample(tag, Value.of(i + 0.5), Quality.GOOD, at, at, 0));
    }
    try (Historian historian = Historian.open(settings.historian().keepingAll(), Clock.system())) {
      historian.append(samples);
      Await.until("stored", SOON, () -> historian.count() == samples.size());
    }
  }

  /** Of the number in the eleventh row. */
  private static void flipABit(Path history) throws Exception {
    try (Stream<Path> all = Files.walk(history)) {
      Path file =
          all.filter(path -> path.endsWith("num.d"))
              .filter(path -> !path.toString().contains("wal"))
              .findFirst()
              .orElseThrow();
      try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
        open.seek(10 * 8 + 3);
        int old = open.read();
        open.seek(10 * 8 + 3);
        open.write(old ^ 4);
      }
    }
  }

  private static String detail(Rest rest, String id) throws Exception {
    for (JsonNode alarm : rest.get("/api/alarms")) {
      if (alarm.path("id").asText().equals(id)) {
        return alarm.toString();
      }
    }
    return "";
  }

  private String audit() throws Exception {
    StringBuilder audit = new StringBuilder();
    try (var files = Files.newDirectoryStream(folder.resolve("data/audit"))) {
      for (Path file : files) {
        audit.append(Files.readString(file));
      }
    }
    return audit.toString();
  }
}
