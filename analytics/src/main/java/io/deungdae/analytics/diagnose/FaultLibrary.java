package io.deungdae.analytics.diagnose;

import io.deungdae.analytics.diagnose.FaultCase.Answer;
import io.deungdae.analytics.diagnose.FaultCase.Condition;
import io.deungdae.analytics.diagnose.FaultCase.Direction;
import io.deungdae.analytics.diagnose.FaultCase.Use;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.Section;
import io.deungdae.collector.settings.SettingsFile;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.PlantUnit;
import io.deungdae.collector.signal.Tag;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What plant engineers know of the faults of one unit. Read from a YAML file of its own.
 *
 * @param faults the entries, in the file's order
 */
public record FaultLibrary(List<FaultCase> faults) {

  /** A library that knows nothing: every cause is unknown. */
  public static final FaultLibrary EMPTY = new FaultLibrary(List.of());

  public FaultLibrary {
    faults = List.copyOf(faults);
  }

  /**
   * Reads a library. Mistakes go to {@code problems}.
   *
   * @param file the YAML file
   * @param unit the unit whose faults they are
   * @param problems where mistakes go
   */
  public static FaultLibrary read(Path file, PlantUnit unit, Problems problems) {
    Section root = SettingsFile.read(file, Overrides.none(), problems);
    List<FaultCase> faults = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section section : root.sections("faults")) {
      FaultCase fault = new Reader(unit).fault(section);
      if (!names.add(fault.name())) {
        section.problem("name", "'" + fault.name() + "' again", "a name that is not used yet");
      }
      faults.add(fault);
    }
    root.done();
    return new FaultLibrary(faults);
  }

  /** Reads entries and checks that the tags they name are the unit's. */
  private static final class Reader {

    private static final double STRONGEST = 3;

    private final Set<String> tags;
    private final Set<String> setpoints;

    Reader(PlantUnit unit) {
      this.tags = unit.tags().stream().map(Tag::name).collect(Collectors.toSet());
      this.setpoints =
          unit.manipulated().stream().map(mv -> mv.setpoint().name()).collect(Collectors.toSet());
    }

    FaultCase fault(Section section) {
      String name = section.text("name");
      Label title = section.label("title", name);
      Map<String, Double> signature = signature(section);
      Set<String> either = known(section, "either", tags);
      List<Condition> conditions = section.sections("when").stream().map(this::condition).toList();
      Answer answer = answer(section.section("remedy"));
      section.done();
      return new FaultCase(name, title, signature, either, conditions, answer);
    }

    private Map<String, Double> signature(Section section) {
      Map<String, Double> signature = section.numbers("signature");
      if (signature.isEmpty()) {
        section.problem("signature", "nothing", "at least one tag with a weight");
      }
      for (Map.Entry<String, Double> entry : signature.entrySet()) {
        check(section, "signature", entry.getKey(), tags);
        if (!(Math.abs(entry.getValue()) <= STRONGEST)) {
          section.problem("signature", "" + entry.getValue(), "a weight from -3 to 3");
        }
      }
      return signature;
    }

    private Condition condition(Section section) {
      String tag = section.text("tag");
      check(section, "tag", tag, tags);
      double least = Double.NEGATIVE_INFINITY;
      double most = Double.POSITIVE_INFINITY;
      Condition condition =
          new Condition(
              tag,
              section.number("above", least, least, most),
              section.number("below", most, least, most));
      section.done();
      return condition;
    }

    private Answer answer(Section section) {
      List<Use> use = section.sections("use").stream().map(this::use).toList();
      Set<String> lost = known(section, "lost", setpoints);
      Set<String> lying = known(section, "lying", tags);
      Label note = section.has("note") ? section.label("note", "") : null;
      section.done();
      return new Answer(use, lost, lying, note);
    }

    private Use use(Section section) {
      String setpoint = section.text("setpoint");
      check(section, "setpoint", setpoint, setpoints);
      double most = Double.POSITIVE_INFINITY;
      Use use =
          new Use(
              setpoint,
              section.choice("direction", Direction.ANY),
              section.number("limit", most, 0, most));
      section.done();
      return use;
    }

    private static Set<String> known(Section section, String key, Set<String> allowed) {
      List<String> names = section.texts(key);
      names.forEach(name -> check(section, key, name, allowed));
      return new HashSet<>(names);
    }

    private static void check(Section section, String key, String name, Set<String> allowed) {
      if (!allowed.contains(name)) {
        section.problem(
            key,
            "'" + name + "'",
            "one of " + allowed.stream().sorted().collect(Collectors.joining(", ")));
      }
    }
  }
}
