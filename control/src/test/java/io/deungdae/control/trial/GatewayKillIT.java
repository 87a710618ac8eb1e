package io.deungdae.control.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.deungdae.collector.signal.Clock;
import io.deungdae.control.trial.PlcPeer.Write;
import io.deungdae.control.trial.Rest.Point;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway is killed without warning again and again, at moments chosen by chance within what it
 * was doing. Nobody cleans up; it is only started again.
 */
class GatewayKillIT {

  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration SOON = Duration.ofSeconds(20);

  /** What mosquitto sends before it wants acknowledgements; that much may be heard twice. */
  private static final long IN_FLIGHT = 20;

  /** A write may be on its way when the PLC's watchdog gives up. */
  private static final long UNDER_WAY_NS = 1_000_000_000L;

  private static final double SMALL = 1e-3;

  private final SplittableRandom chance = new SplittableRandom(20261123);
  private final long fromMs = Clock.system().now().toEpochMilli();
  private final Set<Double> seenNumbers = new HashSet<>();
  private long seenRows;
  private int life;

  @TempDir Path folder;

  @Test
  void comesBackWithEverythingAndTakesOverBumplessly() throws Exception {
    try (PlcPeer plc = new PlcPeer();
        NumberedMeter meter = new NumberedMeter(folder)) {
      TrialSite site = TrialSite.write(folder, plc.port(), meter.broker());
      String token = site.token();

      killedWhileStarting(site, plc);
      killedWhileCollecting(site, plc, token, meter);
      killedWhileHolding(site, plc, token);
      killedInMidMove(site, plc, token);
      killedInMidMove(site, plc, token);
      killedWhileStarting(site, plc);

      lastLife(site, plc, token, meter);
      assertEquals(0, GatewayTrials.verifyAudit(site));
      assertWritesWereOurs(plc.writes());
    }
  }

  private void killedWhileStarting(TrialSite site, PlcPeer plc) throws Exception {
    try (GatewayProcess gateway = start(site, plc)) {
      Await.pass(Duration.ofMillis(chance.nextLong(300, 2500)));
      gateway.kill();
    }
  }

  private void killedWhileCollecting(TrialSite site, PlcPeer plc, String token, NumberedMeter meter)
      throws Exception {
    try (GatewayProcess gateway = start(site, plc)) {
      Rest rest = new Rest(gateway.consoleUrl(START), token);
      Await.until("the meter's link is up", SOON, () -> deviceUp(rest, "meter"));
      meter.start();
      Await.until("samples of the PLC", SOON, () -> rest.rows() > 500);
      Await.pass(Duration.ofMillis(chance.nextLong(500)));
      note(rest);
      gateway.kill();
    }
  }

  private void killedWhileHolding(TrialSite site, PlcPeer plc, String token) throws Exception {
    try (GatewayProcess gateway = start(site, plc)) {
      Rest rest = inForce(gateway, token);
      double target = plc.setpoint() + 1.5;
      JsonNode answer = rest.propose("line.sp", target);
      assertEquals("ALLOWED", answer.path("verdict").asText(), answer.toString());
      assertEquals(target, plc.setpoint(), SMALL);
      note(rest);
      killAndWatchThePlcShed(gateway, plc);
    }
  }

  private void killedInMidMove(TrialSite site, PlcPeer plc, String token) throws Exception {
    try (GatewayProcess gateway = start(site, plc)) {
      Rest rest = inForce(gateway, token);
      float begin = plc.setpoint();
      Thread asking = new Thread(() -> proposeInVain(rest), "asking");
      asking.setDaemon(true);
      asking.start();
      Await.until("the move is under way", SOON, () -> plc.setpoint() > begin + 2);
      Await.pass(Duration.ofMillis(chance.nextLong(1500)));
      note(rest);
      killAndWatchThePlcShed(gateway, plc);
      asking.join(5_000);
    }
  }

  /** Asks for a move that takes longer than the gateway lives. */
  private static void proposeInVain(Rest rest) {
    try {
      rest.propose("line.sp", 85);
    } catch (Exception e) {
      // the gateway is killed before it can answer
    }
  }

