package io.deungdae.analytics.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.deungdae.analytics.Effect;
import io.deungdae.analytics.Judgement;
import io.deungdae.analytics.Judgement.Anomaly;
import io.deungdae.analytics.Judgement.Contribution;
import io.deungdae.analytics.Judgement.State;
import io.deungdae.analytics.Remedy;
import io.deungdae.analytics.Slot;
import io.deungdae.analytics.detect.Persistence;
import io.deungdae.analytics.diagnose.Diagnosis;
import io.deungdae.analytics.dl4j.NetTrainer;
import io.deungdae.analytics.feature.FeatureBank.Readiness;
import io.deungdae.analytics.feature.Sampler;
import io.deungdae.analytics.registry.ModelRegistry;
import io.deungdae.analytics.registry.ModelSet;
import io.deungdae.analytics.registry.Selection;
import io.deungdae.analytics.registry.StoredModel;
import io.deungdae.collector.signal.PlantUnit;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.store.Board;
import io.deungdae.collector.store.Frame;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one process unit. One thread calls {@link #tick}; {@link #effect}, {@link #retrain} and
 * the slot are open to others. Training runs on the executor that was given and never holds up a
 * tick.
 */
public final class AnalyticsAgent {

  private static final Logger LOG = LoggerFactory.getLogger(AnalyticsAgent.class);
  private static final int MOST_EFFECTS = 16;
  private static final int MOST_EXCLUSIONS = 256;
  private static final int MOST_CONTRIBUTIONS = 8;
  private static final int MOST_LATE_ROWS = 20;
  private static final int MODELS_KEPT = 10;
  private static final int PIECE_ROWS = 5_000;
  private static final int OUT_OF_RANGE_ROWS = 10;

  /** A setpoint this share of its training range outside that range: nothing is known there. */
  private static final double OUTSIDE = 0.25;

  private final PlantUnit unit;
  private final AnalyticsSettings settings;
  private final Layout layout;
  private final History history;
  private final ModelRegistry registry;
  private final Executor training;
  private final Learner learner;
  private final Sampler sampler;
  private final Slot<Judgement> out;
  private final RemedyDesk desk;
  private final Persistence persistence;
  private final Diagnosis diagnosis;
  private final ObjectiveWindow measured;
  private final ObjectiveWindow expected;
  private final BlockingQueue<Effect> effects = new ArrayBlockingQueue<>(MOST_EFFECTS);
  private final Slot<Learned> learned = new Slot<>();
  private final double[] row;
  private final long stepNs;
  private final double driftGain;

  private @Nullable UnitModel model;
  private int trainings;
  private boolean started;
  private boolean learning;
  private long nextNs;
  private long usableRows;
  private Instant nextTraining = Instant.EPOCH;
  private volatile boolean retrainAsked;
  private final List<Exclusion> exclusions = new ArrayList<>();
  private @Nullable Instant detectedAt;
  private double drift = 1;
  private int rowsOutside;
  private long rowsUnknown;

  /** Times that must not be learnt from. */
  private record Exclusion(Instant from, Instant to) {}

  /** What the training with this number came to; no model when it could not be done. */
  private record Learned(int training, @Nullable StoredModel model, String problem) {}

  /**
   * What an agent works with.
   *
   * @param board latest samples
   * @param history past samples
   * @param registry where models are kept
   * @param training runs trainings one after the other, on a thread of low priority
   * @param nets trains nets
   * @param gatewayVersion for the model cards
   */
  public record Surroundings(
      Board board,
      History history,
      ModelRegistry registry,
      Executor training,
      NetTrainer nets,
      String gatewayVersion) {}

  /**
   * A new one; does nothing until its first tick.
   *
   * @param unit the unit
   * @param settings how it is watched
   * @param around what it works with
   * @param out where its judgements go
   * @param now the time, for the ids of its remedies
   */
  public AnalyticsAgent(
      PlantUnit unit,
      AnalyticsSettings settings,
      Surroundings around,
      Slot<Judgement> out,
      Instant now) {
    this.unit = unit;
    this.settings = settings;
    this.layout = new Layout(unit, settings);
    this.history = around.history();
    this.registry = around.registry();
    this.training = around.training();
    this.learner = new Learner(layout, settings, around.nets(), around.gatewayVersion());
    this.sampler = new Sampler(around.board(), layout.tags(), settings.lookBack());
    this.out = out;
    this.desk = new RemedyDesk(layout, settings, now);
    AnalyticsSettings.Detect detect = settings.detect();
    this.persistence = new Persistence(detect.needed(), detect.window(), detect.closeBelow());
    this.diagnosis = new Diagnosis(settings.faults(), layout.processOutputs());
    this.stepNs = settings.step().toNanos();
    int windowRows = (int) Math.min(100_000, settings.objectiveWindow().toNanos() / stepNs);
    this.measured = new ObjectiveWindow(unit.objective(), windowRows);
    this.expected = new ObjectiveWindow(unit.objective(), windowRows);
    this.row = new double[layout.tags().size()];
    this.driftGain = UnitModel.gain(settings.step(), detect.slow().multipliedBy(10));
  }

  /** The unit. */
  public PlantUnit unit() {
    return unit;
  }

  /** Where the latest judgement is. */
  public Slot<Judgement> judgements() {
    return out;
  }

  /**
   * Hands in what became of a remedy. Any thread.
   *
   * @return false when the queue is full and the effect is lost
   */
  public boolean effect(Effect effect) {
    return effects.offer(effect);
  }

  /** Asks for a training at the next occasion. Any thread. */
  public void retrain() {
    retrainAsked = true;
  }

  /**
   * Does what is due. Bounded; call it at least once a step.
   *
   * @param now wall clock
   * @param nowNs monotonic
   */
  public void tick(Instant now, long nowNs) {
    if (!started) {
      start(now, nowNs);
    }
    takeEffects(nowNs);
    takeLearned(now);
    if (nowNs - nextNs < 0) {
      return;
    }
    long late = Math.min(MOST_LATE_ROWS, (nowNs - nextNs) / stepNs);
    nextNs = late == MOST_LATE_ROWS ? nowNs + stepNs : nextNs + (late + 1) * stepNs;
    sampler.read(nowNs, row);
    for (long i = 0; i < late; i++) {
      digest();
    }
    Readiness readiness = digest();
    trainWhenDue(now);
    out.put(judge(readiness, now, nowNs));
  }

  private void start(Instant now, long nowNs) {
    started = true;
    nextNs = nowNs;
    usableRows = usableRows(now);
    try {
      Selection selection = registry.latest(unit.name(), layout.hash());
      selection
          .refused()
          .forEach(
              refused -> LOG.warn("unit={} model refused: {}", unit.name(), refused.toString()));
      if (selection.found() != null) {
        adopt(selection.found(), now);
        nextTraining = selection.found().set().card().created().plus(settings.train().every());
      }
    } catch (IOException e) {
      LOG.warn(
          "unit={} cannot read models, learning anew; check the disk: {}",
          unit.name(),
          e.toString());
    }
  }

  /**
   * Usable rows in history, counted backwards until there are enough; a piece at a time, for
   * memory's sake.
   */
  private long usableRows(Instant now) {
    long enough = settings.train().after().toNanos() / stepNs + 1;
    Instant oldest = oldest(now);
    Instant to = now;
    long usable = 0;
    while (usable < enough && to.isAfter(oldest)) {
      Instant from = later(oldest, to.minus(settings.step().multipliedBy(PIECE_ROWS)));
      for (double[] values : frame(from, to).values()) {
        usable += usable(values) ? 1 : 0;
      }
      to = from.minus(settings.step());
    }
    return usable;
  }

  /** Where the data of a training begins. */
  private Instant oldest(Instant now) {
    AnalyticsSettings.Train train = settings.train();
    return later(
        now.minus(train.window()), now.minus(settings.step().multipliedBy(train.rows() - 1)));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private Frame frame(Instant from, Instant to) {
    return history.frame(layout.tags(), from, to, settings.step(), settings.lookBack());
  }

  private boolean usable(double[] values) {
    for (double value : values) {
      if (Double.isNaN(value)) {
        return false;
      }
    }
    return values[layout.column(settings.running())] > settings.runningAbove();
  }

  private Readiness digest() {
    usableRows += model == null && usable(row) ? 1 : 0;
    measured.push(tag -> row[layout.column(tag)]);
    if (model == null) {
      return Readiness.WARMING;
    }
    UnitModel at = model;
    Readiness readiness = at.push(row);
    if (readiness == Readiness.USABLE) {
      expected.push(at::expected);
    }
    return readiness;
  }

  // ---- learning

  private void trainWhenDue(Instant now) {
    boolean first = model == null && progress() >= 1;
    boolean again = model != null && !now.isBefore(nextTraining);
    boolean due = retrainAsked || again || (first && !now.isBefore(nextTraining));
    if (learning || !due) {
      return;
    }
    learning = true;
    retrainAsked = false;
    nextTraining = now.plus(settings.train().every());
    Instant from = oldest(now);
    List<Exclusion> out = List.copyOf(exclusions);
    List<String> parents = model == null ? List.of() : List.of(model.id());
    trainings++;
    int number = trainings;
    LOG.info("unit={} training begins", unit.name());
    training.execute(() -> learned.put(learn(number, from, now, out, parents)));
  }

  /** On the training thread. */
  private Learned learn(
      int number, Instant from, Instant to, List<Exclusion> exclusions, List<String> parents) {
    try {
      Frame frame = frame(from, to);
      ModelSet set =
          learner.learn(
              frame.timesMs(), frame.values(), ms -> excluded(exclusions, ms), to, parents);
      if (set == null) {
        return new Learned(number, null, "too few usable rows");
      }
      String id = registry.save(set);
      registry.prune(unit.name(), MODELS_KEPT);
      return new Learned(number, new StoredModel(id, set), "");
    } catch (IOException | RuntimeException e) { // the one catch of the training thread
      return new Learned(number, null, e.toString());
    }
  }

  private static boolean excluded(List<Exclusion> exclusions, long ms) {
    Instant time = Instant.ofEpochMilli(ms);
    return exclusions.stream().anyMatch(e -> !time.isBefore(e.from()) && !time.isAfter(e.to()));
  }

  private void takeLearned(Instant now) {
    Learned result = learned.latest();
    if (!learning || result == null || result.training() != trainings) {
      return;
    }
    learning = false;
    if (result.model() != null) {
      adopt(result.model(), now);
    } else {
      nextTraining = now.plus(settings.train().after().dividedBy(4));
      LOG.warn(
          "unit={} training failed, next try at {}: {}",
          unit.name(),
          nextTraining,
          result.problem());
    }
  }

  private void adopt(StoredModel stored, Instant now) {
    try {
      UnitModel fresh = new UnitModel(stored, layout, settings);
      warm(fresh, now);
      model = fresh;
      desk.clear();
      desk.trainedOn(fresh.spans());
      persistence.reset();
      rowsOutside = 0;
      rowsUnknown = 0;
      drift = 1;
      LOG.info("unit={} model={} at work", unit.name(), stored.id());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      LOG.warn("unit={} model={} cannot be used: {}", unit.name(), stored.id(), e.toString());
    }
  }

  /** Fills the memory of the features from history, so that judging starts at once. */
  private void warm(UnitModel fresh, Instant now) {
    Duration lag = layout.process(java.util.Map.of()).longestLag();
    Frame frame = frame(now.minus(lag.multipliedBy(2)), now);
    for (double[] values : frame.values()) {
      fresh.push(values);
    }
  }

  private double progress() {
    return model != null
        ? 1
        : Math.min(1, (double) usableRows * stepNs / settings.train().after().toNanos());
  }

  // ---- judging

  private void takeEffects(long nowNs) {
    for (Effect effect = effects.poll(); effect != null; effect = effects.poll()) {
      desk.effect(effect, nowNs);
    }
  }

  private Judgement judge(Readiness readiness, Instant now, long nowNs) {
    UnitModel at = model;
    if (at == null) {
      return judgement(State.LEARNING, "", Double.NaN, null, null, now, nowNs);
    }
    if (readiness != Readiness.USABLE) {
      return judgement(State.BLIND, at.id(), Double.NaN, null, null, now, nowNs);
    }
    double score = at.reading().score();
    boolean outside = outside(at);
    Anomaly anomaly = anomaly(at, outside ? 0 : score, now);
    State state = state(at, anomaly);
    Remedy remedy =
        desk.consider(
            at, row, anomaly, state == State.READY, measured.value(), expected.value(), nowNs);
    return judgement(state, at.id(), score, anomaly, remedy, now, nowNs);
  }

  private Judgement judgement(
      State state,
      String modelId,
      double score,
      @Nullable Anomaly anomaly,
      @Nullable Remedy remedy,
      Instant now,
      long nowNs) {
    return new Judgement(
        unit.name(),
        now,
        nowNs,
        state,
        modelId,
        progress(),
        score,
        anomaly,
        measured.value(),
        state == State.LEARNING ? Double.NaN : expected.value(),
        remedy);
  }

  private @Nullable Anomaly anomaly(UnitModel at, double score, Instant now) {
    boolean open = persistence.push(score, now);
    at.freeze(open);
    if (!open) {
      detectedAt = null;
      return null;
    }
    if (detectedAt == null) {
      detectedAt = now;
      exclusions.add(new Exclusion(persistence.since(), now));
      if (exclusions.size() > MOST_EXCLUSIONS) {
        exclusions.remove(0);
      }
    } else {
      Exclusion last = exclusions.remove(exclusions.size() - 1);
      exclusions.add(new Exclusion(last.from(), now));
    }
    return new Anomaly(
        persistence.since(),
        detectedAt,
        contributions(at),
        diagnosis.rank(at.changes(), at.measured(), at.expected(), this::value));
  }

  private double value(String tag) {
    int column = layout.columns().indexOf(tag);
    return column < 0 ? Double.NaN : row[column];
  }

  private static List<Contribution> contributions(UnitModel at) {
    double[] deviations = at.changes();
    double total = 1e-12;
    for (double deviation : deviations) {
      total += deviation * deviation;
    }
    List<Contribution> all = new ArrayList<>();
    for (int j = 0; j < deviations.length; j++) {
      Tag tag = at.outputs().get(j);
      double share = deviations[j] * deviations[j] / total;
      all.add(new Contribution(tag, share, deviations[j], at.measured()[j], at.expected()[j]));
    }
    all.sort(Comparator.comparingDouble(Contribution::share).reversed());
    return all.subList(0, Math.min(MOST_CONTRIBUTIONS, all.size()));
  }

  /**
   * Whether the inputs are where nothing was learnt: then nothing is called an anomaly. A code that
   * was never met asks for a training once enough of it has been seen.
   */
  private boolean outside(UnitModel at) {
    boolean outside = at.unknownLevel() || setpointOutside(at);
    rowsOutside = Math.max(0, Math.min(2 * OUT_OF_RANGE_ROWS, rowsOutside + (outside ? 1 : -1)));
    rowsUnknown += at.unknownLevel() ? 1 : 0;
    if (rowsUnknown * stepNs > settings.train().after().toNanos() / 4) {
      rowsUnknown = 0;
      retrainAsked = true;
    }
    return outside || rowsOutside >= OUT_OF_RANGE_ROWS;
  }

  private boolean setpointOutside(UnitModel at) {
    for (int i = 0; i < unit.manipulated().size(); i++) {
      double value = row[layout.column(unit.manipulated().get(i).setpoint())];
      ModelNumbers.Span span = at.span(i);
      double slack = OUTSIDE * (span.high() - span.low()) + 1e-9;
      if (value < span.low() - slack || value > span.high() + slack) {
        return true;
      }
    }
    return false;
  }

  private State state(UnitModel at, @Nullable Anomaly anomaly) {
    if (rowsOutside >= OUT_OF_RANGE_ROWS) {
      return State.OUT_OF_RANGE;
    }
    if (anomaly == null) {
      drift += driftGain * (at.driftRatio() - drift);
    }
    return drift > settings.detect().driftRatio() ? State.DRIFTED : State.READY;
  }
}
