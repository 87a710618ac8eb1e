package io.deungdae.collector.store;

import io.deungdae.collector.settings.Section;
import io.deungdae.collector.signal.Tag;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How history is kept.
 *
 * @param folder where the files are; made when missing
 * @param commit greatest time between two commits while samples come in; positive
 * @param readable greatest time until committed samples can be read; bringing them into the table
 *     costs about the same for few as for many; not negative
 * @param commitRows a commit is made earlier once this many samples wait; positive
 * @param queueRows how many samples may wait for the disk before {@code append} waits; positive
 * @param retention age beyond which whole days of samples are deleted; zero keeps everything
 * @param keepFreeMb space on the disk, in MiB, below which nothing more is written; not negative
 * @param timeBehind greatest age of a source time that is believed; positive
 * @param timeAhead how far in the future a source time is believed; positive
 * @param keep what is kept of samples and roll-ups; its age of samples is {@code retention}
 * @param verifyEvery how often all files are read again and compared with what was stored, slowly;
 *     zero for never
 */
public record HistorianSettings(
    Path folder,
    Duration commit,
    Duration readable,
    int commitRows,
    int queueRows,
    Duration retention,
    int keepFreeMb,
    Duration timeBehind,
    Duration timeAhead,
    Keep keep,
    Duration verifyEvery) {

  private static final Duration WEEK = Duration.ofDays(7);

  /** Read again once a week. */
  public HistorianSettings(
      Path folder,
      Duration commit,
      Duration readable,
      int commitRows,
      int queueRows,
      Duration retention,
      int keepFreeMb,
      Duration timeBehind,
      Duration timeAhead,
      Keep keep) {
    this(
        folder,
        commit,
        readable,
        commitRows,
        queueRows,
        retention,
        keepFreeMb,
        timeBehind,
        timeAhead,
        keep,
        WEEK);
  }

  /** With the usual times for roll-ups, and no classes. */
  public HistorianSettings(
      Path folder,
      Duration commit,
      Duration readable,
      int commitRows,
      int queueRows,
      Duration retention,
      int keepFreeMb,
      Duration timeBehind,
      Duration timeAhead) {
    this(
        folder,
        commit,
        readable,
        commitRows,
        queueRows,
        retention,
        keepFreeMb,
        timeBehind,
        timeAhead,
        Keep.of(retention));
  }

  public HistorianSettings {
    if (commit.isNegative() || commit.isZero()) {
      throw new IllegalArgumentException("commit must be positive, found " + commit);
    }
    if (commitRows < 1 || queueRows < 1) {
      throw new IllegalArgumentException("commitRows and queueRows must be positive");
    }
    if (!keep.ages().raw().equals(retention)) {
      throw new IllegalArgumentException("two ages of samples");
    }
    if (keepFreeMb < 0
        || readable.isNegative()
        || retention.isNegative()
        || timeBehind.isNegative()
        || timeAhead.isNegative()
        || verifyEvery.isNegative()) {
      throw new IllegalArgumentException(
          "readable, retention, keepFreeMb, timeBehind, timeAhead, verifyEvery must not be"
              + " negative");
    }
  }

  /** The defaults, in a folder. */
  public static HistorianSettings in(Path folder) {
    return new HistorianSettings(
        folder,
        Duration.ofMillis(200),
        Duration.ofSeconds(1),
        20_000,
        100_000,
        Duration.ofDays(90),
        512,
        Duration.ofDays(30),
        Duration.ofMinutes(10));
  }

  /** The same without any deleting by age or reading again, for those who only look. */
  public HistorianSettings keepingAll() {
    return new HistorianSettings(
        folder,
        commit,
        readable,
        commitRows,
        queueRows,
        Duration.ZERO,
        keepFreeMb,
        timeBehind,
        timeAhead,
        Keep.of(Duration.ZERO),
        Duration.ZERO);
  }

  /** How long samples of a tag are kept; zero for good. */
  public Duration kept(Tag tag) {
    return keep.classes().stream()
        .filter(one -> one.holds(tag.name(), tag.group()))
        .findFirst()
        .map(one -> one.ages().raw())
        .orElse(retention);
  }

  /** Reads the section {@code historian}. */
  public static HistorianSettings read(Section section) {
    Path folder = section.dataFile("folder", "history");
    HistorianSettings usual = in(folder);
    Duration retention =
        section.duration("retention", usual.retention, Duration.ZERO, Duration.ofDays(36_500));
    HistorianSettings settings =
        new HistorianSettings(
            folder,
            section.duration("commit", usual.commit, Duration.ofMillis(10), Duration.ofSeconds(10)),
            section.duration("readable", usual.readable, Duration.ZERO, Duration.ofMinutes(1)),
            section.integer("commitRows", usual.commitRows, 1, 1_000_000),
            section.integer("queueRows", usual.queueRows, 1, 10_000_000),
            retention,
            section.integer("keepFreeMb", usual.keepFreeMb, 0, 1_000_000),
            section.duration(
                "timeBehind", usual.timeBehind, Duration.ofSeconds(1), Duration.ofDays(3_650)),
            section.duration(
                "timeAhead", usual.timeAhead, Duration.ofSeconds(1), Duration.ofDays(365)),
            Keep.read(section, retention),
            section.duration("verifyEvery", WEEK, Duration.ZERO, Duration.ofDays(365)));
    section.done();
    return settings;
  }
}