  private void killAndWatchThePlcShed(GatewayProcess gateway, PlcPeer plc) throws Exception {
    long sheds = plc.sheds();
    long writes = plc.writes().size();
    gateway.kill();
    Await.until("the PLC sheds by itself", Duration.ofSeconds(5), () -> plc.sheds() == sheds + 1);
    assertEquals(PlcPeer.FALLBACK, plc.setpoint());
    assertTrue(plc.writes().size() <= writes + 1, "the dead do not write");
  }

  private void lastLife(TrialSite site, PlcPeer plc, String token, NumberedMeter meter)
      throws Exception {
    try (GatewayProcess gateway = start(site, plc)) {
      Rest rest = inForce(gateway, token);
      long last = meter.stop();
      Await.until(
          () -> "message " + last + " is stored",
          SOON,
          () -> messages(rest).stream().anyMatch(point -> point.value() == last));
      assertNothingIsMissing(messages(rest), last);
      long rows = rest.get("/api/samples/count?tag=meter.n").path("rows").asLong();
      long heardTwice = rows - last;
      assertTrue(heardTwice >= 0 && heardTwice <= life * IN_FLIGHT, rows + " rows of " + last);
      gateway.terminate();
      int code = gateway.exitCode(SOON);
      assertTrue(code == 0 || code == 143, "exit code " + code);
    }
  }

  private List<Point> messages(Rest rest) throws Exception {
    return rest.since("meter.n", fromMs);
  }

  private static void assertNothingIsMissing(List<Point> messages, long last) {
    Set<Double> numbers = messages.stream().map(Point::value).collect(Collectors.toSet());
    for (long i = 1; i <= last; i++) {
      assertTrue(numbers.contains((double) i), "message " + i + " of " + last + " is missing");
    }
    assertEquals(last, new HashSet<>(messages).size(), "heard twice, it keeps its time");
  }

  private GatewayProcess start(TrialSite site, PlcPeer plc) throws Exception {
    plc.nextLife();
    life++;
    return GatewayProcess.start(folder.resolve("gateway-" + life + ".log"), "run", site.file());
  }

  /** Waits until the gateway, untouched, has what it had and is in force again. */
  private Rest inForce(GatewayProcess gateway, String token) throws Exception {
    Rest rest = new Rest(gateway.consoleUrl(START), token);
    assertTrue(rest.rows() >= seenRows, () -> "rows that were seen are gone; " + seenRows);
    Set<Double> stored = numbers(rest);
    assertTrue(stored.containsAll(seenNumbers), "readings that were seen are gone");
    GatewayTrials.awaitInForce(rest, SOON);
    assertEquals("SUPERVISED", rest.get("/api/units/line").path("modeInForce").asText());
    return rest;
  }

  /** Notes what the gateway says it has. */
  private void note(Rest rest) throws Exception {
    seenRows = rest.rows();
    seenNumbers.addAll(numbers(rest));
  }

  private Set<Double> numbers(Rest rest) throws Exception {
    return rest.since("line.number", fromMs).stream().map(Point::value).collect(Collectors.toSet());
  }

  private static boolean deviceUp(Rest rest, String name) throws Exception {
    for (JsonNode device : rest.get("/api/devices")) {
      if (device.path("name").asText().equals(name)) {
        return device.path("state").asText().equals("UP");
      }
    }
    return false;
  }

  /** The PLC's own record: permitted, after a steady handshake, first as it stood, never a jump. */
  private static void assertWritesWereOurs(List<Write> writes) {
    int life = 0;
    Set<Integer> lives = new HashSet<>();
    for (Write write : writes) {
      assertTrue(
          write.permitted() || write.sinceNs() < UNDER_WAY_NS,
          "written without a handshake: " + write);
      if (write.life() != life) {
        life = write.life();
        lives.add(life);
        assertTrue(write.permitted(), "written without a handshake: " + write);
        assertTrue(write.sinceNs() >= TrialSite.STABLE_NS, "written too early: " + write);
        assertEquals(write.before(), write.value(), SMALL, "the first write is a bump: " + write);
      }
      double step = Math.abs(write.value() - write.before());
      assertTrue(
          step <= TrialSite.RATE_PER_SECOND * TrialSite.MOVE_INTERVAL_SECONDS + SMALL,
          "a jump: " + write);
    }
    assertTrue(lives.size() >= 4, "lives that wrote: " + lives);
  }
}
