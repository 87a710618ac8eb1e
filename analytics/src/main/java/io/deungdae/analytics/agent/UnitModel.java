package io.deungdae.analytics.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.deungdae.analytics.agent.ModelNumbers.Span;
import io.deungdae.analytics.detect.Detector;
import io.deungdae.analytics.detect.Detector.Reading;
import io.deungdae.analytics.detect.NetMonitor;
import io.deungdae.analytics.feature.FeatureBank;
import io.deungdae.analytics.feature.FeatureBank.Readiness;
import io.deungdae.analytics.feature.FeatureSpec;
import io.deungdae.analytics.kernel.CompiledNet;
import io.deungdae.analytics.optimize.ObjectiveModel;
import io.deungdae.analytics.process.PlantModel;
import io.deungdae.analytics.registry.ModelSet;
import io.deungdae.analytics.registry.StoredModel;
import io.deungdae.collector.signal.Tag;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model set at work: takes rows, keeps the features' memory, and holds what was found for the
 * last row. Used by one thread.
 */
final class UnitModel {

  private static final Reading NOTHING =
      new Reading(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  private final String id;
  private final ModelNumbers numbers;
  private final FeatureSpec effectsSpec;
  private final FeatureSpec processSpec;
  private final List<Tag> outputs;
  private final FeatureBank processBank;
  private final FeatureBank effectsBank;
  private final Detector detector;
  private final ObjectiveModel objective;
  private final PlantModel settledProcess;
  private final Duration step;
  private Reading reading = NOTHING;

  UnitModel(StoredModel stored, Layout layout, AnalyticsSettings settings)
      throws JsonProcessingException {
    ModelSet set = stored.set();
    this.id = stored.id();
    this.step = settings.step();
    this.numbers = ModelNumbers.fromJson(set.numbers());
    this.processSpec = layout.process(numbers.levels());
    this.effectsSpec = layout.effects(numbers.levels());
    this.outputs = layout.processOutputs();
    this.processBank = new FeatureBank(processSpec, layout.columns());
    this.effectsBank = new FeatureBank(effectsSpec, layout.columns());
    this.settledProcess = numbers.process().with(net(set, Learner.PROCESS_NET));
    this.detector =
        new Detector(
            numbers.process().with(net(set, Learner.PROCESS_NET)),
            processSpec.width(),
            numbers.fast(),
            numbers.slow(),
            watch(set, numbers),
            layout.muted(),
            gain(step, settings.detect().fast().multipliedBy(3)));
    this.objective =
        new ObjectiveModel(
            effectsSpec,
            numbers.effects().with(net(set, Learner.EFFECTS_NET)),
            layout.unit(),
            settings.quality(),
            numbers.yields(),
            gain(step, settings.objectiveWindow().dividedBy(2)));
  }

  private static @Nullable CompiledNet net(ModelSet set, String name) {
    return set.nets().containsKey(name) ? set.net(name) : null;
  }

  private static @Nullable NetMonitor watch(ModelSet set, ModelNumbers numbers) {
    CompiledNet net = net(set, Learner.WATCH_NET);
    return net == null || numbers.watch() == null ? null : new NetMonitor(numbers.watch(), net);
  }

  /** Weight of the newest row in an exponentially weighted mean. */
  static double gain(Duration step, Duration memory) {
    return -Math.expm1(-(double) step.toNanos() / memory.toNanos());
  }

  String id() {
    return id;
  }

  /** Takes the next row of the layout's columns. */
  Readiness push(double[] row) {
    Readiness process = processBank.push(row);
    Readiness effects = effectsBank.push(row);
    if (process != Readiness.USABLE || effects != Readiness.USABLE) {
      reading = NOTHING;
      return process != Readiness.USABLE ? process : effects;
    }
    reading = detector.push(processBank.inputs(), processBank.outputs());
    objective.push(effectsBank.inputs(), effectsBank.outputs());
    return Readiness.USABLE;
  }

  /** What the last row came to; not numbers when it was not usable. */
  Reading reading() {
    return reading;
  }

  /** Mean square of the errors against that on unseen training data. */
  double driftRatio() {
    return reading.meanSquare() / numbers.meanSquare();
  }

  /** True when the last row has a code that was never met in training. */
  boolean unknownLevel() {
    return processBank.unknownLevel();
  }

  List<Tag> outputs() {
    return outputs;
  }

  double[] deviations() {
    return detector.deviations();
  }

  double[] changes() {
    return detector.changes();
  }

  void freeze(boolean anomaly) {
    detector.freeze(anomaly);
  }

  double[] expected() {
    return detector.expected();
  }

  double[] measured() {
    return processBank.outputs();
  }

  double expected(Tag tag) {
    int at = outputs.indexOf(tag);
    return at < 0 ? Double.NaN : expected()[at];
  }

  ObjectiveModel objective() {
    return objective;
  }

  /** Channels of the effects model as they are now. */
  double[] effectsChannels() {
    return java.util.Arrays.copyOf(effectsBank.inputs(), effectsSpec.channels());
  }

  List<Span> spans() {
    return numbers.setpoints();
  }

  Span span(int setpoint) {
    return numbers.setpoints().get(setpoint);
  }

  /**
   * What an output would settle at with other setpoints: the model's change, on top of what is
   * measured.
   */
  Settled settled() {
    return new Settled();
  }

  /** See {@link UnitModel#settled()}; belongs to the moment it was asked for. */
  final class Settled {
    private final double[] channels =
        java.util.Arrays.copyOf(processBank.inputs(), processSpec.channels());
    private final double[] from = new double[outputs.size()];
    private final double[] to = new double[outputs.size()];
    private final double[] measured = processBank.outputs().clone();

    Settled() {
      settledProcess.predict(features(channels), from);
    }

    private double[] features(double[] values) {
      double[] features = new double[processSpec.width()];
      for (int at = 0; at < features.length; at += values.length) {
        System.arraycopy(values, 0, features, at, values.length);
      }
      return features;
    }

    /** Moves the setpoints; the first channels are theirs. */
    void at(double[] setpoints) {
      System.arraycopy(setpoints, 0, channels, 0, setpoints.length);
      settledProcess.predict(features(channels), to);
    }

    double output(int output) {
      return measured[output] + to[output] - from[output];
    }

    double measured(int output) {
      return measured[output];
    }
  }
}
