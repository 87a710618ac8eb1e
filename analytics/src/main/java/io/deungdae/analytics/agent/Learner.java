package io.deungdae.analytics.agent;

import io.deungdae.analytics.agent.ModelNumbers.Span;
import io.deungdae.analytics.detect.ChartLimits;
import io.deungdae.analytics.detect.EwmaChart;
import io.deungdae.analytics.detect.NetMonitor;
import io.deungdae.analytics.detect.PcaMonitor;
import io.deungdae.analytics.detect.Quantiles;
import io.deungdae.analytics.dl4j.AutoencoderShape;
import io.deungdae.analytics.dl4j.NetTrainer;
import io.deungdae.analytics.dl4j.RegressorShape;
import io.deungdae.analytics.dl4j.TrainedNet;
import io.deungdae.analytics.dl4j.TrainingPlan;
import io.deungdae.analytics.dl4j.TrainingWatch;
import io.deungdae.analytics.feature.FeatureSpec;
import io.deungdae.analytics.feature.Samples;
import io.deungdae.analytics.feature.Scaler;
import io.deungdae.analytics.kernel.Activation;
import io.deungdae.analytics.kernel.CompiledNet;
import io.deungdae.analytics.optimize.QualityGoal;
import io.deungdae.analytics.optimize.YieldModel;
import io.deungdae.analytics.process.PlantFit;
import io.deungdae.analytics.process.PlantTrainer;
import io.deungdae.analytics.process.PlantTrainer.NetMaker;
import io.deungdae.analytics.registry.ModelCard;
import io.deungdae.analytics.registry.ModelSet;
import io.deungdae.collector.signal.Tag;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Makes a model set of rows of history. Runs on the training thread, takes seconds to minutes. */
final class Learner {

  static final String PROCESS_NET = "process";
  static final String EFFECTS_NET = "effects";
  static final String WATCH_NET = "watch";

  private static final int BLOCKS = 5;
  private static final int LEAST_ROWS = 150;
  private static final double HELD_OUT = 0.2;
  private static final double EXPLAINED = 0.95;

  private final Layout layout;
  private final AnalyticsSettings settings;
  private final NetTrainer nets;
  private final String gatewayVersion;

  Learner(Layout layout, AnalyticsSettings settings, NetTrainer nets, String gatewayVersion) {
    this.layout = layout;
    this.settings = settings;
    this.nets = nets;
    this.gatewayVersion = gatewayVersion;
  }

  /**
   * Learns.
   *
   * @param timesMs times of the rows
   * @param rows one value for each of the layout's columns
   * @param excluded true for times that must not be learnt from
   * @param now when this is
   * @param parents ids of the model sets it replaces
   * @return the models, or null when too few rows are usable
   */
  @Nullable ModelSet learn(
      long[] timesMs, double[][] rows, LongPredicate excluded, Instant now, List<String> parents) {
    Map<String, List<Double>> levels = layout.levels(rows);
    FeatureSpec processSpec = layout.process(levels);
    FeatureSpec effectsSpec = layout.effects(levels);
    Samples process = Samples.of(processSpec, layout.columns(), timesMs, rows, excluded);
    Samples effects = Samples.of(effectsSpec, layout.columns(), timesMs, rows, excluded);
    if (process.rows() < LEAST_ROWS || effects.rows() < LEAST_ROWS) {
      return null;
    }
    PlantTrainer trainer = new PlantTrainer(BLOCKS, gap(), netMaker());
    PlantFit processFit =
        trainer.fit(process, Layout.indicators(processSpec), processSpec.outputs());
    PlantFit effectsFit =
        trainer.fit(effects, Layout.indicators(effectsSpec), effectsSpec.outputs());
    Map<String, Double> scores = new LinkedHashMap<>(processFit.scores());
    effectsFit.scores().forEach((name, score) -> scores.put("effects." + name, score));

    double[][] unseen = muted(processFit.unseen());
    ChartLimits fast = limits(unseen, fastGain(), "fast", scores);
    ChartLimits slow = limits(unseen, slowGain(), "slow", scores);
    Watch watch = watch(process, scores);
    Map<String, CompiledNet> kept = new HashMap<>();
    put(kept, PROCESS_NET, processFit.net());
    put(kept, EFFECTS_NET, effectsFit.net());
    put(kept, WATCH_NET, watch.net);
    ModelNumbers numbers =
        new ModelNumbers(
            levels,
            processFit.numbers(),
            effectsFit.numbers(),
            fast,
            slow,
            watch.numbers,
            watch.pca,
            shareOfBad(effects, effectsSpec, scores),
            spans(rows),
            meanSquare(unseen));
    return new ModelSet(card(process, watch.library, scores, now, parents), kept, numbers.toJson());
  }

