package io.deungdae.collector.store;

import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where every sample comes in: up on the board, and into the historian what the tag's recording
 * keeps. Called by any device thread; each tag has one.
 *
 * <p>A sample that a swinging door holds back is not in the historian yet. Its batch counts as
 * durable once it stands in a file beside the history, which {@link #tick} writes at once when
 * somebody asks for what is durable, and every ten seconds otherwise; what a crash leaves there
 * comes into the historian at the next start.
 *
 * <p>A value that a device tells again with the time it had before goes up on the board as it came
 * and into the historian at its arrival, as {@link Quality#GOOD_CONFIRMED}: nothing old looks new,
 * and the history knows that it still stood.
 */
public final class Intake implements SampleSink, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private static final long OVERDUE_EVERY_NS = Duration.ofSeconds(1).toNanos();
  private static final long HELD_EVERY_NS = Duration.ofSeconds(10).toNanos();

  private final Board board;
  private final Historian historian;
  private final HeldFile file;
  private final Map<String, Sieve> sieves = new ConcurrentHashMap<>();
  private final Map<String, ClockSkew> skews = new ConcurrentHashMap<>();
  private final Map<String, Sample> beforeLoss = new ConcurrentHashMap<>();
  private final AtomicLong leftOut = new AtomicLong();

  private final ReentrantReadWriteLock sifting = new ReentrantReadWriteLock();

  // Tickets of held samples that no file has yet; above them nothing counts as durable.
  private final AtomicLong heldFrom = new AtomicLong(Long.MAX_VALUE);

  // The same of those that tick is writing; and up to where the historian must be besides.
  private volatile long writingFrom = Long.MAX_VALUE;
  private long writtenBehind = Long.MAX_VALUE;
  private long overdueNs = Long.MIN_VALUE / 2;
  private long heldWrittenNs = Long.MIN_VALUE / 2;
  private volatile boolean asked;
  private boolean failing;

  /** Feeds both, after putting into the historian what a crash has left held back. */
  public Intake(Board board, Historian historian) {
    this.board = board;
    this.historian = historian;
    this.file = new HeldFile(historian.folder());
    recover();
  }

  private void recover() {
    try {
      List<Sample> missing =
          file.read(board.tags()).stream().filter(sample -> !isStored(sample)).toList();
      if (!missing.isEmpty()) {
        historian.append(missing);
        LOG.info("kept what was held back when the gateway ended samples={}", missing.size());
      }
    } catch (IOException e) {
      LOG.warn("held samples cannot be read, at most one a tag is lost reason={}", e.getMessage());
    }
    writtenBehind = historian.lastTicket();
  }

  private boolean isStored(Sample sample) {
    return isStored(sample.tag(), sample.sourceTime())
        || isStored(sample.tag(), sample.arrivalTime());
  }

  private boolean isStored(Tag tag, Instant from) {
    return historian.trend(tag, from, from.plus(Duration.ofNanos(1_000)), 1).size() > 0;
  }

  @Override
  public long accept(List<Sample> batch) {
    List<Sample> rows = look(batch);
    board.put(batch);
    for (int i = 0; i < rows.size(); i++) {
      if (!rows.get(i).tag().recording().isEverything()) {
        return sift(rows, i);
      }
    }
    return historian.append(rows);
  }

  /** Looks at each sample beside the one before it; returns what the history is told. */
  private List<Sample> look(List<Sample> batch) {
    List<Sample> rows = batch;
    boolean copied = false;
    ClockSkew skew = null;
    for (int i = 0; i < batch.size(); i++) {
      Sample sample = batch.get(i);
      Sample before = board.latest(sample.tag());
      boolean changed = before == null || before.quality() != sample.quality();
      if (changed || !sample.quality().isGood()) {
        board.reasons().came(sample);
      }
      if (before != null && changed) {
        before = acrossLoss(before, sample);
      }
      if (before == null || sample.sourceTime().equals(sample.arrivalTime())) {
        continue;
      }
      if (isRepeat(before, sample)) {
        rows = copied ? rows : new ArrayList<>(batch);
        copied = true;
        rows.set(i, confirmed(sample));
      } else if (sample.quality().isGood() && sample.sourceTime().isAfter(before.sourceTime())) {
        skew = skew == null ? skewOf(sample.tag().device()) : skew;
        skew.add(sample.sourceTime(), sample.arrivalTime(), sample.arrivalNs());
      }
    }
    return rows;
  }

  private long sift(List<Sample> rows, int first) {
    List<Sample> kept = new ArrayList<>(rows.subList(0, first));
    boolean held = false;
    sifting.readLock().lock(); // while it is held, no sample is neither held back nor appended
    try {
      for (int i = first; i < rows.size(); i++) {
        Sample row = rows.get(i);
        if (row.tag().recording().isEverything()) {
          kept.add(row);
        } else {
          held |= sift(row, kept);
        }
      }
      long ticket = kept.isEmpty() ? historian.lastTicket() : historian.append(kept);
      if (held) {
        heldFrom.accumulateAndGet(ticket, Math::min);
      }
      return ticket;
    } finally {
      sifting.readLock().unlock();
    }
  }

  private boolean sift(Sample row, List<Sample> kept) {
    int before = kept.size();
    boolean held = sieve(row.tag(), kept).offer(row, kept);
    if (kept.size() == before) {
      leftOut.incrementAndGet();
    }
    return held;
  }

  private Sieve sieve(Tag tag, List<Sample> kept) {
    Sieve known = sieves.get(tag.name());
    if (known != null && known.tag().equals(tag)) {
      return known;
    }
    if (known != null) {
      known.release(kept); // the settings have changed
    }
    Sieve made = new Sieve(tag);
    sieves.put(tag.name(), made);
    return made;
  }

  /** What stood before a stretch of bad samples, once that is over; until then what came last. */
  private Sample acrossLoss(Sample before, Sample sample) {
    String name = sample.tag().name();
    if (sample.quality().isBad() && !before.quality().isBad()) {
      beforeLoss.put(name, before);
    } else if (before.quality().isBad() && !sample.quality().isBad()) {
      Sample stood = beforeLoss.remove(name);
      return stood == null ? before : stood;
    }
    return before;
  }

  private static boolean isRepeat(Sample before, Sample sample) {
    return before.sourceTime().equals(sample.sourceTime())
        && before.quality() == sample.quality()
        && before.value().equals(sample.value());
  }

  private static Sample confirmed(Sample sample) {
    Quality quality = sample.quality().isGood() ? Quality.GOOD_CONFIRMED : sample.quality();
    return new Sample(
        sample.tag(),
        sample.value(),
        quality,
        sample.arrivalTime(),
        sample.arrivalTime(),
        sample.arrivalNs());
  }

  private ClockSkew skewOf(String device) {
    ClockSkew known = skews.get(device);
    return known != null ? known : skews.computeIfAbsent(device, name -> new ClockSkew());
  }

  @Override
  public void reason(Tag tag, String text) {
    board.reasons().put(tag, text);
  }

  @Override
  public long acceptPast(List<Sample> batch) {
    return historian.append(batch);
  }

  @Override
  public long committed() {
    asked = true;
    // This order: what tick takes over from the first is in the second before the first is cleared.
    long from = Math.min(heldFrom.get(), writingFrom);
    return Math.min(historian.committedTicket(), from == Long.MAX_VALUE ? from : from - 1);
  }

  /**
   * Microseconds by which a device's clock is behind ours, negative when it is ahead; empty when
   * its values have no time of their own, or too few came.
   *
   * @param nowNs monotonic time
   */
  public OptionalLong clockBehindUs(String device, long nowNs) {
    ClockSkew skew = skews.get(device);
    return skew == null ? OptionalLong.empty() : skew.behindUs(nowNs);
  }

  /** Samples that the tags' recording has left out of the history. */
  public long leftOut() {
    return leftOut.get();
  }

  /**
   * Keeps what has been held back for too long, and writes down what is held back while somebody
   * waits for it. To be called a few times a second by one thread.
   */
  public void tick(Instant now, long nowNs) {
    if (nowNs - overdueNs >= 0) {
      overdueNs = nowNs + OVERDUE_EVERY_NS;
      keepOverdue(nowNs);
    }
    boolean due = asked || nowNs - heldWrittenNs >= HELD_EVERY_NS;
    if (due && writingFrom == Long.MAX_VALUE && heldFrom.get() != Long.MAX_VALUE) {
      heldWrittenNs = nowNs;
      asked = false;
      writeHeld();
    }
    if (writingFrom != Long.MAX_VALUE && historian.committedTicket() >= writtenBehind) {
      writingFrom = Long.MAX_VALUE;
    }
  }

  private void keepOverdue(long nowNs) {
    List<Sample> overdue = new ArrayList<>();
    sieves.values().forEach(sieve -> sieve.overdue(nowNs, overdue));
    if (!overdue.isEmpty()) {
      historian.append(overdue); // the thread that could look in between is this one
    }
  }

  private void writeHeld() {
    if (historian.committedTicket() < writtenBehind || !lockAll()) {
      return; // what the older file has may not be in the history yet
    }
    List<Sample> held = new ArrayList<>();
    try {
      long from;
      do {
        from = heldFrom.get();
        writingFrom = from;
      } while (!heldFrom.compareAndSet(from, Long.MAX_VALUE));
      for (Sieve sieve : sieves.values()) {
        Sample waiting = sieve.held();
        if (waiting != null) {
          held.add(waiting);
        }
      }
      writtenBehind = historian.lastTicket();
    } finally {
      sifting.writeLock().unlock();
    }
    write(held);
  }

  private boolean lockAll() {
    try {
      return sifting.writeLock().tryLock(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void write(List<Sample> held) {
    try {
      file.write(held);
      failing = false;
    } catch (IOException e) {
      heldFrom.accumulateAndGet(writingFrom, Math::min);
      writingFrom = Long.MAX_VALUE;
      if (!failing) {
        LOG.warn("held samples cannot be written; check disk space reason={}", e.getMessage());
      }
      failing = true;
    }
  }

  /** Keeps everything that is held back. To be called after the devices have stopped. */
  @Override
  public void close() throws IOException {
    List<Sample> held = new ArrayList<>();
    sieves.values().forEach(sieve -> sieve.release(held));
    if (!held.isEmpty()) {
      historian.append(held);
    }
  }

  @Override
  public List<Sample> unknown(List<Sample> again) {
    return historian.unknown(again);
  }
}
