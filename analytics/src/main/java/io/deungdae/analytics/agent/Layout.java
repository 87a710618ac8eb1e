package io.deungdae.analytics.agent;

import io.deungdae.analytics.feature.FeatureSpec;
import io.deungdae.analytics.feature.FeatureSpec.Input;
import io.deungdae.analytics.optimize.QualityGoal;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.PlantUnit;
import io.deungdae.collector.signal.PlantUnit.Manipulated;
import io.deungdae.collector.signal.Tag;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which tags of a unit play which part in its two models.
 *
 * <p>The <em>process</em> model explains everything that is measured by setpoints and disturbances;
 * its errors are what anomalies are made of. The <em>effects</em> model explains quality and the
 * objective's terms by the values that the loops hold; remedies are worked out on it, because it
 * stays true when a loop is broken.
 */
final class Layout {

  private final PlantUnit unit;
  private final AnalyticsSettings settings;
  private final List<Tag> tags;
  private final List<String> columns;

  Layout(PlantUnit unit, AnalyticsSettings settings) {
    this.unit = unit;
    this.settings = settings;
    Set<Tag> all = new LinkedHashSet<>(unit.tags());
    all.add(settings.running());
    all.removeIf(tag -> tag.kind() == Kind.TEXT);
    this.tags = List.copyOf(all);
    this.columns = tags.stream().map(Tag::name).toList();
    if (unit.manipulated().isEmpty() && unit.disturbances().isEmpty()) {
      throw new IllegalArgumentException("unit " + unit.name() + " has no inputs");
    }
  }

  /** All tags that are read: the columns of a row. */
  List<Tag> tags() {
    return tags;
  }

  /** Their names. */
  List<String> columns() {
    return columns;
  }

  int column(Tag tag) {
    return columns.indexOf(tag.name());
  }

  PlantUnit unit() {
    return unit;
  }

  /** Setpoints and disturbances to everything measured. */
  FeatureSpec process(Map<String, List<Double>> levels) {
    List<Tag> inputs = new ArrayList<>(setpoints());
    inputs.addAll(unit.disturbances());
    return spec(inputs, processOutputs(), levels);
  }

  /** Loop values and disturbances to quality and the objective. */
  FeatureSpec effects(Map<String, List<Double>> levels) {
    List<Tag> inputs = new ArrayList<>();
    unit.manipulated().forEach(mv -> inputs.add(held(mv)));
    inputs.addAll(unit.disturbances());
    return spec(inputs, effectOutputs(), levels);
  }

  private FeatureSpec spec(List<Tag> inputs, List<Tag> outputs, Map<String, List<Double>> levels) {
    return new FeatureSpec(
        unit.name(),
        inputs.stream().map(tag -> new Input(tag.name(), levels(tag, levels))).toList(),
        outputs.stream().map(Tag::name).toList(),
        settings.step(),
        settings.lags(),
        settings.smoothing(),
        settings.running().name(),
        settings.runningAbove());
  }

  private static List<Double> levels(Tag tag, Map<String, List<Double>> levels) {
    return coded(tag) ? levels.getOrDefault(tag.name(), List.of(0.0)) : List.of();
  }

  /** True for a disturbance that is a code, such as a product number. */
  static boolean coded(Tag tag) {
    return tag.kind() == Kind.WHOLE || tag.kind() == Kind.FLAG;
  }

  /** Codes met in rows, by tag name. */
  Map<String, List<Double>> levels(double[][] rows) {
    Map<String, List<Double>> levels = new java.util.HashMap<>();
    for (Tag tag : unit.disturbances()) {
      if (coded(tag)) {
        Set<Double> met = new TreeSet<>();
        for (double[] row : rows) {
          double value = row[column(tag)];
          if (!Double.isNaN(value)) {
            met.add(value);
          }
        }
        levels.put(tag.name(), List.copyOf(met));
      }
    }
    return levels;
  }

  /** Both specifications in one hash. */
  String hash() {
    return process(Map.of()).hash() + effects(Map.of()).hash();
  }

  List<Tag> setpoints() {
    return unit.manipulated().stream().map(Manipulated::setpoint).toList();
  }

  /** What a loop holds: its value, or the setpoint of a plain actuator. */
  static Tag held(Manipulated mv) {
    @Nullable Tag value = mv.processValue();
    return value != null ? value : mv.setpoint();
  }

  /** Tags that the process model explains. */
  List<Tag> processOutputs() {
    Set<Tag> outputs = new LinkedHashSet<>();
    for (Tag tag : unit.tags()) {
      if (tag.kind() == Kind.NUMBER) {
        outputs.add(tag);
      }
    }
    outputs.removeAll(setpoints());
    outputs.removeAll(unit.disturbances());
    return List.copyOf(outputs);
  }

  /** Tags that the effects model explains. */
  List<Tag> effectOutputs() {
    Set<Tag> outputs = new LinkedHashSet<>();
    QualityGoal goal = settings.quality();
    if (goal != null) {
      goal.measures().forEach(measure -> outputs.add(measure.tag()));
      outputs.add(goal.scrap());
      outputs.add(goal.good());
    }
    unit.objective().terms().forEach(term -> outputs.add(term.tag()));
    Tag per = unit.objective().per();
    if (per != null) {
      outputs.add(per);
    }
    outputs.removeAll(unit.disturbances());
    unit.manipulated().forEach(mv -> outputs.remove(held(mv)));
    return List.copyOf(outputs);
  }

  /**
   * Which of the process outputs are left out of the errors: the rate of good parts is the
   * throughput less the scrap and would count both twice, with the longest tail of all.
   */
  boolean[] muted() {
    QualityGoal goal = settings.quality();
    List<Tag> outputs = processOutputs();
    boolean[] muted = new boolean[outputs.size()];
    if (goal != null) {
      muted[outputs.indexOf(goal.good())] = true;
    }
    return muted;
  }

  /** For each channel of a specification, whether it is the indicator of a code. */
  static boolean[] indicators(FeatureSpec spec) {
    boolean[] indicator = new boolean[spec.channels()];
    int at = 0;
    for (Input input : spec.inputs()) {
      for (int c = 0; c < input.channels(); c++) {
        indicator[at++] = !input.levels().isEmpty();
      }
    }
    return indicator;
  }
}
