package io.deungdae.analytics.agent;

import io.deungdae.analytics.Effect;
import io.deungdae.analytics.Judgement.Anomaly;
import io.deungdae.analytics.Judgement.Cause;
import io.deungdae.analytics.Remedy;
import io.deungdae.analytics.agent.ModelNumbers.Span;
import io.deungdae.analytics.diagnose.FaultCase;
import io.deungdae.analytics.diagnose.FaultCase.Answer;
import io.deungdae.analytics.diagnose.FaultCase.Direction;
import io.deungdae.analytics.diagnose.FaultCase.Use;
import io.deungdae.analytics.optimize.Box;
import io.deungdae.analytics.optimize.PatternSearch;
import io.deungdae.analytics.optimize.Planner;
import io.deungdae.analytics.optimize.Planner.Plan;
import io.deungdae.analytics.optimize.Planner.Situation;
import io.deungdae.analytics.optimize.TrustRegion;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.PlantUnit;
import io.deungdae.collector.signal.PlantUnit.Manipulated;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the one remedy that stands, works out the next one, and learns from what became of the
 * last. Used by one thread.
 */
final class RemedyDesk {

  static final String OPTIMISE = "optimise";
  private static final Answer ANYTHING = new Answer(List.of(), Set.of(), Set.of(), null);
  private static final int STARTS = 3;

  /** A fault that costs less than this share of the objective is reported and left alone. */
  private static final double HARMLESS = 0.03;

  private static final double ROOM = 0.03;
  private static final double STRAIN = 2;
  private static final double TRIAL = 0.5;
  private static final double GREATEST_REACH = 3;

  private final Layout layout;
  private final PlantUnit unit;
  private final AnalyticsSettings settings;
  private final TrustRegion forFaults;
  private final TrustRegion forOptimum;
  private final String idPrefix;
  private int lastId;

  private @Nullable Remedy standing;
  private long standingSinceNs;
  private boolean resting;
  private long restUntilNs;
  private String fault = "";
  private double[] setpointsAtOnset = {};
  private final Set<String> triedInVain = new HashSet<>();

  RemedyDesk(Layout layout, AnalyticsSettings settings, Instant start) {
    this.layout = layout;
    this.unit = layout.unit();
    this.settings = settings;
    double reach = settings.optimise().reach();
    this.forFaults = new TrustRegion(reach, GREATEST_REACH * reach);
    this.forOptimum = new TrustRegion(reach, GREATEST_REACH * reach);
    this.idPrefix = unit.name() + "-" + Long.toString(start.getEpochSecond(), 36) + "-";
  }

  /** Learns what became of a remedy. */
  void effect(Effect effect, long nowNs) {
    Remedy remedy = standing;
    if (remedy == null || !remedy.id().equals(effect.remedyId())) {
      return;
    }
    standing = null;
    TrustRegion trust = remedy.fault().equals(OPTIMISE) ? forOptimum : forFaults;
    switch (effect.fate()) {
      case KEPT -> {
        trust.kept(gain(remedy.before(), remedy.after()), gain(effect.before(), effect.after()));
        rest(nowNs, settings.optimise().settle().toNanos());
      }
      case ROLLED_BACK -> {
        trust.rolledBack();
        triedInVain.add(key(remedy));
        rest(nowNs, settings.optimise().settle().toNanos());
      }
      case REFUSED, ABANDONED -> rest(nowNs, settings.optimise().stands().toNanos());
    }
  }

  private double gain(double before, double after) {
    boolean maximise = unit.objective().direction() == PlantUnit.Objective.Direction.MAXIMISE;
    return maximise ? after - before : before - after;
  }

  private static String key(Remedy remedy) {
    StringBuilder key = new StringBuilder(remedy.fault());
    for (Remedy.Move move : remedy.moves()) {
      key.append(' ').append(move.tag().name()).append(move.to() > move.from() ? '+' : '-');
    }
    return key.toString();
  }

  private void rest(long nowNs, long forNs) {
    resting = true;
    restUntilNs = nowNs + forNs;
  }

