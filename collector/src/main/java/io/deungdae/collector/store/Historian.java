package io.deungdae.collector.store;

import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All samples, on disk.
 *
 * <p>{@link #append} is called by any device thread; a thread of the historian's own commits in
 * batches. Reading is open to any thread and sees what is committed, a moment later. Rows lie by
 * source time; a source time that cannot be believed is replaced by the arrival time and the sample
 * marked {@link io.deungdae.collector.signal.Quality#UNCERTAIN_TIME}.
 */
public final class Historian implements AutoCloseable {

  /** What {@link #append} answers when samples were not taken. */
  public static final long REFUSED = SampleSink.REFUSED;

  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(30);
  private static final int TAGS_IN_FILTER = 300;

  private final Clock clock;
  private final Path folder;
  private final Opening opening;
  private final Database database;
  private final Spans spans;
  private final SourceTimes times;
  private final Visibility visibility;
  private final RowQueue queue;
  private final Writer writer;
  private final Applier applier;
  private final long seqAtStart;
  private final Rollups rollups;
  private final TrendSource trends;
  private final Proofreader proofreader;

  private Historian(
      HistorianSettings settings, Clock clock, Opening opening, LongSupplier freeBytes)
      throws IOException {
    this.clock = clock;
    this.folder = settings.folder();
    this.opening = opening;
    this.database = opening.database();
    this.spans = opening.recovery().spans();
    long lastSeq = opening.recovery().lastSeq();
    this.seqAtStart = lastSeq;
    DiskSpace space = new DiskSpace(freeBytes, (long) settings.keepFreeMb() << 20);
    this.times = new SourceTimes(settings.timeBehind(), settings.timeAhead());
    this.visibility = new Visibility(lastSeq);
    this.queue = new RowQueue(settings.queueRows(), settings.commitRows());
    KeepState state = KeepState.open(settings.folder());
    this.rollups = new Rollups(database, spans, visibility, state);
    rollups.recover();
    this.trends = new TrendSource(database, rollups);
    this.applier =
        new Applier(
            settings, clock, database, spans, opening.ledger(), visibility, space, rollups, state);
    this.proofreader =
        new Proofreader(folder, database, opening.ledger(), rollups, clock, settings.verifyEvery());
    Journal journal = new Journal(database, opening, times, space);
    this.writer = new Writer(settings, clock, queue, journal, spans, applier, lastSeq);
  }

  /**
   * Opens the history in a folder, making it when there is none, and recovers it after a crash.
   *
   * @throws IOException when it cannot be read, or another process uses it
   */
  public static Historian open(HistorianSettings settings, Clock clock) throws IOException {
    Files.createDirectories(settings.folder());
    return open(settings, clock, DiskSpace.of(settings.folder()));
  }

  static Historian open(HistorianSettings settings, Clock clock, LongSupplier freeBytes)
      throws IOException {
    Files.createDirectories(settings.folder());
    Opening opening = Opening.open(settings.folder(), clock);
    Historian historian = new Historian(settings, clock, opening, freeBytes);
    historian.applier.start();
    historian.writer.start();
    historian.proofreader.start();
    return historian;
  }

  /** What was ever found damaged, the oldest first. */
  public List<Damage> damage() throws IOException {
    return Damage.in(folder);
  }

  /**
   * What reading the files again has found damaged since opening, in that order; see the setting
   * {@code verifyEvery}.
   */
  public List<Damage> foundByReading() {
    return List.copyOf(proofreader.found());
  }

  /** Does now what is due of reading again. */
  void proofread() throws IOException, InterruptedException {
    proofreader.turn();
  }

  /** How often everything was read again since opening. */
  long readAgain() {
    return proofreader.passes();
  }

  /**
   * Reads everything and compares it with what was stored, minute by minute. While nothing is taken
   * in; the differences are noted and then taken for true.
   *
   * @return stretches in which rows are missing or not what was stored; empty when none is
   */
  public List<Damage> verify(Instant now) throws IOException {
    List<Damage> found = opening.verify(now);
    for (Damage damage : found) {
      Opening.report(folder, damage);
    }
    return found;
  }

  /**
   * Takes samples to be stored.
   *
   * <p>Waits while the buffer is full, so that a slow disk slows the devices down instead of losing
   * samples. Only when nothing could be written for seconds, as on a full disk, and the buffer is
   * full, it does not wait: a gateway that cannot keep history must still control.
   *
   * @return the ticket of the last one; the batch is durable once {@link #committedTicket} reaches
   *     it; {@link #REFUSED} when not all were taken, which never is
   * @throws IllegalStateException when the historian is closed or the thread interrupted before all
   *     had room; some of the batch may then have been taken
   */
  public long append(List<Sample> batch) {
    return queue.put(batch);
  }

  /** The ticket of the last sample taken, durable or not. */
  long lastTicket() {
    return queue.lastTicket();
  }

  /**
   * Says which group each tag is in. While a class is kept by group and this is not known, no
   * samples and no roll-ups are deleted.
   */
  public void groups(UnaryOperator<String> groupOfTag) {
    applier.retention().groups(groupOfTag);
  }

  /**
   * Says up to which number all receivers have the rows: when room is short, only days that lie
   * below are deleted before their time. Until then no row counts as delivered.
   */
  public void delivered(LongSupplier upToSeq) {
    applier.retention().delivered(upToSeq);
  }

  /** Makes the applier look for work now. */
  void wake() {
    applier.wake();
  }

  /** How often the applier has looked for work, and found none. */
  long rounds() {
    return applier.rounds();
  }

  /** True when the roll-ups of all that is over are made, by the clock's present time. */
  boolean rolledUp() {
    return rollups.isDone(clock.now());
  }

  /** The folder it keeps. */
  Path folder() {
    return folder;
  }

  /** The highest ticket up to which everything is safely on disk. */
  public long committedTicket() {
    return writer.committedTicket();
  }

  /** Rows stored. */
  public long count() {
    return count("", null);
  }

  /** Rows stored of one tag. */
  public long count(Tag tag) {
    return count(" WHERE tag = $1", tag.name());
  }

  private long count(String where, @Nullable String tag) {
    long[] rows = {0};
    database.queryAll(
        name -> "SELECT count() FROM " + name + where, tag, row -> rows[0] += row.getLong(0));
    return rows[0];
  }

  /**
   * One tag from {@code from} (included) to {@code to} (excluded), by source time, thinned to about
   * {@code maxPoints} without losing peaks: the first, lowest, highest and last value of equal
   * stretches of time, a quarter of {@code maxPoints} of them, and a gap where a stretch has a bad
   * sample. Where there are fewer samples than {@code maxPoints} and a stretch is shorter than half
   * a minute, all are kept as they are. Longer stretches are whole minutes (from half an hour on,
   * whole hours) of UTC, so that there may be half as many or up to twice as many points, and drawn
   * from roll-ups; what the roll-ups do not have yet is drawn from samples.
   */
  public Trend trend(Tag tag, Instant from, Instant to, int maxPoints) {
    long fromUs = SourceTimes.micros(from);
    long toUs = SourceTimes.micros(to);
    return trends.trend(tag, fromUs, toUs, maxPoints);
  }

  /**
   * Tags on a grid from {@code from} to {@code to} (both included): at each grid time the good
   * value with the latest source time at or before it, of several with the same time the one that
   * arrived last; a value older than {@code lookBack} at a grid time is not used.
   *
   * @throws IllegalArgumentException when the frame would have more than 200 million cells
   */
  public Frame frame(List<Tag> tags, Instant from, Instant to, Duration step, Duration lookBack) {
    long fromUs = SourceTimes.micros(from);
    long toUs = SourceTimes.micros(to);
    long lookBackUs = lookBack.toNanos() / 1_000;
    FrameReader reader =
        new FrameReader(List.copyOf(tags), fromUs, toUs, step.toNanos() / 1_000, lookBackUs);
    database.scan(new Stretch(fromUs - lookBackUs, toUs), reader::id, reader);
    return reader.frame();
  }

  private static String filter(List<Tag> tags) {
    return filterNames(tags.stream().map(Tag::name).toList());
  }

  private static String filterNames(Collection<String> tags) {
    return tags.size() > TAGS_IN_FILTER
        ? ""
        : tags.stream()
            .map(tag -> "'" + tag.replace("'", "''") + "'")
            .collect(Collectors.joining(",", " AND tag IN (", ")"));
  }

  // ---- all rows of some tags

  /**
   * Gives every row of the tags from {@code from} (included) to {@code to} (excluded), by source
   * time, rows with one time in the order of their numbers. Reads in pages of some 20,000 rows, so
   * it may be as long as one likes and the visitor as slow; a row that comes in behind the place
   * where the reading is is not given.
   *
   * @param tags names, also of tags that have left the settings
   * @throws IOException when the visitor throws it
   * @throws IllegalStateException when the historian is closed
   */
  public void read(Collection<String> tags, Instant from, Instant to, RowVisitor visitor)
      throws IOException {
    if (!tags.isEmpty()) {
      new PageReader(database, tags)
          .read(SourceTimes.bounded(from), SourceTimes.bounded(to), visitor);
    }
  }

  /** How many rows {@link #read} would give, all qualities. */
  public long count(Collection<String> tags, Instant from, Instant to) {
    Set<String> wanted = Set.copyOf(tags);
    long[] sum = {0};
    database.queryAll(
        name ->
            "SELECT tag, count() FROM "
                + name
                + " WHERE ts >= "
                + SourceTimes.bounded(from)
                + " AND ts < "
                + SourceTimes.bounded(to)
                + filterNames(tags),
        null,
        row -> sum[0] += wanted.contains(String.valueOf(row.getSymA(0))) ? row.getLong(1) : 0);
    return sum[0];
  }

  /** Names of all tags that ever had a row, in the order in which they came. */
  public List<String> names() {
    return database.names();
  }

  /**
   * The kind of a tag's values, from its newest row with a value from {@code from} to {@code to}
   * (excluded); for tags that have left the settings.
   */
  public Optional<Kind> kind(String tag, Instant from, Instant to) {
    List<Kind> found = new ArrayList<>();
    database.queryAll(
        name ->
            name
                + " WHERE tag = $1 AND kind > 0 AND ts >= "
                + SourceTimes.bounded(from)
                + " AND ts < "
                + SourceTimes.bounded(to)
                + " LIMIT -1",
        tag,
        row -> found.add(StoredValue.of(row).kind()));
    return found.stream().findFirst();
  }

  /** From the oldest row to just behind the newest, by source time; empty without rows. */
  public Optional<Extent> extent() {
    long oldest = database.oldestUs(-1);
    long newest = database.newestUs(-1);
    return oldest < 0 || newest < 0
        ? Optional.empty()
        : Optional.of(new Extent(SourceTimes.instant(oldest), SourceTimes.instant(newest + 1)));
  }

  // ---- by number

  /**
   * At most {@code max} rows with a sequence number above {@code afterSeq}, in sequence order;
   * fewer when deleted days lie between. Empty only when there is none yet. No row shows up later
   * with a number below one that was given.
   */
  public List<StoredSample> tail(long afterSeq, int max) {
    long end = visibility.seq();
    long from = Math.max(0, afterSeq);
    while (from < end) {
      long to = Math.min(end, from + max);
      List<StoredSample> rows = rows(from + 1, to);
      if (!rows.isEmpty()) {
        return rows;
      }
      from = Math.max(to, Math.min(end, spans.nextCovered(to) - 1));
    }
    return List.of();
  }

  private List<StoredSample> rows(long fromSeq, long toSeq) {
    TailReader reader = new TailReader();
    for (Stretch stretch : spans.stretches(fromSeq, toSeq)) {
      database.queryAll(
          name ->
              name
                  + " WHERE ts >= "
                  + stretch.fromUs()
                  + " AND ts <= "
                  + stretch.toUs()
                  + " AND seq >= "
                  + fromSeq
                  + " AND seq <= "
                  + toSeq,
          null,
          reader);
    }
    return reader.inOrder();
  }

  /**
   * For each row, how many rows with lower numbers have the same tag and source time. Rows that are
   * told apart by it stay so, however often and from wherever they are read.
   */
  public int[] turns(List<StoredSample> rows) {
    TurnReader reader = new TurnReader(rows);
    for (Stretch stretch : reader.stretches()) {
      database.queryAll(
          name ->
              "SELECT "
                  + TurnReader.COLUMNS
                  + " FROM "
                  + name
                  + " WHERE ts >= "
                  + stretch.fromUs()
                  + " AND ts <= "
                  + stretch.toUs()
                  + " AND seq < "
                  + reader.belowSeq(),
          null,
          reader);
    }
    return reader.turns();
  }

  /**
   * Of samples, those that are not stored: no row has their tag, source time and value. Samples
   * whose source time would not be believed are never known.
   */
  public List<Sample> unknown(List<Sample> samples) {
    List<Sample> believed = samples.stream().filter(times::believes).toList();
    if (believed.isEmpty()) {
      return samples;
    }
    KnownReader reader = new KnownReader(believed);
    String tags = filter(believed.stream().map(Sample::tag).distinct().toList());
    for (Stretch stretch : reader.stretches()) {
      database.queryAll(
          name -> name + " WHERE ts >= " + stretch.fromUs() + " AND ts <= " + stretch.toUs() + tags,
          null,
          reader);
    }
    return samples.stream()
        .filter(sample -> !(times.believes(sample) && reader.knows(sample)))
        .toList();
  }

  /**
   * For each sample, what readers see at its tag and source time, whatever of that time would be
   * believed. Reads the stretch of time from the first to the last of them.
   */
  public List<Known> known(List<Sample> samples) {
    PastReader reader = new PastReader(samples);
    if (!samples.isEmpty()) {
      String tags = filter(samples.stream().map(Sample::tag).distinct().toList());
      database.queryAll(
          name ->
              name
                  + " WHERE ts >= "
                  + reader.stretch().fromUs()
                  + " AND ts <= "
                  + reader.stretch().toUs()
                  + tags,
          null,
          reader);
    }
    return reader.known();
  }

  /** True when readers see everything up to a ticket. */
  public boolean isReadable(long ticket) {
    return visibility.seq() >= seqAtStart + ticket;
  }

  /**
   * The roll-ups of a tag that begin from {@code from} (included) to {@code to} (excluded),
   * ascending: those that are made. A minute is made some 20 s after it is over, an hour a minute
   * after that; samples that come later make it anew.
   */
  public List<Rollup> rollups(Tag tag, Period period, Instant from, Instant to) {
    List<Rollup> found = new ArrayList<>();
    rollups.read(period, tag.name(), SourceTimes.micros(from), SourceTimes.micros(to), found::add);
    return found;
  }

  /**
   * Copies everything that can be read now, while samples go on coming in. On the caller's thread,
   * for as long as it takes.
   *
   * @param into an empty folder
   * @param earlier the folder of an earlier copy, whose files of unchanged days are used; or null
   */
  public HistoryBackup.Manifest backup(
      Path into, @Nullable Path earlier, HistoryBackup.Progress progress) throws IOException {
    return HistoryBackup.make(database, visibility.seq(), into, earlier, progress);
  }

  /** The highest committed sequence number, 0 when there is none. */
  public long lastSeq() {
    return writer.lastSeq();
  }

  /** The highest sequence number up to which all rows can be read, 0 when there is none. */
  public long readableSeq() {
    return visibility.seq();
  }

  /** How it is doing. Cheap; any thread. */
  public HistorianStatus status() {
    long lastSeq = writer.lastSeq();
    return new HistorianStatus(
        lastSeq,
        queue.size(),
        queue.capacity(),
        Math.max(0, lastSeq - visibility.seq()),
        writer.commits(),
        Duration.ofNanos(writer.lastCommitNs()),
        Duration.ofNanos(writer.worstCommitNs()),
        times.retimed(),
        writer.failures() + applier.failures(),
        writer.error().isEmpty() ? applier.error() : writer.error(),
        applier.diskBytes(),
        applier.freeBytes(),
        applier.keeping(queue.refused()));
  }

  /**
   * Commits what waits and closes; for the commits half a minute is given. What cannot be written
   * within that time is lost. Harmless when closed already.
   *
   * @throws IOException when something was lost or did not close in order
   */
  @Override
  public void close() throws IOException {
    queue.close();
    proofreader.stop(LONGEST_CLOSE);
    boolean written = writer.stop(LONGEST_CLOSE);
    applier.stop(LONGEST_CLOSE);
    try {
      spans.close();
      opening.ledger().close();
      opening.names().close();
    } finally {
      database.close();
    }
    if (!written) {
      throw new IOException(
          "closed with " + queue.size() + " samples not written: " + writer.error());
    }
  }
}
