package io.deungdae.collector.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagDetails;
import io.deungdae.collector.signal.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A history with days of samples deleted, of which the rows of a class and all roll-ups are left:
 * they are what nobody could make anew.
 */
final class SalvageTest {

  private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");
  private static final Instant OLD = NOW.minus(Duration.ofDays(30));
  private static final Tag A = HistorianTest.tag(0, "a");
  private static final Tag KPI =
      HistorianTest.tag(1, "kpi.yield").with(TagDetails.NONE.withGroup("kpi"));

  @TempDir static Path made;
  private static final PushedClock clock = new PushedClock(NOW);
  private static Left before = new Left(List.of(), List.of());

  @TempDir Path folder;

  private static HistorianSettings settings(Path history) {
    HistorianSettings usual = HistorianSettings.in(history);
    Duration ten = Duration.ofDays(10);
    Duration five = Duration.ofDays(5 * 365);
    return new HistorianSettings(
        usual.folder(),
        Duration.ofMillis(10),
        Duration.ZERO,
        10_000,
        10_000,
        ten,
        usual.keepFreeMb(),
        Duration.ofDays(60),
        usual.timeAhead(),
        new Keep(
            new KeepAges(ten, Duration.ofDays(20), five),
            0,
            List.of(
                new KeepClass("kpi", List.of("kpi"), List.of(), new KeepAges(five, five, five)))));
  }

  /** What is left, as it is read. */
  private record Left(List<StoredSample> rows, List<List<Rollup>> rollups) {}

  private Left left() throws IOException {
    return left(folder.resolve("history"));
  }

  private static Left left(Path history) throws IOException {
    try (Historian historian = Historian.open(settings(history), clock)) {
      List<List<Rollup>> rollups = new ArrayList<>();
      for (int settle = 0; settle < 3; settle++) {
        clock.push(Duration.ofSeconds(61));
        historian.wake();
        Await.until("settled", historian::rolledUp);
      }
      for (Tag tag : List.of(A, KPI)) {
        for (Period period : Period.values()) {
          rollups.add(historian.rollups(tag, period, OLD, clock.now()));
        }
      }
      return new Left(historian.tail(0, 1_000), rollups);
    }
  }

  @BeforeAll
  static void store() throws IOException {
    Path history = made.resolve("history");
    try (Historian historian = Historian.open(settings(history), clock)) {
      for (int i = 0; i < 100; i++) {
        Instant at = OLD.plusSeconds(i);
        historian.append(List.of(sample(A, i, at), sample(KPI, i + 0.5, at)));
      }
      for (int i = 0; i < 100; i++) {
        historian.append(List.of(sample(A, i, NOW.minusSeconds(200 - i))));
      }
      Await.visible(historian, 300);
      historian.groups(tag -> tag.equals(KPI.name()) ? "kpi" : "");
      for (int hour = 0; hour < 3; hour++) {
        clock.push(Duration.ofMinutes(61));
        long rounds = historian.rounds();
        historian.wake();
        Await.until("a round", () -> historian.rounds() > rounds + 1);
      }
      Await.until("deleted", () -> historian.status().keep().deleted() >= 2);
    }
    before = left(history);
    assertEquals(200, before.rows.size());
    assertEquals(List.of(2, 1), before.rollups.subList(2, 4).stream().map(List::size).toList());
  }

  @BeforeEach
  void take() {
    copy(made.resolve("history"), "history");
  }

  /** As {@link #before}, in few words when it is not. */
  private void assertAsBefore() throws IOException {
    assertAsBefore(left());
  }

  private void assertAsBefore(Left after) {
    assertEquals(before.rollups, after.rollups);
    assertEquals(before.rows.size(), after.rows.size());
    assertTrue(before.rows.equals(after.rows), "the same rows");
  }

  private static Sample sample(Tag tag, double value, Instant at) {
    return new Sample(tag, Value.of(value), Quality.GOOD, at, NOW, 0);
  }

