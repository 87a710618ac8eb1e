package io.deungdae.kamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.HistorianSettings;
import io.deungdae.kamp.dataset.CsvEncoding;
import io.deungdae.kamp.dataset.DataSet;
import io.deungdae.kamp.dataset.DataSetBuilder;
import io.deungdae.kamp.dataset.DataSetSpec;
import io.deungdae.kamp.dataset.TestData;
import io.deungdae.kamp.dataset.Window;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A data set of what the real historian holds. */
@Timeout(120)
class KampHistoryIT {

  @TempDir Path folder;

  @Test
  void rowsAreTheHistoriansLastGoodValues() throws Exception {
    DataSetSpec spec = TestData.spec("imm", CsvEncoding.UTF_8_BOM);
    Tag cycle = spec.columns().get(0).tag();
    Tag shot = spec.columns().get(1).tag();
    Instant now = Clock.system().now();
    Instant start = now.truncatedTo(ChronoUnit.MINUTES).minusSeconds(120);
    try (Historian history =
        Historian.open(HistorianSettings.in(folder.resolve("history")), Clock.system())) {
      List<Sample> samples = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        Instant time = start.plusMillis(1000L * i + 200);
        samples.add(sample(cycle, Value.of(15 + i / 8.0), Quality.GOOD, time, now));
        Quality quality = i == 30 ? Quality.UNCERTAIN_RANGE : Quality.GOOD;
        samples.add(sample(shot, Value.of((long) i), quality, time, now));
      }
      long ticket = history.append(samples);
      await(history, ticket);
      Window minute = new Window(start, start.plusSeconds(60));
      DataSet made =
          new DataSetBuilder(folder.resolve("spool"), history::frame).build(spec, minute);
      assertEquals(59, made.rows()); // before the first sample there is nothing
      List<String> lines = Files.readAllLines(made.files().get(0).path());
      assertTrue(lines.get(1).endsWith(",15,0,"), lines.get(1)); // the flag was never collected
      assertTrue(lines.get(31).endsWith(",18.75,29,"), lines.get(31)); // the good one before
      assertTrue(lines.get(59).endsWith(",22.25,58,"), lines.get(59));
      assertEquals(100 * 2 / 3.0, made.quality().completeness(), 1e-9);
    }
  }

  private static Sample sample(Tag tag, Value value, Quality quality, Instant time, Instant now) {
    return new Sample(tag, value, quality, time, now, 0);
  }

  private static void await(Historian history, long ticket) {
    long deadline = Clock.system().nanoTime() + 30_000_000_000L;
    while (history.committedTicket() < ticket || history.count() < 120) {
      assertTrue(Clock.system().nanoTime() < deadline, "not committed");
      Thread.onSpinWait();
    }
  }
}