  /** Forgets what stands, because the models have changed or nothing can be judged. */
  void clear() {
    standing = null;
  }

  /**
   * The remedy to propose now, or null.
   *
   * @param model the model at work; its last row was usable
   * @param row the last raw row
   * @param anomaly what is open, or null
   * @param sound true when the model may be trusted to optimise
   * @param objective as measured, NaN when it is not
   * @param expected as it should be, NaN when unknown
   */
  @Nullable Remedy consider(
      UnitModel model,
      double[] row,
      @Nullable Anomaly anomaly,
      boolean sound,
      double objective,
      double expected,
      long nowNs) {
    String now = anomaly == null ? OPTIMISE : likeliest(anomaly);
    if (!now.equals(fault)) {
      fault = now;
      forFaults.reset();
      triedInVain.clear();
      setpointsAtOnset = setpoints(row);
      if (!underWay(row)) {
        standing = null;
      }
      if (anomaly == null) {
        rest(nowNs, settings.optimise().every().toNanos());
      } else {
        resting = false;
      }
    }
    if (standing != null && !outlived(row, nowNs)) {
      return standing;
    }
    standing = null;
    if (fault.isEmpty() || (resting && nowNs - restUntilNs < 0)) {
      return null;
    }
    standing =
        anomaly == null
            ? optimum(model, row, sound)
            : answer(model, row, anomaly, objective, expected);
    standingSinceNs = nowNs;
    if (standing == null) {
      rest(
          nowNs,
          anomaly == null
              ? settings.optimise().every().toNanos()
              : settings.optimise().settle().toNanos());
    }
    return standing;
  }

  /** Name of the likeliest cause, empty when it is unknown or too unsure. */
  private String likeliest(Anomaly anomaly) {
    Cause cause = anomaly.causes().get(0);
    boolean sure = cause.confidence() >= settings.leastConfidence();
    return sure && known(cause.fault()).isPresent() ? cause.fault() : "";
  }

  private Optional<FaultCase> known(String name) {
    return settings.faults().faults().stream().filter(f -> f.name().equals(name)).findFirst();
  }

  /** True once setpoints have left where the standing remedy found them. */
  private boolean underWay(double[] row) {
    Remedy remedy = standing;
    if (remedy == null) {
      return false;
    }
    for (Remedy.Move move : remedy.moves()) {
      double moved = Math.abs(row[layout.column(move.tag())] - move.from());
      if (moved > 0.1 * Math.abs(move.to() - move.from())) {
        return true;
      }
    }
    return false;
  }

  private boolean outlived(double[] row, long nowNs) {
    long ageNs = nowNs - standingSinceNs;
    long standsNs = settings.optimise().stands().toNanos();
    return ageNs > standsNs && (!underWay(row) || ageNs > 10 * standsNs);
  }

  private @Nullable Remedy optimum(UnitModel model, double[] row, boolean sound) {
    if (!sound || !settings.optimise().enabled()) {
      return null;
    }
    Planner planner = planner(model);
    Situation situation = situation(model, row, ANYTHING, forOptimum);
    Optional<Plan> plan = planner.best(situation).filter(p -> worthwhile(planner, p));
    Label why = new Label("The plant is sound and could do better.", "설비는 정상이며 더 나은 운전점이 있습니다.");
    return plan.map(p -> remedy(OPTIMISE, why, row, p)).orElse(null);
  }

  private @Nullable Remedy answer(
      UnitModel model, double[] row, Anomaly anomaly, double objective, double expected) {
    double loss = gain(objective, expected) / Math.abs(expected);
    if (!(loss > HARMLESS)) {
      return null;
    }
    FaultCase fault = known(this.fault).orElseThrow();
    Cause cause = anomaly.causes().get(0);
    Planner planner = planner(model);
    Situation situation = situation(model, row, fault.answer(), forFaults);
    Label why = why(cause);
    Optional<Plan> plan =
        forFaults.exhausted()
            ? Optional.empty()
            : planner.best(situation).filter(p -> worthwhile(planner, p));
    if (plan.isPresent()) {
      Remedy remedy = remedy(fault.name(), why, row, plan.get());
      if (!triedInVain.contains(key(remedy)) || !forFaults.exhausted()) {
        return remedy;
      }
    }
    return trial(planner, situation, fault, row, why);
  }

