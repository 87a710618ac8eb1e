package io.deungdae.collector.history;

import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.RowVisitor;
import io.deungdae.collector.store.StoredSample;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Joins many tags into one table while their rows stream by. Only rows that wait for the next
 * sample of a tag are held, and none waits longer than the reach.
 */
public final class WideTable implements RowVisitor {

  private static final long NEVER = Long.MIN_VALUE / 2;

  /** A row of the table that is not given out yet. */
  private static final class Pending {
    private final long us;
    private final Value[] cells;

    private Pending(long us, Value[] cells) {
      this.us = us;
      this.cells = cells;
    }
  }

  private final WideSpec spec;
  private final WideVisitor visitor;
  private final Map<String, List<Integer>> places = new HashMap<>();
  private final long toUs;
  private final long everyUs;
  private final long reachUs;
  private final String leading;

  private long nextUs; // the next time of the grid, or the leading tag's last that is not closed
  private boolean more = true;

  // Of each column: the newest good sample, and the number of the first row that waits for the
  // next.
  private final Value[] last;
  private final long[] lastUs;
  private final long[] waitsFrom;

  private final List<Pending> pending = new ArrayList<>();
  private int given; // rows at the start of the list that have been given out
  private long firstPending; // number of the first row that has not
  private int column; // the first column that the first pending row may wait for

  private WideTable(WideSpec spec, WideVisitor visitor) {
    this.spec = spec;
    this.visitor = visitor;
    this.toUs = Interpolation.micros(spec.to());
    this.everyUs = spec.every().toNanos() / 1_000;
    this.reachUs = spec.reach().toNanos() / 1_000;
    this.leading = spec.leading().orElse("");
    this.nextUs = leading.isEmpty() ? Interpolation.micros(spec.from()) : NEVER;
    int width = spec.columns().size();
    this.last = new Value[width];
    this.lastUs = new long[width];
    this.waitsFrom = new long[width];
    Arrays.fill(last, Value.missing());
    Arrays.fill(lastUs, NEVER);
    for (int i = 0; i < width; i++) {
      places.computeIfAbsent(spec.columns().get(i).tag(), tag -> new ArrayList<>()).add(i);
    }
  }

  /**
   * Reads the table, row by row by time. A cell has the good value of that time; of several, that
   * which arrived last.
   *
   * @throws IOException when the visitor throws it, or with a leading tag so many rows wait for
   *     linear values that memory would not do
   */
  public static void read(RowSource source, WideSpec spec, WideVisitor visitor) throws IOException {
    WideTable table = new WideTable(spec, visitor);
    Collection<String> tags = new LinkedHashSet<>(table.places.keySet());
    spec.leading().ifPresent(tags::add);
    boolean linear = spec.fill() == WideSpec.Fill.LINEAR;
    Instant until = linear ? spec.to().plus(spec.reach()) : spec.to();
    source.read(tags, spec.from().minus(spec.reach()), until, table);
    table.finish();
  }

  @Override
  public boolean row(StoredSample row) throws IOException {
    long us = Interpolation.micros(row.sourceTime());
    closeBefore(us);
    boolean good = row.quality().isGood();
    for (int place : places.getOrDefault(row.tag(), List.of())) {
      arrive(place, us, good, row.value());
    }
    if (good && row.tag().equals(leading) && us < toUs && !row.sourceTime().isBefore(spec.from())) {
      nextUs = us;
    }
    flush(us);
    return more;
  }

  private void arrive(int place, long us, boolean good, Value value) {
    if (isLinear(place)) {
      resolve(place, us, good ? value.asDouble() : Double.NaN);
      if (!good) {
        lastUs[place] = NEVER; // no line leads across a bad sample
      }
    }
    if (good) {
      last[place] = value;
      lastUs[place] = us;
    }
  }

  private boolean isLinear(int place) {
    return spec.fill() == WideSpec.Fill.LINEAR && spec.columns().get(place).kind() == Kind.NUMBER;
  }

  /** Fills the rows that waited for this sample of a column. */
  private void resolve(int place, long us, double number) {
    long end = firstPending + pending.size() - given;
    boolean line = lastUs[place] != NEVER && us - lastUs[place] <= reachUs && us > lastUs[place];
    if (waitsFrom[place] < end && line && !Double.isNaN(number)) {
      double before = last[place].asDouble();
      for (long i = Math.max(firstPending, waitsFrom[place]); i < end; i++) {
        Pending row = pending.get(given + (int) (i - firstPending));
        if (row.us > lastUs[place]) {
          row.cells[place] =
              Value.of(Interpolation.line(lastUs[place], before, us, number, row.us));
        }
      }
    }
    waitsFrom[place] = end;
  }

  /** Makes the rows whose time has passed when a sample of {@code us} comes. */
  private void closeBefore(long us) throws IOException {
    if (!leading.isEmpty()) {
      if (nextUs != NEVER && nextUs < us) {
        close(nextUs);
        nextUs = NEVER;
      }
      return;
    }
    while (nextUs < us && nextUs < toUs && more) {
      close(nextUs);
      nextUs += everyUs;
      flush(Math.min(nextUs, us));
    }
  }

  private void close(long us) throws IOException {
    Value[] cells = new Value[last.length];
    for (int i = 0; i < cells.length; i++) {
      boolean usable =
          lastUs[i] == us || (!isLinear(i) && lastUs[i] != NEVER && us - lastUs[i] <= reachUs);
      cells[i] = usable ? last[i] : Value.missing();
    }
    pending.add(new Pending(us, cells));
    if ((long) (pending.size() - given) * cells.length > 2L * WideSpec.MOST_WAITING) {
      throw new IOException(
          "too many rows wait for linear values; take a shorter reach or fewer tags");
    }
  }

  /** Gives out the rows that wait for nothing any more when the samples have come to a time. */
  private void flush(long us) throws IOException {
    while (given < pending.size() && more) {
      while (column < last.length && !waits(column, us)) {
        column++;
      }
      if (column < last.length) {
        return;
      }
      column = 0;
      Pending row = pending.get(given++);
      firstPending++;
      if (given > 1_000 && given > pending.size() / 2) {
        pending.subList(0, given).clear();
        given = 0;
      }
      more = visitor.row(row.us, Arrays.asList(row.cells));
    }
  }

  private boolean waits(int place, long us) {
    return isLinear(place)
        && waitsFrom[place] <= firstPending
        && lastUs[place] != NEVER
        && us - lastUs[place] <= reachUs;
  }

  private void finish() throws IOException {
    closeBefore(Long.MAX_VALUE);
    flush(Long.MAX_VALUE);
  }
}
