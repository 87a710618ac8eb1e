package io.deungdae.analytics.agent;

import io.deungdae.analytics.diagnose.FaultLibrary;
import io.deungdae.analytics.optimize.QualityGoal;
import io.deungdae.collector.settings.Section;
import io.deungdae.collector.signal.PlantUnit;
import io.deungdae.collector.signal.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one process unit is watched. All durations are wall-clock time.
 *
 * @param step time between rows
 * @param lookBack a good value older than this is not used
 * @param lags time constants of the weighted means of the inputs; should span the unit's dynamics
 * @param smoothing time constant of the outputs' smoothing
 * @param running the tag that tells a running unit from one that stands still
 * @param runningAbove the unit runs while that tag is above this
 * @param objectiveWindow window the objective is measured over
 * @param train when and from what to learn
 * @param detect when to call something an anomaly
 * @param faults what is known of the unit's faults
 * @param leastConfidence a cause below this gets no remedy, 0 to 1
 * @param quality what makes a part good, or null when that is not known
 * @param optimise how far and for what gain to move
 */
public record AnalyticsSettings(
    Duration step,
    Duration lookBack,
    List<Duration> lags,
    Duration smoothing,
    Tag running,
    double runningAbove,
    Duration objectiveWindow,
    Train train,
    Detect detect,
    FaultLibrary faults,
    double leastConfidence,
    @Nullable QualityGoal quality,
    Optimise optimise) {

  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration LONGEST = Duration.ofDays(3650);
  private static final double MOST = Double.POSITIVE_INFINITY;
  private static final int USUAL_ROWS = 20_000;
  private static final int MOST_ROWS = 200_000;

  public AnalyticsSettings {
    lags = List.copyOf(lags);
  }

  /**
   * When and from what to learn.
   *
   * @param after usable data needed for the first training
   * @param window how far back a training looks
   * @param rows most rows a training looks at, so that it fits into memory; older ones are left out
   * @param every time between trainings
   * @param net whether nets are trained beside the linear models
   * @param load share of one core that training may use, above 0 to 1
   * @param seed of everything random in training
   */
  public record Train(
      Duration after,
      Duration window,
      int rows,
      Duration every,
      boolean net,
      double load,
      long seed) {}

  /**
   * When to call something an anomaly.
   *
   * @param falseAlarmRate share of normal rows that may be above the limits
   * @param margin factor on the limits, for what the calibration has not seen
   * @param fast memory of the fast chart
   * @param slow memory of the slow chart
   * @param needed scores above the limit that open an anomaly
   * @param window number of latest scores looked at; as many low ones close it
   * @param closeBelow scores below this are low, 0 to 1
   * @param driftRatio mean square of the errors, against that on held-out data, that counts as
   *     drift
   */
  public record Detect(
      double falseAlarmRate,
      double margin,
      Duration fast,
      Duration slow,
      int needed,
      int window,
      double closeBelow,
      double driftRatio) {}

  /**
   * How far and for what gain to move.
   *
   * @param enabled whether a sound plant is optimised too; remedies for faults are always proposed
   * @param minimumGain least predicted gain worth a move, as a share of the objective
   * @param sigmas the gain must be this many of its standard deviations
   * @param reach how far one remedy moves, in standard deviations of each setpoint in the training
   *     data
   * @param beyond how far outside the range of the training data a setpoint may go, as a share of
   *     that range
   * @param settle time from an effect to the next proposal
   * @param every time between optimisations of a sound plant
   * @param stands how long a proposal that nobody carries out stands before it is worked out anew
   */
  public record Optimise(
      boolean enabled,
      double minimumGain,
      double sigmas,
      double reach,
      double beyond,
      Duration settle,
      Duration every,
      Duration stands) {}

  /**
   * Reads them. Mistakes go to the section's problems.
   *
   * @param section the unit's analytics section
   * @param unit the unit
   */
  public static AnalyticsSettings read(Section section, PlantUnit unit) {
    Duration step = section.duration("step", Duration.ofSeconds(10), SHORTEST, DAY);
    Section running = section.section("running");
    Tag runningTag = runningTag(running, unit);
    double runningAbove = running.number("above", 0, -MOST, MOST);
    running.done();
    AnalyticsSettings settings =
        new AnalyticsSettings(
            step,
            section.duration("lookBack", step.multipliedBy(6), step, DAY),
            lags(section, step),
            section.duration("smoothing", step.multipliedBy(2), Duration.ZERO, DAY),
            runningTag,
            runningAbove,
            section.duration("objectiveWindow", step.multipliedBy(60), step, DAY),
            train(section.section("train"), step),
            detect(section.section("detect"), step),
            faults(section, unit),
            section.number("leastConfidence", 0.4, 0, 1),
            QualityGoal.read(section.section("quality"), unit).orElse(null),
            optimise(section.section("optimise"), step));
    section.done();
    return settings;
  }

  private static Tag runningTag(Section section, PlantUnit unit) {
    Tag per = unit.objective().per();
    Tag fallback = per != null ? per : unit.tags().get(0);
    String name = section.text("tag", fallback.name());
    Optional<Tag> tag = unit.tags().stream().filter(t -> t.name().equals(name)).findFirst();
    if (tag.isEmpty()) {
      section.problem("tag", "'" + name + "'", "a tag of the unit " + unit.name());
    }
    return tag.orElse(fallback);
  }

  private static List<Duration> lags(Section section, Duration step) {
    if (!section.has("lags")) {
      return List.of(step.multipliedBy(6), step.multipliedBy(25), step.multipliedBy(75));
    }
    List<Duration> lags = new ArrayList<>();
    for (String text : section.texts("lags")) {
      Optional<Duration> lag = Section.parseDuration(text);
      if (lag.isEmpty()) {
        section.problem("lags", "'" + text + "'", "durations such as 500ms, 10s, 5min");
      }
      lag.ifPresent(lags::add);
    }
    return lags;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static Train train(Section section, Duration step) {
    Duration shortest = Duration.ofSeconds(1);
    Duration after = section.duration("after", Duration.ofHours(24), shortest, LONGEST);
    long least = after.dividedBy(step);
    int usual = (int) Math.max(USUAL_ROWS, Math.min(MOST_ROWS, least));
    Train train =
        new Train(
            after,
            section.duration("window", longer(after, Duration.ofDays(14)), after, LONGEST),
            section.integer("rows", usual, 100, MOST_ROWS),
            section.duration("every", Duration.ofDays(7), shortest, LONGEST),
            section.flag("net", true),
            section.number("load", 0.5, 0.01, 1),
            section.integer("seed", 1, 0, Integer.MAX_VALUE));
    if (train.rows() < least) {
      section.problem(
          "rows",
          "" + train.rows(),
          "at least " + least + ", the rows of 'after'; or a longer 'step', or a shorter 'after'");
    }
    section.done();
    return train;
  }

  private static Detect detect(Section section, Duration step) {
    int window = section.integer("window", 20, 1, 10_000);
    Detect detect =
        new Detect(
            section.number("falseAlarmRate", 0.001, 1e-6, 0.2),
            section.number("margin", 1.2, 1, 10),
            section.duration("fast", step.multipliedBy(5), step, DAY),
            section.duration("slow", step.multipliedBy(50), step, DAY),
            section.integer("needed", Math.min(12, window), 1, window),
            window,
            section.number("closeBelow", 0.8, 0.1, 1),
            section.number("driftRatio", 4, 1, 1000));
    section.done();
    return detect;
  }

  private static FaultLibrary faults(Section section, PlantUnit unit) {
    String file = section.text("faults", "");
    return file.isBlank()
        ? FaultLibrary.EMPTY
        : FaultLibrary.read(section.folder().resolve(file).normalize(), unit, section.problems());
  }

  private static Optimise optimise(Section section, Duration step) {
    Optimise optimise =
        new Optimise(
            section.flag("enabled", true),
            section.number("minimumGain", 0.01, 0, 1),
            section.number("sigmas", 1, 0, 10),
            section.number("reach", 1.5, 0.01, 100),
            section.number("beyond", 0, 0, 2),
            section.duration("settle", step.multipliedBy(90), step, DAY),
            section.duration("every", step.multipliedBy(300), step, LONGEST),
            section.duration("stands", step.multipliedBy(300), step, LONGEST));
    section.done();
    return optimise;
  }
}