  private double[][] muted(double[][] errors) {
    boolean[] muted = layout.muted();
    for (double[] row : errors) {
      for (int j = 0; j < row.length; j++) {
        row[j] = muted[j] ? 0 : row[j];
      }
    }
    return errors;
  }

  private static void put(Map<String, CompiledNet> nets, String name, @Nullable CompiledNet net) {
    if (net != null) {
      nets.put(name, net);
    }
  }

  private int gap() {
    long lag = layout.process(Map.of()).longestLag().toNanos();
    return (int) Math.min(500, lag / settings.step().toNanos());
  }

  private double fastGain() {
    return UnitModel.gain(settings.step(), settings.detect().fast());
  }

  private double slowGain() {
    return UnitModel.gain(settings.step(), settings.detect().slow());
  }

  private TrainingPlan plan() {
    return TrainingPlan.usual(settings.train().seed())
        .withEpochs(80, 8)
        .withSteps(64, 0.003, 1e-4)
        .withHoldOut(HELD_OUT, gap() / 4)
        .withLoad(settings.train().load());
  }

  private NetMaker netMaker() {
    if (!settings.train().net()) {
      return NetMaker.NONE;
    }
    RegressorShape shape = new RegressorShape(List.of(24, 12), Activation.TANH);
    return (x, left) -> nets.regressor(x, left, shape, plan(), TrainingWatch.NONE).net();
  }

  private ChartLimits limits(
      double[][] unseen, double gain, String name, Map<String, Double> scores) {
    double rate = settings.detect().falseAlarmRate();
    double margin = settings.detect().margin();
    int cut = (int) (unseen.length * (1 - HELD_OUT));
    ChartLimits trial = ChartLimits.calibrate(Arrays.copyOf(unseen, cut), gain, rate, margin);
    EwmaChart chart = new EwmaChart(trial);
    int above = 0;
    for (int r = cut; r < unseen.length; r++) {
      above += chart.push(unseen[r]) > 1 ? 1 : 0;
    }
    scores.put("false-alarms." + name, (double) above / (unseen.length - cut));
    return ChartLimits.calibrate(unseen, gain, rate, margin);
  }

  /** The autoencoder and its baseline. */
  private record Watch(
      @Nullable CompiledNet net,
      NetMonitor.@Nullable Numbers numbers,
      PcaMonitor pca,
      String library) {}

  private Watch watch(Samples samples, Map<String, Double> scores) {
    double[][] rows = joined(samples);
    int cut = (int) (rows.length * (1 - HELD_OUT));
    double[][] train = Arrays.copyOf(rows, cut);
    double[][] heldOut = Arrays.copyOfRange(rows, cut, rows.length);
    double rate = settings.detect().falseAlarmRate();
    PcaMonitor pca = PcaMonitor.fit(train, heldOut, EXPLAINED, rate);
    if (!settings.train().net()) {
      return new Watch(null, null, pca, "none");
    }
    Scaler scaler = Scaler.fit(train, rows[0].length);
    int bottleneck = Math.max(3, rows[0].length / 5);
    TrainedNet trained =
        nets.autoencoder(
            scaler.apply(train), AutoencoderShape.around(bottleneck), plan(), TrainingWatch.NONE);
    scores.put("watch.validation-loss", trained.report().bestValidationLoss());
    int scoredFrom = samples.inputs()[0].length;
    NetMonitor.Numbers numbers =
        NetMonitor.calibrate(
            scaler,
            trained.net(),
            heldOut,
            scoredFrom,
            fastGain(),
            rate,
            settings.detect().margin());
    return new Watch(trained.net(), numbers, pca, trained.report().dl4jVersion());
  }

