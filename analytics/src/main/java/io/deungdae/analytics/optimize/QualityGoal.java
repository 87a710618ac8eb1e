package io.deungdae.analytics.optimize;

import io.deungdae.collector.settings.Section;
import io.deungdae.collector.signal.PlantUnit;
import io.deungdae.collector.signal.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What makes a part good, as the drawing says it, and the rates that are counted by it. With it the
 * optimiser knows how scrap grows when a quality measure moves towards a tolerance, also where no
 * data were ever collected.
 *
 * @param scrap rate of bad parts; a term of the objective
 * @param good rate of good parts; the objective's divisor
 * @param measures quality measures with their tolerances; at least one
 */
public record QualityGoal(Tag scrap, Tag good, List<Measure> measures) {

  public QualityGoal {
    measures = List.copyOf(measures);
  }

  /**
   * A quality measure with its tolerance.
   *
   * @param tag mean of the latest parts
   * @param low least good value; negative infinity for none
   * @param high greatest good value; positive infinity for none
   */
  public record Measure(Tag tag, double low, double high) {}

  /** Reads it, if the section says anything: {@code scrap}, {@code good}, {@code measures}. */
  public static Optional<QualityGoal> read(Section section, PlantUnit unit) {
    if (!section.has("measures")) {
      section.done();
      return Optional.empty();
    }
    Optional<Tag> scrap = tag(section, "scrap", unit);
    Optional<Tag> good = tag(section, "good", unit);
    List<Measure> measures = new ArrayList<>();
    for (Section item : section.sections("measures")) {
      double least = Double.NEGATIVE_INFINITY;
      double most = Double.POSITIVE_INFINITY;
      double low = item.number("low", least, least, most);
      double high = item.number("high", most, least, most);
      tag(item, "tag", unit).ifPresent(tag -> measures.add(new Measure(tag, low, high)));
      if (!(low < high)) {
        item.problem("high", "" + high, "above low, " + low);
      }
      item.done();
    }
    section.done();
    return scrap.flatMap(s -> good.map(g -> new QualityGoal(s, g, measures)));
  }

  private static Optional<Tag> tag(Section section, String key, PlantUnit unit) {
    String name = section.text(key);
    Optional<Tag> tag = unit.tags().stream().filter(t -> t.name().equals(name)).findFirst();
    if (tag.isEmpty()) {
      section.problem(key, "'" + name + "'", "a tag of the unit " + unit.name());
    }
    return tag;
  }
}
