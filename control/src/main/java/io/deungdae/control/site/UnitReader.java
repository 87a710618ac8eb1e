package io.deungdae.control.site;

import io.deungdae.collector.settings.Section;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.PlantUnit;
import io.deungdae.collector.signal.PlantUnit.Manipulated;
import io.deungdae.collector.signal.PlantUnit.Objective;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.collector.signal.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads which tags make up a process unit, and the part each plays. */
final class UnitReader {

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_]+([.-][\\p{L}\\p{N}_]+)*");

  private final TagTable tags;

  /** The units that move a setpoint, by the setpoint; two must not move the same one. */
  private final Map<Tag, String> movedBy = new HashMap<>();

  UnitReader(TagTable tags) {
    this.tags = tags;
  }

  /**
   * Reads one entry of {@code units}. What has mistakes is reported and left out; the unit may then
   * not be used, but reading goes on with it.
   */
  PlantUnit read(Section section) {
    String name = section.text("name");
    if (!NAME.matcher(name).matches()) {
      section.problem("name", "'" + name + "'", "letters, digits and _, in parts joined by . or -");
    }
    Label title = section.label("title", name);
    Roles roles = new Roles();
    List<Manipulated> manipulated = new ArrayList<>();
    for (Section mv : section.sections("manipulated")) {
      manipulated(mv, name, roles).ifPresent(manipulated::add);
    }
    if (manipulated.isEmpty() && !section.has("manipulated")) {
      section.problem("manipulated", "nothing", "at least one setpoint that the gateway may move");
    }
    List<Tag> disturbances = tags(section, "disturbances", roles);
    List<Tag> measured = tags(section, "measured", roles);
    Objective objective = objective(section.section("objective"), name, roles);
    return new PlantUnit(name, title, manipulated, disturbances, measured, objective);
  }

  private Optional<Manipulated> manipulated(Section section, String unit, Roles roles) {
    Optional<Tag> setpoint = tag(section, "setpoint", section.text("setpoint"));
    @Nullable Tag processValue = optionalTag(section, "processValue");
    @Nullable Tag output = optionalTag(section, "output");
    section.done();
    setpoint.ifPresent(tag -> checkSetpoint(section, tag, unit));
    setpoint.ifPresent(tag -> roles.give(section, "setpoint", tag, "a setpoint"));
    roles.give(section, "processValue", processValue, "a process value");
    roles.give(section, "output", output, "an output");
    return setpoint.map(tag -> new Manipulated(tag, processValue, output));
  }

  private void checkSetpoint(Section section, Tag tag, String unit) {
    if (!tag.writable()) {
      section.problem(
          "setpoint",
          "'" + tag.name() + "', which is not writable",
          "a tag with writable = true in the tag lists");
    }
    String other = movedBy.putIfAbsent(tag, unit);
    if (other != null && !other.equals(unit)) {
      section.problem(
          "setpoint",
          "'" + tag.name() + "', which unit " + other + " moves",
          "a setpoint that no other unit moves");
    }
  }

  private Objective objective(Section section, String unit, Roles roles) {
    Objective.Direction direction = section.choice("direction", Objective.Direction.MINIMISE);
    double constant = section.number("constant", 0, -1e12, 1e12);
    Map<String, Double> weights = section.numbers("terms");
    List<Objective.Term> terms = new ArrayList<>();
    weights.forEach((name, weight) -> term(section, name, weight, roles).ifPresent(terms::add));
    @Nullable Tag per = optionalTag(section, "per");
    if (per != null) {
      roles.refuseSetpoint(section, "per", per);
    }
    Unit result = new Unit(section.text("unit", ""));
    section.done();
    if (weights.isEmpty() && per == null) {
      section.problem(
          "terms", "nothing", "at least one tag with its weight, such as press.power: 150");
    }
    if (terms.isEmpty() && per == null) {
      terms.add(new Objective.Term(standIn(unit), 1));
    }
    return new Objective(direction, constant, terms, per, result);
  }

  private Optional<Objective.Term> term(Section section, String name, double weight, Roles roles) {
    if (!Double.isFinite(weight)) {
      section.problem("terms", name + ": " + weight, "a finite weight");
    }
    Optional<Tag> tag = tag(section, "terms", name);
    tag.ifPresent(found -> roles.refuseSetpoint(section, "terms", found));
    return tag.map(found -> new Objective.Term(found, weight));
  }

  /** A tag for an objective that has none, so that the rest of the unit can be checked. */
  private Tag standIn(String unit) {
    return tags.find(SiteSettings.scoreTag(unit)).orElseGet(() -> tags.all().get(0));
  }

  private List<Tag> tags(Section section, String key, Roles roles) {
    List<Tag> found = new ArrayList<>();
    for (String name : section.texts(key)) {
      tag(section, key, name)
          .ifPresent(
              tag -> {
                roles.give(section, key, tag, "in " + key);
                found.add(tag);
              });
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
    if (tag.isPresent() && tag.get().kind() == Kind.TEXT) {
      section.problem(key, "'" + name + "', a text", "a tag that is a number or a flag");
    }
    return tag;
  }

  /** The one part that each tag of a unit plays. Tags of the objective may play another besides. */
  private static final class Roles {

    private final Map<Tag, String> roles = new HashMap<>();

    void give(Section section, String key, @Nullable Tag tag, String role) {
      @Nullable String before = tag == null ? null : roles.putIfAbsent(tag, role);
      if (tag != null && before != null) {
        section.problem(
            key,
            "'" + tag.name() + "', which is " + before + " already",
            "a tag that plays one part in a unit");
      }
    }

    void refuseSetpoint(Section section, String key, Tag tag) {
      if ("a setpoint".equals(roles.get(tag))) {
        section.problem(
            key,
            "'" + tag.name() + "', which is a setpoint",
            "a measured tag; what the gateway moves is no measure of its success");
      }
    }
  }
}
