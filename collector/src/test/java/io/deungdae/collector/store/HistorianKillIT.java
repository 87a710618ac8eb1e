package io.deungdae.collector.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What was acknowledged outlives SIGKILL at any moment. */
final class HistorianKillIT {

  private static final int KILLS = 8;
  private static final long RUN = 100_000_000;

  @TempDir Path folder;
  private final Queue<String> foreign = new ConcurrentLinkedQueue<>();

  @Test
  @Timeout(180)
  void everyAcknowledgedSampleIsThereExactlyOnceAfterKills() throws Exception {
    Random random = new Random(20261123);
    List<Long> acknowledged = new ArrayList<>();
    for (int run = 0; run < KILLS; run++) {
      // Two of the kills hit the opening and its recovery, the others the writing.
      boolean early = run % 4 == 3;
      acknowledged.add(runAndKill(1 + run * RUN, early, random.nextInt(1_500)));
    }
    check(acknowledged);
    assertEquals(List.of(), List.copyOf(foreign), "the database prints nothing");
  }

  private long runAndKill(long first, boolean early, int afterMs) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledGateway.class.getName(),
                folder.toString(),
                Long.toString(first))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    AtomicLong acknowledged = new AtomicLong();
    Thread reader = new Thread(() -> read(child, acknowledged), "child-output");
    reader.start();
    try {
      if (!early) {
        Await.until("first acknowledgement", () -> acknowledged.get() > 0 || !child.isAlive());
      }
      assertTrue(!child.waitFor(afterMs, TimeUnit.MILLISECONDS), "the child ended by itself");
    } finally {
      child.destroyForcibly().waitFor();
      reader.join(10_000);
    }
    return acknowledged.get();
  }

  private void read(Process child, AtomicLong acknowledged) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("ack ")) {
          acknowledged.set(Long.parseLong(line.substring(4)));
        } else if (!line.startsWith("open ")) {
          foreign.add(line);
        }
      }
    } catch (IOException e) {
      // The stream breaks when the child is killed.
    }
  }

  private void check(List<Long> acknowledged) throws IOException {
    try (Historian historian = Historian.open(HistorianSettings.in(folder), Clock.system())) {
      Map<Long, Integer> times = new HashMap<>();
      Instant opened = Clock.system().now();
      long late = 0;
      long cursor = 0;
      for (List<StoredSample> rows = historian.tail(0, 5_000);
          !rows.isEmpty();
          rows = historian.tail(cursor, 5_000)) {
        for (StoredSample row : rows) {
          assertTrue(row.seq() > cursor, "order");
          cursor = row.seq();
          late += row.sourceTime().isBefore(opened.minusSeconds(1_800)) ? 1 : 0;
          times.merge(((Value.Whole) row.value()).number(), 1, Integer::sum);
        }
      }
      assertEquals(historian.lastSeq(), cursor);
      assertEquals(historian.count(), times.values().stream().mapToLong(n -> n).sum());
      checkRollUps(historian, late);
      report(acknowledged, times);
    }
  }

  /** The minutes an hour ago, which were made anew with every run, say every sample once. */
  private static void checkRollUps(Historian historian, long late) {
    Instant now = Clock.system().now();
    assertTrue(late > 100, "late samples");
    Await.until(
        late + " samples in minutes",
        () ->
            KilledGateway.TAGS.stream()
                    .flatMap(
                        tag ->
                            historian
                                .rollups(
                                    tag,
                                    Period.MINUTE,
                                    now.minusSeconds(7_200),
                                    now.minusSeconds(1_800))
                                .stream())
                    .mapToLong(Rollup::samples)
                    .sum()
                == late);
  }

  private static void report(List<Long> acknowledged, Map<Long, Integer> times) {
    long gaps = 0;
    long sure = 0;
    for (int run = 0; run < acknowledged.size(); run++) {
      for (long number = 1 + run * RUN; number <= acknowledged.get(run); number++) {
        sure++;
        gaps += times.containsKey(number) ? 0 : 1;
      }
    }
    long doubles = times.values().stream().filter(n -> n > 1).count();
    String found =
        "kills=%d acknowledged=%d stored=%d gaps=%d doubles=%d"
            .formatted(acknowledged.size(), sure, times.size(), gaps, doubles);
    LoggerFactory.getLogger(HistorianKillIT.class).warn(found);
    assertTrue(sure > 1_000, found);
    assertEquals(0, gaps, found);
    assertEquals(0, doubles, found);
  }
}
