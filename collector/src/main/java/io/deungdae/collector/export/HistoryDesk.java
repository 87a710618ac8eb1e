package io.deungdae.collector.export;

import io.deungdae.collector.history.Interpolation;
import io.deungdae.collector.history.ValueAt;
import io.deungdae.collector.history.WideSpec;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.collector.store.Extent;
import io.deungdae.collector.store.Historian;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Where people ask for history. Knows the tags of the settings and those that history still has of
 * earlier settings. Thread-safe.
 */
public final class HistoryDesk {

  /** Most columns of a wide table. */
  public static final int MOST_COLUMNS = 2_000;

  /** Longest look to either side of a time. */
  public static final Duration LONGEST_LOOK = Duration.ofDays(7);

  private final Historian historian;
  private final Supplier<TagTable> tags;

  /** A desk in front of a historian. */
  public HistoryDesk(Historian historian, Supplier<TagTable> tags) {
    this.historian = historian;
    this.tags = tags;
  }

  /**
   * What a query comes to.
   *
   * @param tags the tags that it names
   * @param from first time
   * @param to just behind the last
   * @param rows how many rows it will have, as far as one can tell; for a wide table with a leading
   *     tag the samples of that tag
   */
  public record Plan(List<String> tags, Instant from, Instant to, long rows) {
    public Plan {
      tags = List.copyOf(tags);
    }
  }

  /**
   * Looks a query over without running it. Counts rows, which takes a moment for much history.
   *
   * @throws IllegalArgumentException when it names a tag that there is not, or cannot be answered
   */
  public Plan plan(HistoryQuery query) {
    Plan range = range(query);
    long rows =
        query.shape() == HistoryQuery.Shape.LONG
            ? historian.count(range.tags(), range.from(), range.to())
            : wide(query, range)
                .rows()
                .orElseGet(
                    () ->
                        historian.count(
                            List.of(query.leading().orElseThrow()), range.from(), range.to()));
    return new Plan(range.tags(), range.from(), range.to(), Math.min(rows, query.limit()));
  }

  private Plan range(HistoryQuery query) {
    List<String> names = names(query.tags());
    query.leading().ifPresent(tag -> names(List.of(tag)));
    Optional<Extent> extent = historian.extent();
    Instant from = query.from().or(() -> extent.map(Extent::from)).orElse(Instant.EPOCH);
    Instant to = query.to().or(() -> extent.map(Extent::to)).orElse(Instant.EPOCH);
    if (to.isBefore(from)) {
      throw HistoryQuery.wrong("from", from + " behind to, " + to, "a time before it");
    }
    return new Plan(names, from, to, 0);
  }

  private WideSpec wide(HistoryQuery query, Plan range) {
    if (range.tags().size() > MOST_COLUMNS) {
      throw HistoryQuery.wrong(
          "tags", range.tags().size() + " columns", "at most " + MOST_COLUMNS + " in a wide table");
    }
    List<WideSpec.Column> columns = new ArrayList<>();
    for (String tag : range.tags()) {
      columns.add(new WideSpec.Column(tag, kind(tag, range)));
    }
    return new WideSpec(
        columns,
        range.from(),
        range.to(),
        query.every(),
        query.leading(),
        query.fill(),
        query.reach());
  }

  private Kind kind(String name, Plan range) {
    return tags.get()
        .find(name)
        .map(Tag::kind)
        .or(() -> historian.kind(name, range.from(), range.to()))
        .orElse(Kind.NUMBER);
  }

  /**
   * Runs a query, row by row; closes {@code out}.
   *
   * @return how many rows were written
   * @throws IllegalArgumentException as {@link #plan}, before anything is written
   */
  public long write(HistoryQuery query, OutputStream out, HistoryExport.Watch watch)
      throws IOException {
    Plan range = range(query);
    HistoryExport export = new HistoryExport(historian::read, query.format(), query.zone());
    HistoryExport.Watch bounded = rows -> watch.goesOn(rows) && rows < query.limit();
    return query.shape() == HistoryQuery.Shape.LONG
        ? export.writeLong(out, range.tags(), range.from(), range.to(), bounded)
        : export.writeWide(out, wide(query, range), bounded);
  }

  /** Runs a query into a table of the caller's, which it closes. */
  public long write(HistoryQuery query, TableMaker maker, HistoryExport.Watch watch)
      throws IOException {
    Plan range = range(query);
    HistoryExport export = new HistoryExport(historian::read, query.format(), query.zone());
    HistoryExport.Watch bounded = rows -> watch.goesOn(rows) && rows < query.limit();
    if (query.shape() == HistoryQuery.Shape.LONG) {
      Table table = maker.open(HistoryExport.longColumns(query.format()));
      return export.writeLong(table, range.tags(), range.from(), range.to(), bounded);
    }
    WideSpec spec = wide(query, range);
    return export.writeWide(maker.open(HistoryExport.wideColumns(spec)), spec, bounded);
  }

  /** Makes a table when its columns are known. */
  @FunctionalInterface
  public interface TableMaker {
    /** A table with these columns. */
    Table open(List<Column> columns) throws IOException;
  }

  /**
   * The values of tags at a time.
   *
   * @throws IllegalArgumentException when there is no such tag, or the limit is too long
   */
  public List<ValueAt> at(List<String> patterns, Instant at, Duration limit) throws IOException {
    if (limit.isZero() || limit.compareTo(LONGEST_LOOK) > 0) {
      throw HistoryQuery.wrong("reach", limit.toString(), "more than 0 and at most 7d");
    }
    return Interpolation.at(historian::read, names(patterns), at, limit);
  }

  /** The tags that names and patterns mean. */
  private List<String> names(List<String> patterns) {
    Set<String> all = new LinkedHashSet<>();
    tags.get().all().forEach(tag -> all.add(tag.name()));
    all.addAll(historian.names());
    Set<String> found = new LinkedHashSet<>();
    for (String pattern : patterns) {
      List<String> these =
          all.contains(pattern) ? List.of(pattern) : all.stream().filter(of(pattern)).toList();
      if (these.isEmpty()) {
        throw HistoryQuery.wrong("tags", pattern, "e.g. " + nearest(pattern, all));
      }
      found.addAll(these);
    }
    return new ArrayList<>(found);
  }

  private static java.util.function.Predicate<String> of(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString()).asMatchPredicate();
  }

  /** The three names that are most like a text, for whoever mistyped one. */
  public static String nearest(String text, Collection<String> names) {
    List<String> three =
        names.stream()
            .sorted(Comparator.comparingInt(name -> distance(text, name)))
            .limit(3)
            .toList();
    return three.isEmpty() ? "nothing: there are no tags" : String.join(", ", three);
  }

  /** Letters to change, add or take out to make one text of the other (V. Levenshtein, 1966). */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int corner = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = corner + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        corner = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