  private static double[][] joined(Samples samples) {
    double[][] rows = new double[samples.rows()][];
    for (int r = 0; r < rows.length; r++) {
      double[] inputs = samples.inputs()[r];
      double[] outputs = samples.outputs()[r];
      rows[r] = Arrays.copyOf(inputs, inputs.length + outputs.length);
      System.arraycopy(outputs, 0, rows[r], inputs.length, outputs.length);
    }
    return rows;
  }

  private @Nullable YieldModel shareOfBad(
      Samples samples, FeatureSpec spec, Map<String, Double> scores) {
    QualityGoal goal = settings.quality();
    if (goal == null) {
      return null;
    }
    int measures = goal.measures().size();
    int scrap = spec.outputs().indexOf(goal.scrap().name());
    int good = spec.outputs().indexOf(goal.good().name());
    double[] low = goal.measures().stream().mapToDouble(QualityGoal.Measure::low).toArray();
    double[] high = goal.measures().stream().mapToDouble(QualityGoal.Measure::high).toArray();
    double[][] means = new double[samples.rows()][measures];
    double[] shares = new double[samples.rows()];
    for (int r = 0; r < shares.length; r++) {
      double[] y = samples.outputs()[r];
      for (int k = 0; k < measures; k++) {
        means[r][k] = y[spec.outputs().indexOf(goal.measures().get(k).tag().name())];
      }
      double total = Math.max(0, y[scrap]) + Math.max(0, y[good]);
      shares[r] = total > 0 ? Math.max(0, y[scrap]) / total : 0;
    }
    YieldModel model = YieldModel.fit(low, high, means, shares);
    for (int k = 0; k < measures; k++) {
      scores.put("yield.spread." + goal.measures().get(k).tag().name(), model.spread(k));
    }
    scores.put("yield.base", model.base());
    return model;
  }

  private List<Span> spans(double[][] rows) {
    List<Span> spans = new ArrayList<>();
    for (Tag setpoint : layout.setpoints()) {
      int column = layout.column(setpoint);
      double[] values =
          Arrays.stream(rows)
              .mapToDouble(row -> row[column])
              .filter(v -> !Double.isNaN(v))
              .toArray();
      double mean = Arrays.stream(values).average().orElse(0);
      double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
      spans.add(
          new Span(Quantiles.of(values, 0.005), Quantiles.of(values, 0.995), Math.sqrt(variance)));
    }
    return spans;
  }

  private static double meanSquare(double[][] unseen) {
    double sum = 0;
    for (double[] row : unseen) {
      for (double error : row) {
        sum += Math.min(64, error * error) / row.length;
      }
    }
    return Math.max(0.1, sum / unseen.length);
  }

  private ModelCard card(
      Samples samples,
      String library,
      Map<String, Double> scores,
      Instant now,
      List<String> parents) {
    long[] times = samples.timesMs();
    return new ModelCard(
        layout.unit().name(),
        now,
        Instant.ofEpochMilli(times[0]),
        Instant.ofEpochMilli(times[times.length - 1]),
        times.length,
        sha256(samples),
        layout.hash(),
        settings.train().seed(),
        gatewayVersion,
        library,
        Runtime.version().toString(),
        scores,
        parents);
  }

  private static String sha256(Samples samples) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (int r = 0; r < samples.rows(); r++) {
        update(digest, samples.inputs()[r]);
        update(digest, samples.outputs()[r]);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every Java platform has it
    }
  }

  private static void update(MessageDigest digest, double[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * Double.BYTES);
    for (double value : values) {
      buffer.putDouble(value);
    }
    digest.update(buffer.array());
  }
}
