package io.deungdae.collector.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.Await;
import io.deungdae.collector.store.Historian;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ForwarderTest {

  private static final Instant T0 = Instant.parse("2026-11-23T06:00:00Z");
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path folder;
  private Historian historian;
  private final FakeSender sender = new FakeSender();

  @BeforeEach
  void open() throws IOException {
    historian = Plc.historian(folder.resolve("history"));
  }

  @AfterEach
  void close() throws IOException {
    historian.close();
  }

  private void store(long... numbers) {
    long ticket =
        historian.append(
            LongStream.of(numbers)
                .mapToObj(n -> Plc.sample(Plc.SHOTS, Value.of(n), T0.plusMillis(Math.abs(n))))
                .toList());
    Await.until("stored", () -> historian.committedTicket() >= ticket);
    Await.until("visible", () -> historian.status().unread() == 0);
  }

  private Forwarder forwarder() throws IOException {
    ForwarderSettings settings =
        ForwarderSettings.of("test", folder)
            .withBatch(4)
            .withWaits(Duration.ofMillis(10), Duration.ofSeconds(1), Duration.ofSeconds(8));
    return new Forwarder(settings, historian, sender, Clock.system(), new Random(1)::nextDouble);
  }

  private static void drain(Forwarder forwarder) {
    for (int i = 0; i < 100 && forwarder.tick(T0, 0); i++) {
      assertTrue(i < 99, "no end");
    }
  }

  @Test
  void goesOnAfterARestartWhereItStopped() throws IOException {
    store(0, 1, 2, 3, 4, 5);
    drain(forwarder());
    store(6, 7);
    Forwarder next = forwarder();
    assertEquals(2, next.status(T0).lagRows());
    drain(next);
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L), sender.taken);
    assertEquals(8, next.status(T0).cursor());
    assertEquals(0, next.status(T0).lagRows());
  }

  @Test
  void onlyTheRefusedRowsGoToTheDeadLetters() throws IOException {
    store(0, 1, -2, 3, 4, -5, 6);
    Forwarder forwarder = forwarder();
    drain(forwarder);
    assertEquals(List.of(0L, 1L, 3L, 4L, 6L), sender.taken);
    assertEquals(2, forwarder.status(T0).refused());
    assertEquals(5, forwarder.status(T0).sent());
    List<String> letters = Files.readAllLines(folder.resolve("test.refused.jsonl"));
    assertEquals(2, letters.size());
    assertTrue(letters.get(0).contains("\"reason\":\"negative\""), letters.get(0));
    assertTrue(letters.get(0).contains("\"value\":-2"), letters.get(0));
    assertTrue(letters.get(1).contains("\"seq\":6"), letters.get(1));
  }

  @Test
  void anOutageInTheMiddleOfARefusedBatchSendsAndBuriesNothingTwice() throws IOException {
    store(0, -1, 2, 3);
    Sender breaking =
        new Sender() {
          @Override
          public void send(List<Outgoing> batch) throws SendException {
            sender.down = sender.sends == 4;
            sender.send(batch);
          }

          @Override
          public void close() {}
        };
    Forwarder forwarder =
        new Forwarder(
            ForwarderSettings.of("test", folder),
            historian,
            breaking,
            Clock.system(),
            new Random(1)::nextDouble);
    drain(forwarder);
    assertEquals(1, forwarder.status(T0).failures());
    forwarder.tick(T0, 100 * SECOND);
    assertEquals(List.of(0L, 2L, 3L), sender.taken);
    assertEquals(1, Files.readAllLines(folder.resolve("test.refused.jsonl")).size());
  }

  @Test
  void waitsLongerFromFailureToFailureUpToACap() throws IOException {
    store(1);
    sender.down = true;
    Forwarder forwarder = forwarder();
    long nowNs = 0;
    long longestNs = 0;
    for (int failure = 1; failure <= 10; failure++) {
      int before = sender.sends;
      long startNs = nowNs;
      while (sender.sends == before) {
        forwarder.tick(T0.plusNanos(nowNs), nowNs);
        nowNs += SECOND / 20;
      }
      longestNs = Math.max(longestNs, nowNs - startNs);
      assertTrue(nowNs - startNs <= 9 * SECOND, "waited " + (nowNs - startNs));
    }
    assertTrue(longestNs >= 4 * SECOND, "longest " + longestNs);
    assertFalse(forwarder.status(T0).isWell());
    assertEquals(Duration.ofSeconds(60), forwarder.status(T0.plusSeconds(60)).lag().plusMillis(3));
    sender.down = false;
    forwarder.tick(T0, nowNs + 10 * SECOND);
    assertEquals(List.of(1L), sender.taken);
    assertTrue(forwarder.status(T0).isWell());
  }

  @Test
  void keepsAwayAsLongAsTheReceiverAsked() throws IOException {
    store(1);
    sender.down = true;
    sender.pause = Duration.ofSeconds(40);
    Forwarder forwarder = forwarder();
    forwarder.tick(T0, 0);
    forwarder.tick(T0, 39 * SECOND);
    assertEquals(1, sender.sends);
    forwarder.tick(T0, 41 * SECOND);
    assertEquals(2, sender.sends);
  }

  @Test
  void startsOverWhenTheHistoryIsAnother() throws IOException {
    store(1, 2);
    Files.writeString(folder.resolve("test.cursor"), "500\n");
    drain(forwarder());
    assertEquals(List.of(1L, 2L), sender.taken);
  }

  @Test
  void refusedRowsAreSentAgainOrDroppedByHand() throws IOException {
    store(0, -1, 2, -3);
    Forwarder forwarder = forwarder();
    drain(forwarder);
    assertEquals(2, forwarder.status(T0).deadLetters());
    assertEquals("negative", forwarder.refusedRows(1).get(0).reason());
    sender.takesNegative = true;
    assertEquals(2, forwarder.resendRefused());
    drain(forwarder());
    assertEquals(List.of(0L, 2L, -1L, -3L), sender.taken);
    sender.takesNegative = false;
    store(-4);
    Forwarder next = forwarder();
    drain(next);
    assertEquals(1, next.dropRefused());
    assertEquals(0, next.status(T0).deadLetters());
    assertEquals(List.of(), next.refusedRows(10));
  }

  @Test
  void whatHasJustArrivedGoesBeforeTheBacklogWhichKeepsItsPace() throws IOException {
    store(LongStream.range(0, 40).toArray());
    ForwarderSettings settings =
        ForwarderSettings.of("test", folder)
            .withBatch(4)
            .withWaits(Duration.ofMillis(10), Duration.ofSeconds(1), Duration.ofSeconds(8))
            .withBacklog(SendOrder.LIVE_FIRST, 8);
    Forwarder forwarder =
        new Forwarder(settings, historian, sender, Clock.system(), new Random(1)::nextDouble);
    drain(forwarder); // a second's worth of the backlog
    assertEquals(8, sender.taken.size());
    store(100, 101);
    assertTrue(forwarder.tick(T0, SECOND / 10));
    assertEquals(List.of(100L, 101L), sender.taken.subList(8, 10));
    assertEquals(32, forwarder.status(T0).backlogRows());
    assertEquals(Duration.ZERO, forwarder.status(T0.plusSeconds(9)).liveLag());
    assertEquals(8, forwarder.deliveredUpTo());
    for (int tenth = 2; tenth < 60; tenth++) {
      forwarder.tick(T0, tenth * SECOND / 10);
    }
    assertEquals(LongStream.range(8, 40).boxed().toList(), sender.taken.subList(10, 42));
    assertEquals(42, forwarder.deliveredUpTo());
  }

  @Test
  void inTheOrderStoredNothingOvertakes() throws IOException {
    store(LongStream.range(0, 20).toArray());
    ForwarderSettings settings =
        ForwarderSettings.of("test", folder).withBatch(4).withBacklog(SendOrder.AS_STORED, 0);
    Forwarder forwarder =
        new Forwarder(settings, historian, sender, Clock.system(), new Random(1)::nextDouble);
    forwarder.tick(T0, 0);
    sender.down = true;
    forwarder.tick(T0, SECOND);
    store(20, 21);
    sender.down = false;
    for (int second = 10; second < 20; second++) {
      forwarder.tick(T0, second * SECOND);
    }
    assertEquals(LongStream.range(0, 22).boxed().toList(), sender.taken);
  }

  @Test
  void killedAtAnyMomentItLosesNothing() throws IOException {
    Random random = new Random(11);
    long stored = 0;
    long nowNs = 0;
    int kills = 0;
    Forwarder forwarder = forwarder();
    for (int step = 0; step < 3_000; step++) {
      if (step % 60 == 0 && step < 2_400) {
        store(LongStream.range(stored, stored + 30).toArray());
        stored += 30;
      }
      sender.down = step < 2_700 && random.nextInt(10) < 3;
      sender.killBefore = step < 2_700 && random.nextInt(30) == 0;
      sender.killAfter = step < 2_700 && random.nextInt(30) == 0;
      nowNs += random.nextInt(10) == 0 ? 4 * SECOND : SECOND / 10;
      try {
        forwarder.tick(T0.plusNanos(nowNs), nowNs);
      } catch (FakeSender.Killed e) {
        kills++;
        forwarder = forwarder();
      }
      long upTo = forwarder.deliveredUpTo();
      assertTrue(sender.everTaken.cardinality() >= upTo, "said more than it sent");
      assertTrue(sender.everTaken.nextClearBit(0) >= upTo, "said that a row was sent");
    }
    assertTrue(kills > 20, "kills " + kills);
    assertEquals(stored, sender.everTaken.nextClearBit(0));
    assertEquals(stored, forwarder.deliveredUpTo());
  }

  @Test
  void stopsAndClosesItsSender() throws IOException {
    store(1, 2, 3);
    try (Forwarder forwarder = forwarder()) {
      forwarder.start();
      Await.until("sent", () -> forwarder.status(T0).sent() == 3);
    }
    assertTrue(sender.closed);
  }
}
