package io.deungdae.collector.store;

import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Value;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that stores numbered samples as fast as they are acknowledged in good time, tells each
 * acknowledgement, and lives until it is killed. Every fifth sample is an hour late.
 */
final class KilledGateway {

  static final List<Tag> TAGS =
      List.of(HistorianTest.tag(0, "a"), HistorianTest.tag(1, "b"), HistorianTest.tag(2, "c"));

  private KilledGateway() {}

  /** Arguments: the folder, and the number of the first sample. */
  public static void main(String[] args) throws Exception {
    HistorianSettings usual = HistorianSettings.in(Path.of(args[0]));
    HistorianSettings settings =
        new HistorianSettings(
            usual.folder(),
            Duration.ofMillis(20),
            Duration.ZERO,
            usual.commitRows(),
            5_000,
            usual.retention(),
            usual.keepFreeMb(),
            usual.timeBehind(),
            usual.timeAhead());
    long first = Long.parseLong(args[1]);
    PrintStream out = System.out;
    Historian historian = Historian.open(settings, Clock.system());
    out.println("open " + historian.lastSeq());
    long said = 0;
    for (long number = first; ; ) {
      List<Sample> batch = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        batch.add(sample(number++));
      }
      historian.append(batch);
      long done = historian.committedTicket();
      if (done > said) {
        out.println("ack " + (first + done - 1));
        said = done;
      }
      LockSupport.parkNanos(500_000);
    }
  }

  private static Sample sample(long number) {
    Instant now = Clock.system().now();
    Instant source = number % 5 == 0 ? now.minusSeconds(3_600) : now;
    Tag tag = TAGS.get((int) (number % 3));
    return new Sample(tag, Value.of(number), Quality.GOOD, source, now, 0);
  }
}
