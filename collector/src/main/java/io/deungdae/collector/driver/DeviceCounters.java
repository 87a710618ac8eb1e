package io.deungdae.collector.driver;

import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of one device beyond its {@link DeviceStatus}: failures by kind, samples by group
 * of tags and quality, round trips. The device's thread counts, allocating nothing; any thread
 * reads, and may see a count or two less.
 */
public final class DeviceCounters {

  /** Tags of more groups than this are counted together under {@link #OTHER}. */
  static final int MOST_GROUPS = 64;

  /** What is older belongs to no delay of the network's. */
  private static final long LONGEST_DELAY_S = 86_400;

  /** The group of those that were too many. */
  static final String OTHER = "(other)";

  /** Why something failed. */
  public enum Failure {
    /** No link could be made, or it broke. */
    CONNECT,
    /** No answer in time. */
    TIMEOUT,
    /** The device refused. */
    REJECTED,
    /** The device answered something that the protocol does not allow. */
    PROTOCOL,
    /** A write was refused or could not be represented. */
    WRITE,
    /** A message, or a value in it, could not be read. */
    MALFORMED,
    /** An error of ours. */
    INTERNAL
  }

  /** Samples of some tags of the device. */
  public static final class Group {

    private final String name;
    private final List<Tag> tags = new ArrayList<>();
    private final Map<Quality, AtomicLong> byQuality = counts(Quality.class);
    private final AtomicLong timed = new AtomicLong();
    private final AtomicLong delayMicros = new AtomicLong();

    private Group(String name) {
      this.name = name;
    }

    /** What its tags have in common. */
    public String name() {
      return name;
    }

    /** Its tags. */
    public List<Tag> tags() {
      return List.copyOf(tags);
    }

    /** Samples of this quality since start. */
    public long samples(Quality quality) {
      return count(byQuality, quality);
    }

    /** Samples since start. */
    public long samples() {
      long sum = 0;
      for (AtomicLong count : byQuality.values()) {
        sum += count.getOpaque();
      }
      return sum;
    }

    /** Good samples since start whose time is not that of their arrival. */
    public long timedSamples() {
      return timed.getOpaque();
    }

    /**
     * How long these took from their own time to their arrival, microseconds, taken together. A
     * clock that is ahead of ours counts as no delay.
     */
    public long delayMicros() {
      return delayMicros.getOpaque();
    }

    private void delay(Sample sample) {
      Instant at = sample.sourceTime();
      Instant arrived = sample.arrivalTime();
      if (!sample.quality().isGood() || at.equals(arrived)) {
        return;
      }
      if (Math.abs(arrived.getEpochSecond() - at.getEpochSecond()) <= LONGEST_DELAY_S) {
        timed.setOpaque(timed.getPlain() + 1);
        long micros = Math.max(0, ChronoUnit.MICROS.between(at, arrived));
        delayMicros.setOpaque(delayMicros.getPlain() + micros);
      }
    }

    /** Of these, bad ones. */
    public long badSamples() {
      long sum = 0;
      for (Quality quality : Quality.values()) {
        sum += quality.isBad() ? samples(quality) : 0;
      }
      return sum;
    }
  }

  private final Map<Failure, AtomicLong> failures = counts(Failure.class);
  private final RoundTrips roundTrips = new RoundTrips();
  private final List<Group> groups;
  private final @Nullable Group[] byIndex;
  private final int firstIndex;

  /** For a device with these tags. */
  DeviceCounters(List<Tag> tags) {
    Map<String, Group> found = new LinkedHashMap<>();
    firstIndex = tags.stream().mapToInt(Tag::index).min().orElse(0);
    int last = tags.stream().mapToInt(Tag::index).max().orElse(-1);
    byIndex = new @Nullable Group[Math.max(0, last - firstIndex + 1)];
    for (Tag tag : tags) {
      String name = groupOf(tag);
      String kept = found.containsKey(name) || found.size() < MOST_GROUPS ? name : OTHER;
      Group group = found.computeIfAbsent(kept, Group::new);
      group.tags.add(tag);
      byIndex[tag.index() - firstIndex] = group;
    }
    groups = List.copyOf(found.values());
  }

  private static <E extends Enum<E>> Map<E, AtomicLong> counts(Class<E> type) {
    Map<E, AtomicLong> counts = new EnumMap<>(type);
    for (E key : EnumSet.allOf(type)) {
      counts.put(key, new AtomicLong());
    }
    return counts;
  }

  private static <E extends Enum<E>> long count(Map<E, AtomicLong> counts, E key) {
    AtomicLong count = counts.get(key);
    return count == null ? 0 : count.getOpaque();
  }

  /** Adds one, for the only thread that writes. */
  private static <E extends Enum<E>> void increment(Map<E, AtomicLong> counts, E key) {
    AtomicLong count = counts.get(key);
    if (count != null) {
      count.setOpaque(count.getPlain() + 1);
    }
  }

  /** A tag's group: that of its tag list, else its name without the last part. */
  static String groupOf(Tag tag) {
    if (!tag.group().isEmpty()) {
      return tag.group();
    }
    int dot = tag.name().lastIndexOf('.');
    return dot < 0 ? "" : tag.name().substring(0, dot);
  }

  /** The groups of tags, in the order of the tags. */
  public List<Group> groups() {
    return groups;
  }

  /** Failures of a kind since start. */
  public long failures(Failure kind) {
    return count(failures, kind);
  }

  /** Samples of this quality since start. */
  public long samples(Quality quality) {
    long sum = 0;
    for (Group group : groups) {
      sum += group.samples(quality);
    }
    return sum;
  }

  /** How long exchanges took. */
  public RoundTrips roundTrips() {
    return roundTrips;
  }

  // ---- for the device's thread

  void sample(Sample sample) {
    int at = sample.tag().index() - firstIndex;
    Group group = at >= 0 && at < byIndex.length ? byIndex[at] : null;
    if (group != null) {
      increment(group.byQuality, sample.quality());
      group.delay(sample);
    }
  }

  void failure(Failure kind) {
    increment(failures, kind);
  }

  void failure(DeviceException.Kind kind) {
    failure(
        switch (kind) {
          case CONNECT -> Failure.CONNECT;
          case TIMEOUT -> Failure.TIMEOUT;
          case REJECTED -> Failure.REJECTED;
          case PROTOCOL -> Failure.PROTOCOL;
        });
  }
}
