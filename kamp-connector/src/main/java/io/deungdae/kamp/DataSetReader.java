package io.deungdae.kamp;

import io.deungdae.collector.settings.Section;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.kamp.dataset.Card;
import io.deungdae.kamp.dataset.ColumnSpec;
import io.deungdae.kamp.dataset.CsvEncoding;
import io.deungdae.kamp.dataset.DataSetSpec;
import io.deungdae.kamp.dataset.Relation;
import io.deungdae.kamp.dataset.Role;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads one entry of {@code kamp.datasets}. */
final class DataSetReader {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}|");
  private static final double ANY = Double.POSITIVE_INFINITY;

  private DataSetReader() {}

  /** The data set; empty when a mistake leaves nothing that could be used. */
  static Optional<DataSetSpec> read(Section section, TagTable tags, Duration every) {
    String name = section.text("name");
    if (!NAME.matcher(name).matches()) {
      section.problem("name", "'" + name + "'", "small letters, digits and -");
    }
    CsvEncoding encoding = section.choice("encoding", CsvEncoding.UTF_8_BOM);
    Duration step =
        section.duration("step", Duration.ofSeconds(1), Duration.ofMillis(10), Duration.ofDays(1));
    Duration usualLookBack = atLeast(step.multipliedBy(10), Duration.ofSeconds(60));
    Duration lookBack =
        section.duration("lookBack", usualLookBack, Duration.ofMillis(10), Duration.ofDays(30));
    checkGrid(section, step, every);
    String timeColumn = section.text("timeColumn", "TimeStamp");
    ZoneId zone = zone(section);
    List<ColumnSpec> columns = columns(section, tags, encoding);
    List<Relation> relations = relations(section, columns);
    Card card = card(section, name);
    section.done();
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DataSetSpec(
                name, card, columns, relations, timeColumn, zone, step, lookBack, encoding));
  }

  private static Duration atLeast(Duration duration, Duration least) {
    return duration.compareTo(least) > 0 ? duration : least;
  }

  private static void checkGrid(Section section, Duration step, Duration every) {
    if (every.toMillis() % step.toMillis() != 0) {
      section.problem(
          "step",
          "'" + Section.show(step) + "'",
          "a step that divides kamp.every, which is " + Section.show(every));
    }
    if (every.toMillis() / step.toMillis() > KampSettings.MOST_ROWS) {
      section.problem(
          "step",
          "'" + Section.show(step) + "'",
          "a step with at most " + KampSettings.MOST_ROWS + " rows in kamp.every");
    }
  }

  private static ZoneId zone(Section section) {
    String zone = section.text("zone", "Asia/Seoul");
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      section.problem("zone", "'" + zone + "'", "a time zone such as Asia/Seoul");
      return ZoneId.of("UTC");
    }
  }

  private static Card card(Section section, String name) {
    String registered = section.text("registered", "");
    if (!DAY.matcher(registered).matches()) {
      section.problem("registered", "'" + registered + "'", "a day such as 2026-11-23");
    }
    return new Card(
        section.label("title", name),
        section.text("summary", ""),
        section.text("introduction", ""),
        section.text("process", ""),
        section.text("industry", ""),
        section.text("field", ""),
        section.text("purpose", ""),
        section.text("issue", ""),
        section.text("equipment", ""),
        section.text("provider", ""),
        section.text("licence", ""),
        section.text("contract", ""),
        registered,
        section.text("algorithm", ""),
        section.text("findings", ""),
        section.text("labelMeaning", ""),
        section.texts("tags"));
  }

  // ---- columns

  private static List<ColumnSpec> columns(Section section, TagTable tags, CsvEncoding encoding) {
    List<ColumnSpec> columns = new ArrayList<>();
    for (Section entry : section.sections("columns")) {
      Optional<ColumnSpec> column = column(entry, tags, encoding);
      entry.done();
      column.ifPresent(
          found -> {
            if (columns.stream().anyMatch(other -> other.name().equals(found.name()))) {
              entry.problem("name", "'" + found.name() + "' again", "a name used once");
            }
            columns.add(found);
          });
    }
    if (columns.isEmpty() && !section.has("columns")) {
      section.problem("columns", "none", "at least one column");
    }
    return columns;
  }

  private static Optional<ColumnSpec> column(Section entry, TagTable tags, CsvEncoding encoding) {
    String name = entry.text("name");
    if (name.isBlank() || name.indexOf('.') >= 0 || !encoding.canWrite(name)) {
      entry.problem(
          "name", "'" + name + "'", "a name without dots that " + encoding.label() + " can write");
    }
    String tagName = entry.text("tag");
    Optional<Tag> tag = tags.find(tagName);
    if (tag.isEmpty() && entry.has("tag")) {
      entry.problem("tag", "'" + tagName + "'", "the name of a tag in the tag lists");
    }
    Range usual = tag.map(Tag::range).orElse(Range.ALL);
    double low = entry.number("low", usual.low(), -ANY, ANY);
    double high = entry.number("high", usual.high(), -ANY, ANY);
    double jump = entry.number("jump", ANY, 0, ANY);
    Role role = entry.choice("role", Role.INPUT);
    Label description = entry.label("description", "");
    if (low > high) {
      entry.problem("high", "" + high, "a number at or above low, which is " + low);
      return Optional.empty();
    }
    if (jump == 0) {
      entry.problem("jump", "0", "a number above 0");
      return Optional.empty();
    }
    if (tag.isPresent() && tag.get().kind() == Kind.TEXT) {
      entry.problem("tag", "'" + tagName + "', a text", "a tag that is a number or a flag");
      return Optional.empty();
    }
    return tag.map(
        found ->
            new ColumnSpec(
                name,
                found,
                description.ko().isBlank() ? found.description() : description,
                new Range(low, high),
                jump,
                role));
  }

  // ---- relations

  private static List<Relation> relations(Section section, List<ColumnSpec> columns) {
    List<Relation> relations = new ArrayList<>();
    for (Section entry : section.sections("consistency")) {
      int left = index(entry, "left", columns);
      Relation.Comparison comparison = entry.choice("is", Relation.Comparison.class);
      int right = index(entry, "right", columns);
      entry.done();
      if (left >= 0 && right >= 0) {
        relations.add(new Relation(left, comparison, right));
      }
    }
    return relations;
  }

  private static int index(Section entry, String key, List<ColumnSpec> columns) {
    String name = entry.text(key);
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    entry.problem(key, "'" + name + "'", "the name of a column of this data set");
    return -1;
  }
}
