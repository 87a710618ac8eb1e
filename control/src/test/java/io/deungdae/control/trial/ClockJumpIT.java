package io.deungdae.control.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.StoredSample;
import io.deungdae.control.run.GatewayRun;
import io.deungdae.control.site.SiteSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock of a whole gateway jumps: back an hour, then forward a day. */
class ClockJumpIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  /** The machine's clock, set by somebody's hand. */
  private static final class SetClock implements Clock {
    private final AtomicLong offMs = new AtomicLong();

    @Override
    public Instant now() {
      return Clock.system().now().plusMillis(offMs.get());
    }

    @Override
    public long nanoTime() {
      return Clock.system().nanoTime();
    }
  }

  @TempDir Path folder;

  @Test
  void orderIsKeptNothingIsLostAndAnAlarmSaysSo() throws Exception {
    SetClock clock = new SetClock();
    long rowsAtTheEnd;
    try (PlcPeer plc = new PlcPeer();
        NumberedMeter meter = new NumberedMeter(folder)) {
      TrialSite site = TrialSite.write(folder, plc.port(), meter.broker());
      String token = site.token();
      plc.nextLife();
      SiteSettings settings = SiteSettings.read(Path.of(site.file()), new Overrides(Map.of()));
      try (GatewayRun gateway = GatewayRun.start(settings, "test", clock)) {
        Rest rest = new Rest(gateway.consoleUrl().orElseThrow(), token);
        GatewayTrials.awaitInForce(rest, SOON);
        long sheds = plc.sheds();
        for (Duration jump : List.of(Duration.ofHours(-1), Duration.ofDays(1))) {
          long before = rest.rows();
          clock.offMs.addAndGet(jump.toMillis());
          Await.until("rows go on coming", SOON, () -> rest.rows() > before + 200);
          String by = jump.toSeconds() + ".0 s";
          Await.until("an alarm says by how much", SOON, () -> detail(rest).contains(by));
        }
        assertEquals(sheds, plc.sheds(), "heartbeats and hold times go by the monotonic clock");
        assertEquals("SUPERVISED", rest.get("/api/units/line").path("modeInForce").asText());
        rowsAtTheEnd = rest.rows();
      }
    }
    assertOrder(rowsAtTheEnd);
    StringBuilder audit = new StringBuilder();
    try (var files = Files.newDirectoryStream(folder.resolve("data/audit"))) {
      for (Path file : files) {
        audit.append(Files.readString(file));
      }
    }
    assertTrue(audit.indexOf("\"jumpMs\":-3") > 0, "the audit log tells of the first jump");
    assertTrue(audit.indexOf("\"jumpMs\":8") > 0, "and of the second");
  }

  /** By number, arrivals jump exactly twice; nothing was overwritten. */
  private void assertOrder(long least) throws Exception {
    SiteSettings settings = SiteSettings.read(folder.resolve("site.yaml"), new Overrides(Map.of()));
    try (Historian historian = Historian.open(settings.historian(), Clock.system())) {
      List<StoredSample> rows = historian.tail(0, 1_000_000);
      assertTrue(rows.size() >= least, rows.size() + " of " + least);
      int back = 0;
      int ahead = 0;
      for (int i = 1; i < rows.size(); i++) {
        assertEquals(rows.get(i - 1).seq() + 1, rows.get(i).seq());
        Duration step = Duration.between(rows.get(i - 1).arrivalTime(), rows.get(i).arrivalTime());
        back += step.compareTo(Duration.ofMinutes(-50)) < 0 ? 1 : 0;
        ahead += step.compareTo(Duration.ofHours(20)) > 0 ? 1 : 0;
      }
      assertTrue(back >= 1 && back <= 20, "jumps back: " + back);
      assertTrue(ahead >= 1 && ahead <= 20, "jumps ahead: " + ahead);
    }
  }

  private static String detail(Rest rest) throws Exception {
    for (JsonNode alarm : rest.get("/api/alarms")) {
      if (alarm.path("id").asText().equals("clock-jump")) {
        return alarm.toString();
      }
    }
    return "";
  }
}