  private static Label why(Cause cause) {
    String sure = String.format(Locale.ROOT, "%.0f %%", 100 * cause.confidence());
    return new Label(
        cause.title().en() + " (confidence " + sure + ").",
        cause.title().ko() + " (신뢰도 " + sure + ").");
  }

  private boolean worthwhile(Planner planner, Plan plan) {
    double gain = planner.gain(plan);
    return gain >= settings.optimise().minimumGain() * Math.abs(plan.before())
        && gain >= settings.optimise().sigmas() * plan.sigma();
  }

  /** A small step with one setpoint that the library names and that has not failed yet. */
  private @Nullable Remedy trial(
      Planner planner, Situation situation, FaultCase fault, double[] row, Label why) {
    for (Use use : fault.answer().use()) {
      int i = index(use.setpoint());
      for (int sign : signs(use.direction())) {
        double[] targets = setpoints(row);
        double step = TRIAL * settings.optimise().reach() * spread(i, situation.box());
        double to = targets[i] + sign * step;
        targets[i] = Math.max(situation.box().low(i), Math.min(situation.box().high(i), to));
        if (targets[i] == setpoints(row)[i]) {
          continue;
        }
        Plan plan = planner.assess(situation, targets);
        Label trial =
            new Label(
                why.en() + " A small step on trial; it is undone if it does not help.",
                why.ko() + " 작은 시험 조정이며 효과가 없으면 되돌립니다.");
        Remedy remedy = remedy(fault.name(), trial, row, plan);
        if (planner.gain(plan) > -plan.sigma() && !triedInVain.contains(key(remedy))) {
          return remedy;
        }
      }
    }
    return null;
  }

  private static int[] signs(Direction direction) {
    return switch (direction) {
      case UP -> new int[] {1};
      case DOWN -> new int[] {-1};
      case ANY -> new int[] {1, -1};
    };
  }

  private double spread(int i, Box box) {
    return (box.high(i) - box.low(i)) / (2 * settings.optimise().reach());
  }

  private Planner planner(UnitModel model) {
    return new Planner(model.objective(), new PatternSearch(STARTS, settings.train().seed()));
  }

  private double[] setpoints(double[] row) {
    return unit.manipulated().stream()
        .mapToDouble(mv -> row[layout.column(mv.setpoint())])
        .toArray();
  }

  private int index(String setpoint) {
    for (int i = 0; i < unit.manipulated().size(); i++) {
      if (unit.manipulated().get(i).setpoint().name().equals(setpoint)) {
        return i;
      }
    }
    throw new AssertionError("the library was checked against the unit: " + setpoint);
  }

  private Situation situation(UnitModel model, double[] row, Answer answer, TrustRegion trust) {
    double[] channels = model.effectsChannels();
    double[] present = setpoints(row);
    List<Tag> setpoints = layout.setpoints();
    Box box = new Box(setpoints.stream().map(Tag::name).toList());
    for (int i = 0; i < present.length; i++) {
      boolean lost = answer.lost().contains(setpoints.get(i).name());
      if (!lost) {
        channels[i] = present[i];
      }
      limit(box, i, present[i], lost, answer, model.span(i), trust);
    }
    return new Situation(
        Arrays.stream(channels).boxed().toList(),
        Arrays.stream(present).boxed().toList(),
        box,
        strain(model));
  }

  private void limit(
      Box box, int i, double present, boolean lost, Answer answer, Span span, TrustRegion trust) {
    Tag setpoint = unit.manipulated().get(i).setpoint();
    if (setpoint.writable()) {
      Range range = setpoint.writePolicy().range();
      box.limit(i, range.low(), range.high(), "write limit");
    }
    double beyond = settings.optimise().beyond();
    box.limit(i, span.least(beyond), span.greatest(beyond), "training range");
    double reach = trust.radius() * span.spread();
    box.limit(i, present - reach, present + reach, "step size");
    allow(box, i, present, setpoint.name(), answer);
    box.include(i, present);
    if (lost || !setpoint.writable()) {
      box.fix(i, present, lost ? "lost" : "not writable");
    }
  }

