package io.deungdae.collector.store;

import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that stores known samples and dies ({@code store FOLDER}), or opens a history and says
 * what it has ({@code open FOLDER}): a damaged one may end it.
 */
final class DamagedHistory {

  static final Instant T0 = Instant.parse("2026-11-21T22:00:00Z");
  static final int ROWS = 6_000;

  private DamagedHistory() {}

  /**
   * Two sets of samples over four hours and two days; the second comes after the first is applied.
   */
  static List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Instant at = T0.plus(Duration.ofMillis(2_400L * i));
      Value value =
          i % 3 == 0 ? Value.of("로트 " + i) : i % 3 == 1 ? Value.of((long) i) : Value.of(i / 8.0);
      samples.add(
          new Sample(HistorianTest.tag(i % 5, "t" + i % 5), value, Quality.GOOD, at, at, 0));
    }
    return samples;
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    HistorianSettings settings = HistorianSettings.in(Path.of(args[1]));
    Historian historian = Historian.open(settings, Clock.system());
    if (args[0].equals("store")) {
      store(historian);
    } else {
      tell(historian);
    }
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static void store(Historian historian) {
    List<Sample> samples = samples();
    Await.visible(historian, historian.append(samples.subList(0, ROWS / 2)));
    long ticket = historian.append(samples.subList(ROWS / 2, ROWS));
    Await.until("all is committed", () -> historian.committedTicket() >= ticket);
    System.out.println("stored " + historian.lastSeq());
  }

  private static void tell(Historian historian) throws Exception {
    historian.verify(Clock.system().now());
    for (Damage damage : historian.damage()) {
      System.out.println("damage " + damage.fromMs() + " " + damage.toMs() + " " + damage.what());
    }
    for (StoredSample row : historian.tail(0, 2 * ROWS)) {
      System.out.println("row " + row);
    }
  }
}
