package io.deungdae.bench;

import com.sun.management.ThreadMXBean;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Recording;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagDetails;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.collector.signal.Unit;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.Board;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.HistorianSettings;
import io.deungdae.collector.store.Intake;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What it costs a device's thread to hand on 10,000 tags: board and historian alone, the same
 * through the intake, and with a recording that leaves most of it out. Processor time and heap of
 * the calling thread, medians of three rounds.
 *
 * <p>Arguments: a folder for the history; seconds of plant time in a round (default 60).
 */
public final class IntakeBench {

  private static final int TAGS = 10_000;
  private static final int BATCH = 100;

  private final PrintStream out = System.out;
  private final Clock clock = Clock.system();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final int seconds;
  private Instant plantTime = clock.now().minus(Duration.ofDays(1));

  private IntakeBench(int seconds) {
    this.seconds = seconds;
  }

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    new IntakeBench(args.length > 1 ? Integer.parseInt(args[1]) : 60).run(Path.of(args[0]));
  }

  private void run(Path folder) throws IOException {
    try (Historian historian = Historian.open(HistorianSettings.in(folder), clock)) {
      List<Tag> plain = tags(Recording.EVERYTHING);
      Board board = new Board(new TagTable(plain));
      measure(
          "board and historian",
          plain,
          batch -> {
            board.put(batch);
            historian.append(batch);
          });
      through("intake, everything kept", historian, plain);
      Duration longest = Duration.ofMinutes(10);
      through("intake, deadband 0.5", historian, tags(new Recording(0.5, Double.NaN, longest)));
      through("intake, swing 0.5", historian, tags(new Recording(Double.NaN, 0.5, longest)));
    }
  }

  private static List<Tag> tags(Recording recording) {
    List<Tag> tags = new ArrayList<>(TAGS);
    TagDetails details = TagDetails.NONE.withRecording(recording);
    for (int i = 0; i < TAGS; i++) {
      String name = "t%05d".formatted(i);
      Tag tag =
          new Tag(i, name, "plc", Kind.NUMBER, Unit.NONE, Range.ALL, Label.of(name), null, details);
      tags.add(tag);
    }
    return tags;
  }

  private void through(String name, Historian historian, List<Tag> tags) {
    Intake intake = new Intake(new Board(new TagTable(tags)), historian);
    long before = intake.leftOut();
    measure(name, tags, intake::accept);
    long offered = (long) TAGS * seconds * 4;
    say("%-26s left out %.1f %%", "", 100.0 * (intake.leftOut() - before) / offered);
  }

  private void measure(String name, List<Tag> tags, Consumer<List<Sample>> sink) {
    round(tags, sink); // warm up
    double[] cpuNs = new double[3];
    double[] bytes = new double[3];
    for (int i = 0; i < 3; i++) {
      double[] cost = round(tags, sink);
      cpuNs[i] = cost[0];
      bytes[i] = cost[1];
    }
    Arrays.sort(cpuNs);
    Arrays.sort(bytes);
    say(
        "%-26s %6.0f ns and %6.1f B a sample; 10,000 samples/s: %.2f %% of a core",
        name, cpuNs[1], bytes[1], cpuNs[1] * 10_000 / 1e7);
  }

  /** Processor time and heap of a sample; making the samples is not counted. */
  private double[] round(List<Tag> tags, Consumer<List<Sample>> sink) {
    long cpuNs = 0;
    long bytes = 0;
    for (int second = 0; second < seconds; second++) {
      plantTime = plantTime.plusSeconds(1);
      for (int from = 0; from < TAGS; from += BATCH) {
        List<Sample> batch = batch(tags, from);
        long beforeBytes = threads.getCurrentThreadAllocatedBytes();
        long beforeNs = threads.getCurrentThreadCpuTime();
        sink.accept(batch);
        cpuNs += threads.getCurrentThreadCpuTime() - beforeNs;
        bytes += threads.getCurrentThreadAllocatedBytes() - beforeBytes;
      }
    }
    double samples = (double) TAGS * seconds;
    return new double[] {cpuNs / samples, bytes / samples};
  }

  /** Slow waves, a little noise: what most tags of a plant look like. */
  private List<Sample> batch(List<Tag> tags, int from) {
    List<Sample> batch = new ArrayList<>(BATCH);
    long nowNs = clock.nanoTime();
    double phase = plantTime.getEpochSecond() / 600.0;
    for (Tag tag : tags.subList(from, from + BATCH)) {
      double noise = ((tag.index() * 7919L + plantTime.getEpochSecond() * 104729L) % 1000) / 5000.0;
      Value value = Value.of(50 + 20 * Math.sin(phase + tag.index()) + noise);
      batch.add(new Sample(tag, value, Quality.GOOD, plantTime, plantTime, nowNs));
    }
    return batch;
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation is no dependency of ours
  private void say(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
