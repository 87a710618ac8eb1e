package io.deungdae.control.site;

import io.deungdae.collector.settings.Section;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.PlantUnit;
import io.deungdae.collector.signal.PlantUnit.Manipulated;
import io.deungdae.collector.signal.PlantUnit.Objective;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.collector.signal.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads which tags make up a process unit, and the part each plays. */
final class UnitReader {

  private final TagTable tags;

  UnitReader(TagTable tags) {
    this.tags = tags;
  }

  /**
   * Reads one entry of {@code units}; empty when it has mistakes, which have then been reported.
   */
  Optional<PlantUnit> read(Section section) {
    String name = section.text("name");
    Label title = section.label("title", name);
    List<Manipulated> manipulated = new ArrayList<>();
    for (Section mv : section.sections("manipulated")) {
      manipulated(mv).ifPresent(manipulated::add);
    }
    List<Tag> disturbances = tags(section, "disturbances");
    List<Tag> measured = tags(section, "measured");
    Optional<Objective> objective = objective(section.section("objective"));
    return objective.map(o -> new PlantUnit(name, title, manipulated, disturbances, measured, o));
  }

  private Optional<Manipulated> manipulated(Section section) {
    Optional<Tag> setpoint = tag(section, "setpoint", section.text("setpoint"));
    @Nullable Tag processValue = optionalTag(section, "processValue");
    @Nullable Tag output = optionalTag(section, "output");
    section.done();
    setpoint
        .filter(tag -> !tag.writable())
        .ifPresent(
            tag ->
                section.problem(
                    "setpoint",
                    tag.name() + ", which is not writable",
                    "a tag with writable = true"));
    return setpoint.map(tag -> new Manipulated(tag, processValue, output));
  }

  private Optional<Objective> objective(Section section) {
    Objective.Direction direction = section.choice("direction", Objective.Direction.MINIMISE);
    double constant = section.number("constant", 0, -1e12, 1e12);
    List<Objective.Term> terms = new ArrayList<>();
    for (Map.Entry<String, Double> term : section.numbers("terms").entrySet()) {
      tag(section, "terms", term.getKey())
          .ifPresent(tag -> terms.add(new Objective.Term(tag, term.getValue())));
    }
    @Nullable Tag per = optionalTag(section, "per");
    Unit unit = new Unit(section.text("unit", ""));
    section.done();
    if (terms.isEmpty() && per == null) {
      section.problem(
          "terms", "nothing", "at least one tag with its weight, such as press.power: 150");
      return Optional.empty();
    }
    return Optional.of(new Objective(direction, constant, terms, per, unit));
  }

  private List<Tag> tags(Section section, String key) {
    List<Tag> found = new ArrayList<>();
    for (String name : section.texts(key)) {
      tag(section, key, name).ifPresent(found::add);
    }
    return found;
  }

  private @Nullable Tag optionalTag(Section section, String key) {
    String name = section.text(key, "");
    return name.isEmpty() ? null : tag(section, key, name).orElse(null);
  }

  private Optional<Tag> tag(Section section, String key, String name) {
    Optional<Tag> tag = tags.find(name);
    if (tag.isEmpty() && !name.isEmpty()) {
      section.problem(key, "'" + name + "'", "the name of a tag in the tag lists");
    }
    return tag;
  }
}