  private Path file(String table, String part, String name) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("history"))) {
      return all.filter(path -> !path.toString().contains("damaged-"))
          .filter(path -> path.toString().contains("/" + table + "~"))
          .filter(path -> path.toString().contains(part))
          .filter(path -> path.endsWith(name))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void cut(Path file, long bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    }
  }

  private List<Damage> damage() throws IOException {
    return Damage.in(folder.resolve("history"));
  }

  @Test
  void whatIsMadeAnewHasClassesAndRollUpsWhoseSamplesAreGone() throws IOException {
    cut(file("samples", "", "_txn"), 10);
    assertAsBefore();
    assertFalse(damage().isEmpty());
    assertEquals(0, damage().stream().mapToLong(Damage::lost).sum());
  }

  @Test
  void rollUpsThatAreLostAreMadeAnewWhereSamplesAreLeft() throws IOException {
    cut(file("samples", "", "_txn"), 10);
    cut(file("minutes", "", "mean.d"), 0); // of yesterday's samples, which are left
    assertAsBefore();
    assertTrue(damage().stream().anyMatch(found -> found.what().contains("minutes")));
  }

  @Test
  void aMonthOfAClassThatIsCutOffIsMendedWithoutTouchingTheRest() throws IOException {
    cut(file("samples_kpi", "2026-10", "num.d"), 8 * 60);
    Left after = left();
    assertEquals(before.rollups, after.rollups);
    assertEquals(160, after.rows.size());
    Damage found = damage().get(0);
    assertEquals(40, found.lost());
    assertTrue(found.what().contains("samples_kpi 2026-10"), found.what());
    assertTrue(found.fromMs() <= OLD.toEpochMilli() && found.toMs() > OLD.toEpochMilli());
    assertEquals(1, damage().size());
    left();
    assertEquals(1, damage().size(), "it is told once");
  }

  // ---- killed while it is mended

  /** What a kill would leave behind at each step of an opening. */
  private Map<MendingStep, Path> killedAtEachStep() throws IOException {
    Map<MendingStep, Path> killed = new TreeMap<>();
    Path history = folder.resolve("history");
    Opening opening =
        Opening.open(
            history,
            clock,
            step -> killed.computeIfAbsent(step, name -> copy(history, "killed-" + name)));
    opening.recovery().spans().close();
    opening.ledger().close();
    opening.names().close();
    opening.database().close();
    return killed;
  }

  private Path copy(Path history, String name) {
    Path copy = folder.resolve(name);
    try (Stream<Path> all = Files.walk(history)) {
      for (Path file : all.toList()) {
        if (!file.endsWith("opening")) { // it only makes the next start try it in another process
          Files.copy(file, copy.resolve(history.relativize(file).toString()));
        }
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aKillWhileAMonthIsMendedLosesNothingAndDoublesNothing() throws IOException {
    cut(file("samples_kpi", "2026-10", "num.d"), 8 * 60);
    Map<MendingStep, Path> killed = killedAtEachStep();
    assertEquals(Set.of(MendingStep.values()), killed.keySet());
    for (Map.Entry<MendingStep, Path> at : killed.entrySet()) {
      Left after = left(at.getValue());
      assertEquals(160, after.rows.size(), at.toString());
      assertTrue(before.rows.containsAll(after.rows), at.toString());
      assertEquals(before.rollups, after.rollups, at.toString());
      List<Damage> told = Damage.in(at.getValue());
      assertEquals(List.of(40L), told.stream().map(Damage::lost).toList(), at.toString());
      assertFalse(Files.exists(at.getValue().resolve(MendingNote.PART)), at.toString());
    }
    Damage again = Damage.in(killed.getOrDefault(MendingStep.POURED, folder)).get(0);
    assertTrue(again.what().endsWith("taken up again"), again.what());
  }

  @Test
  void aKillWhileAllIsMadeAnewLosesNothingAndDoublesNothing() throws IOException {
    cut(file("samples", "", "_txn"), 10);
    Map<MendingStep, Path> killed = killedAtEachStep();
    assertEquals(Set.of(MendingStep.values()), killed.keySet());
    for (Map.Entry<MendingStep, Path> at : killed.entrySet()) {
      assertAsBefore(left(at.getValue()));
      List<Damage> told = Damage.in(at.getValue());
      assertEquals(List.of(0L), told.stream().map(Damage::lost).toList(), at.toString());
      assertFalse(Files.exists(at.getValue().resolve(MendingNote.WHOLE)), at.toString());
    }
  }

  @Test
  void aMonthThatIsBeingMendedIsNotForgottenWhenAllHasToBeMadeAnew() throws IOException {
    cut(file("samples_kpi", "2026-10", "num.d"), 8 * 60);
    Path killed = killedAtEachStep().getOrDefault(MendingStep.EMPTY, folder);
    try (Stream<Path> all = Files.walk(killed)) {
      cut(all.filter(path -> path.toString().matches(".*/samples~1/_txn")).toList().get(0), 10);
    }
    Left after = left(killed);
    assertEquals(160, after.rows.size());
    assertEquals(before.rollups, after.rollups);
    assertEquals(40, Damage.in(killed).stream().mapToLong(Damage::lost).sum());
  }

  @Test
  void namesThatAreDamagedAreReadByWhatIsKnownOfThem() throws IOException {
    Path names = file("hours", "", "tag.c");
    byte[] bytes = Files.readAllBytes(names);
    bytes[4 + 2 + 4]++; // the first letter of the second name
    Files.write(names, bytes);
    cut(file("samples", "", "_txn"), 10);
    assertAsBefore();
  }
}