  private void allow(Box box, int i, double present, String setpoint, Answer answer) {
    if (answer.use().isEmpty()) {
      return;
    }
    Optional<Use> use =
        answer.use().stream().filter(u -> u.setpoint().equals(setpoint)).findFirst();
    if (use.isEmpty()) {
      box.fix(i, present, "not among the fault's remedies");
      return;
    }
    double onset = setpointsAtOnset[i];
    double limit = use.get().limit();
    Direction direction = use.get().direction();
    double low = direction == Direction.UP ? onset : onset - limit;
    double high = direction == Direction.DOWN ? onset : onset + limit;
    box.limit(i, low, high, "limit of the fault's remedy");
  }

  /** What it costs when a loop's output comes closer to its end than it has room for. */
  private ToDoubleFunction<double[]> strain(UnitModel model) {
    UnitModel.Settled settled = model.settled();
    List<int[]> loops = new ArrayList<>();
    for (int i = 0; i < unit.manipulated().size(); i++) {
      Manipulated mv = unit.manipulated().get(i);
      int output = mv.output() == null ? -1 : model.outputs().indexOf(mv.output());
      if (output >= 0 && bounded(model.outputs().get(output).range())) {
        loops.add(new int[] {i, output});
      }
    }
    return point -> {
      settled.at(point);
      double strain = 0;
      for (int[] loop : loops) {
        Range range = model.outputs().get(loop[1]).range();
        strain += strain(range, settled.measured(loop[1]), settled.output(loop[1]));
      }
      return strain;
    };
  }

  private static boolean bounded(Range range) {
    return Double.isFinite(range.low()) && Double.isFinite(range.high());
  }

  private static double strain(Range range, double measured, double settled) {
    double room = ROOM * range.width();
    double low = Math.min(measured, range.low() + room);
    double high = Math.max(measured, range.high() - room);
    double over = Math.max(0, Math.max(low - settled, settled - high));
    return STRAIN * over / range.width();
  }

  private Remedy remedy(String fault, Label why, double[] row, Plan plan) {
    List<Remedy.Move> moves = new ArrayList<>();
    boolean inside = true;
    double[] present = setpoints(row);
    for (int i = 0; i < present.length; i++) {
      double to = plan.targets().get(i);
      if (to != present[i]) {
        moves.add(new Remedy.Move(unit.manipulated().get(i).setpoint(), present[i], to));
        inside &= insideTraining(i, to);
      }
    }
    lastId++;
    return new Remedy(
        idPrefix + lastId,
        fault,
        rationale(why, moves, plan),
        moves,
        plan.before(),
        plan.after(),
        plan.sigma(),
        plan.active(),
        inside);
  }

  private boolean insideTraining(int i, double value) {
    return trainingSpans.isEmpty()
        || trainingSpans.get(i).covers(value, settings.optimise().beyond());
  }

  private List<Span> trainingSpans = List.of();

  /** Tells where the setpoints were in the training data of the model now at work. */
  void trainedOn(List<Span> spans) {
    trainingSpans = List.copyOf(spans);
  }

  private Label rationale(Label why, List<Remedy.Move> moves, Plan plan) {
    String unitOfIt = unit.objective().unit().symbol();
    StringBuilder en = new StringBuilder(why.en());
    StringBuilder ko = new StringBuilder(why.ko());
    for (Remedy.Move move : moves) {
      String arrow =
          String.format(
              Locale.ROOT, " %.4g → %.4g %s;", move.from(), move.to(), move.tag().unit().symbol());
      en.append(' ').append(move.tag().description().en()).append(arrow);
      ko.append(' ').append(move.tag().description().ko()).append(arrow);
    }
    String change =
        String.format(
            Locale.ROOT,
            " %.4g → %.4g (±%.2g) %s",
            plan.before(),
            plan.after(),
            plan.sigma(),
            unitOfIt);
    return new Label(en + " expected" + change, ko + " 예상" + change);
  }
}
