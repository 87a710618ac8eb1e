package io.deungdae.collector.driver;

import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps what a device delivers, and waits, within bounds, for what should come. */
public final class RecordingSink implements SampleSink {

  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final List<Sample> all = new CopyOnWriteArrayList<>();
  private final List<Sample> past = new CopyOnWriteArrayList<>();
  private final Map<Tag, Sample> latest = new ConcurrentHashMap<>();
  private final Map<Tag, String> reasons = new ConcurrentHashMap<>();
  private final AtomicLong count = new AtomicLong();
  private final boolean keepAll;

  /** Keeps the latest sample of each tag, and all of them if asked to. */
  public RecordingSink(boolean keepAll) {
    this.keepAll = keepAll;
  }

  @Override
  public long accept(List<Sample> batch) {
    for (Sample sample : batch) {
      if (keepAll) {
        all.add(sample);
      }
      latest.put(sample.tag(), sample);
    }
    return count.addAndGet(batch.size());
  }

  @Override
  public long acceptPast(List<Sample> batch) {
    past.addAll(batch);
    return count.addAndGet(batch.size());
  }

  @Override
  public void reason(Tag tag, String text) {
    reasons.put(tag, text);
  }

  /** The last reason that was told for a tag; empty when there was none. */
  public String reason(Tag tag) {
    return reasons.getOrDefault(tag, "");
  }

  /** What came for the history only. */
  public List<Sample> past() {
    return past;
  }

  /** Everything so far, in order. */
  public List<Sample> all() {
    return all;
  }

  /** Everything of one tag so far, in order. */
  public List<Sample> of(Tag tag) {
    return all.stream().filter(sample -> sample.tag().equals(tag)).toList();
  }

  /** The latest sample of a tag, or null. */
  public @Nullable Sample latest(Tag tag) {
    return latest.get(tag);
  }

  /** Waits for the tag's latest sample to be so; fails after a minute. */
  public Sample await(Tag tag, Predicate<Sample> so) {
    await(
        () -> {
          Sample sample = latest.get(tag);
          return sample != null && so.test(sample);
        },
        () -> tag + " is " + latest.get(tag));
    return java.util.Objects.requireNonNull(latest.get(tag));
  }

  /** Waits for something to be so; fails after a minute. */
  public static void await(BooleanSupplier so, java.util.function.Supplier<String> otherwise) {
    long untilNs = System.nanoTime() + LONGEST.toNanos();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() - untilNs > 0) {
        throw new AssertionError("waited too long; " + otherwise.get());
      }
      LockSupport.parkNanos(2_000_000L);
    }
  }
}
