package io.deungdae.analytics.process;

import io.deungdae.analytics.feature.Samples;
import io.deungdae.analytics.feature.Scaler;
import io.deungdae.analytics.kernel.CompiledNet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Fits a plant model: cross-validates the linear champion and the net over blocks of time, keeps
 * for each output what predicted unseen blocks better, and measures the noise on the same unseen
 * blocks.
 */
public final class PlantTrainer {

  /** A net must be better than the linear model by this factor to be used. */
  private static final double WORTH = 0.95;

  /** Blocks, the last ones, on which net and linear model compete. */
  private static final int CONTESTED = 2;

  /** Rows in transition needed to learn how much larger their errors are. */
  private static final int LEAST_TRANSITION = 60;

  /** With fewer settled rows than this, codes change all the time: all rows tell the noise. */
  private static final int LEAST_SETTLED = 100;

  private static final double UNSEEN_TRANSITION = 3;
  private static final double TRANSITION_MARGIN = 1.3;
  private static final double[] KAPPAS = {0, 0.5, 1, 2, 5, 10, 20, 50, 100, 200};
  private static final double SMALLEST_SIGMA = 1e-4;

  private final int blocks;
  private final int gap;
  private final NetMaker nets;

  /**
   * A new one.
   *
   * @param blocks number of blocks to cross-validate over, 2 or more
   * @param gap rows between a block and what trains for it
   * @param nets makes nets
   */
  public PlantTrainer(int blocks, int gap, NetMaker nets) {
    this.blocks = blocks;
    this.gap = gap;
    this.nets = nets;
  }

  /** Makes nets that explain what a linear model leaves. */
  public interface NetMaker {

    /** Makes none: the plant model stays linear. */
    NetMaker NONE = (x, left) -> null;

    /**
     * Trains a net.
     *
     * @param x scaled features, {@code double[row][feature]}, in order of time
     * @param left what the linear model leaves, scaled, {@code double[row][output]}
     * @return the net, or null when there is none to be had
     */
    @Nullable CompiledNet train(double[][] x, double[][] left);
  }

  /**
   * Fits.
   *
   * @param samples rows to learn from
   * @param indicator for each channel, whether it is the indicator of a code
   * @param names names of the outputs, for the scores
   */
  public PlantFit fit(Samples samples, boolean[] indicator, List<String> names) {
    Scaler inputs = Scaler.fit(samples.inputs(), samples.inputs()[0].length);
    Bend bend = Bend.fit(samples.outputs());
    Scaler outputs = Scaler.fit(bend.in(samples.outputs()), names.size());
    double[][] plain = inputs.apply(samples.inputs());
    Expansion expansion = Expansion.of(indicator, plain[0].length / indicator.length, plain);
    double[][] x = expansion.apply(plain);
    double[][] y = outputs.apply(bend.in(samples.outputs()));
    Folds folds = new Folds(x.length, blocks, gap);
    Ridge ridge = new Ridge(x, y, expansion.features(), folds);
    List<Ridge.Penalty> penalties = ridge.penalties();

    Unseen unseen = crossValidate(ridge, penalties, x, plain, y, folds);
    boolean[] netUsed = unseen.netWorthIt();
    LinearModel linear = ridge.fit(penalties);
    CompiledNet net = any(netUsed) ? nets.train(plain, left(linear, x, y)) : null;
    if (net == null) {
      Arrays.fill(netUsed, false);
    }
    double[][] errors = unseen.chosen(netUsed);
    int[] indicators = indicators(indicator, plain[0].length);
    boolean[] moving = moving(samples.inputs(), indicators);
    Noise noise = Noise.fit(errors, unseen.leverages, moving, constant(y));
    PlantModel.Numbers numbers =
        new PlantModel.Numbers(
            inputs,
            outputs,
            expansion,
            bend,
            linear,
            netUsed,
            noise.sigma,
            noise.kappa,
            reach(linear, x),
            ends(plain, -1),
            ends(plain, 1),
            indicators,
            noise.transition);
    return new PlantFit(
        numbers,
        net,
        noise.scale(errors, unseen.leverages, moving),
        scores(unseen, netUsed, y, names));
  }

  private Unseen crossValidate(
      Ridge ridge,
      List<Ridge.Penalty> penalties,
      double[][] x,
      double[][] plain,
      double[][] y,
      Folds folds) {
    Unseen unseen = new Unseen(x.length, y[0].length, folds);
    for (int block = 0; block < folds.count(); block++) {
      LinearModel linear = ridge.without(block, penalties);
      boolean contest = block >= folds.count() - CONTESTED;
      double[][] trainX = outside(x, folds, block);
      CompiledNet net =
          !contest
              ? null
              : nets.train(
                  outside(plain, folds, block), left(linear, trainX, outside(y, folds, block)));
      unseen.add(block, linear, net, x, plain, y);
    }
    return unseen;
  }

  private static double[][] outside(double[][] rows, Folds folds, int block) {
    int head = folds.gapFrom(block);
    int tail = rows.length - folds.gapTo(block);
    double[][] kept = Arrays.copyOf(rows, head + tail);
    System.arraycopy(rows, folds.gapTo(block), kept, head, tail);
    return kept;
  }

  private static double[][] left(LinearModel linear, double[][] x, double[][] y) {
    double[][] left = new double[x.length][y[0].length];
    for (int r = 0; r < x.length; r++) {
      linear.predict(x[r], left[r]);
      for (int j = 0; j < left[r].length; j++) {
        left[r][j] = y[r][j] - left[r][j];
      }
    }
    return left;
  }

  private static boolean any(boolean[] flags) {
    for (boolean flag : flags) {
      if (flag) {
        return true;
      }
    }
    return false;
  }

  private static boolean[] constant(double[][] y) {
    boolean[] constant = new boolean[y[0].length];
    for (int j = 0; j < constant.length; j++) {
      int column = j;
      constant[j] = Arrays.stream(y).allMatch(row -> Math.abs(row[column]) < 1e-9);
    }
    return constant;
  }

  private static int[] indicators(boolean[] indicator, int features) {
    int oldest = features - indicator.length;
    return IntStream.range(0, indicator.length)
        .filter(c -> indicator[c] && oldest > 0)
        .flatMap(c -> IntStream.of(c, oldest + c))
        .toArray();
  }

  private static boolean[] moving(double[][] inputs, int[] indicators) {
    boolean[] moving = new boolean[inputs.length];
    for (int r = 0; r < moving.length; r++) {
      moving[r] = PlantModel.inTransition(inputs[r], indicators);
    }
    return moving;
  }

  /** Least (sign -1) or greatest (sign 1) value of each feature. */
  private static double[] ends(double[][] x, int sign) {
    double[] ends = x[0].clone();
    for (double[] row : x) {
      for (int i = 0; i < ends.length; i++) {
        ends[i] = sign * row[i] > sign * ends[i] ? row[i] : ends[i];
      }
    }
    return ends;
  }

  private static double reach(LinearModel linear, double[][] x) {
    return Arrays.stream(x).mapToDouble(linear::leverage).max().orElse(1);
  }

  private static Map<String, Double> scores(
      Unseen unseen, boolean[] netUsed, double[][] y, List<String> names) {
    Map<String, Double> scores = new LinkedHashMap<>();
    Folds folds = unseen.folds;
    int last = folds.from(folds.count() - 1);
    int contested = folds.from(folds.count() - CONTESTED);
    for (int j = 0; j < names.size(); j++) {
      scores.put("r2.linear." + names.get(j), skill(unseen.linear, y, j, 0));
      scores.put("r2.net." + names.get(j), skill(unseen.hybrid, y, j, contested));
      scores.put("r2.rival." + names.get(j), skill(unseen.linear, y, j, contested));
      scores.put(
          "r2.held-out." + names.get(j),
          skill(netUsed[j] ? unseen.hybrid : unseen.linear, y, j, last));
      scores.put("net." + names.get(j), netUsed[j] ? 1.0 : 0.0);
    }
    return scores;
  }

  /** Share of the variance about the training mean that was predicted, from a row on. */
  private static double skill(double[][] errors, double[][] y, int output, int from) {
    double error = 0;
    double total = 0;
    for (int r = from; r < y.length; r++) {
      error += errors[r][output] * errors[r][output];
      total += y[r][output] * y[r][output];
    }
    return total > 0 ? Math.max(-99, 1 - error / total) : 0;
  }

  /** Errors on unseen blocks. */
  private static final class Unseen {
    final double[][] linear;
    final double[][] hybrid;
    final double[] leverages;
    final Folds folds;

    Unseen(int rows, int outputs, Folds folds) {
      this.linear = new double[rows][outputs];
      this.hybrid = new double[rows][outputs];
      this.leverages = new double[rows];
      this.folds = folds;
    }

    void add(
        int block,
        LinearModel model,
        @Nullable CompiledNet net,
        double[][] x,
        double[][] plain,
        double[][] y) {
      double[] expected = new double[y[0].length];
      double[] correction = new double[y[0].length];
      for (int r = folds.from(block); r < folds.to(block); r++) {
        leverages[r] = model.leverage(x[r]);
        model.predict(x[r], expected);
        if (net != null) {
          net.run(plain[r], correction);
        }
        for (int j = 0; j < expected.length; j++) {
          linear[r][j] = y[r][j] - expected[j];
          hybrid[r][j] = linear[r][j] - correction[j];
        }
      }
    }

    boolean[] netWorthIt() {
      boolean[] worth = new boolean[linear[0].length];
      for (int j = 0; j < worth.length; j++) {
        worth[j] = contested(hybrid, j) < WORTH * WORTH * contested(linear, j);
      }
      return worth;
    }

    private double contested(double[][] errors, int output) {
      double sum = 0;
      for (int r = folds.from(folds.count() - CONTESTED); r < errors.length; r++) {
        sum += errors[r][output] * errors[r][output];
      }
      return sum;
    }

    double[][] chosen(boolean[] netUsed) {
      double[][] chosen = new double[linear.length][];
      for (int r = 0; r < chosen.length; r++) {
        chosen[r] = linear[r].clone();
        for (int j = 0; j < netUsed.length; j++) {
          chosen[r][j] = netUsed[j] ? hybrid[r][j] : linear[r][j];
        }
      }
      return chosen;
    }
  }

  /**
   * Noise of the errors: {@code σ² (1 + κ h)} with the likeliest κ, and how much larger it is while
   * a change of a code works its way through the plant.
   */
  private static final class Noise {
    final double[] sigma;
    final double[] kappa;
    final double[] transition;

    Noise(int outputs) {
      this.sigma = new double[outputs];
      this.kappa = new double[outputs];
      this.transition = new double[outputs];
    }

    static Noise fit(double[][] errors, double[] leverages, boolean[] moving, boolean[] constant) {
      Noise noise = new Noise(constant.length);
      boolean alwaysMoving = settledRows(moving) < LEAST_SETTLED;
      boolean[] apart = alwaysMoving ? new boolean[moving.length] : moving;
      for (int j = 0; j < constant.length; j++) {
        noise.fit(j, errors, leverages, apart);
        noise.transition[j] = alwaysMoving ? 1 : noise.transition(j, errors, leverages, moving);
        if (constant[j]) {
          noise.sigma[j] = PlantModel.UNKNOWN;
        }
      }
      return noise;
    }

    private static int settledRows(boolean[] moving) {
      int settled = 0;
      for (boolean row : moving) {
        settled += row ? 0 : 1;
      }
      return settled;
    }

    private void fit(int output, double[][] errors, double[] leverages, boolean[] moving) {
      double best = Double.POSITIVE_INFINITY;
      for (double candidate : KAPPAS) {
        double squares = 0;
        double logs = 0;
        int rows = 0;
        for (int r = 0; r < errors.length; r++) {
          if (!moving[r]) {
            double inflation = 1 + candidate * leverages[r];
            squares += errors[r][output] * errors[r][output] / inflation;
            logs += Math.log(inflation);
            rows++;
          }
        }
        double variance = Math.max(SMALLEST_SIGMA * SMALLEST_SIGMA, squares / Math.max(1, rows));
        double cost = Math.log(variance) + logs / Math.max(1, rows); // minus twice the likelihood
        if (cost < best) {
          best = cost;
          sigma[output] = Math.sqrt(variance);
          kappa[output] = candidate;
        }
      }
    }

    private double transition(int output, double[][] errors, double[] leverages, boolean[] moving) {
      double squares = 0;
      int rows = 0;
      for (int r = 0; r < errors.length; r++) {
        if (moving[r]) {
          double scaled = errors[r][output] / spread(output, leverages[r]);
          squares += scaled * scaled;
          rows++;
        }
      }
      double learnt = rows < LEAST_TRANSITION ? UNSEEN_TRANSITION : Math.sqrt(squares / rows);
      return Math.max(1, TRANSITION_MARGIN * learnt);
    }

    private double spread(int output, double leverage) {
      return sigma[output] * Math.sqrt(1 + kappa[output] * leverage);
    }

    double[][] scale(double[][] errors, double[] leverages, boolean[] moving) {
      double[][] scaled = new double[errors.length][];
      for (int r = 0; r < errors.length; r++) {
        scaled[r] = errors[r].clone();
        for (int j = 0; j < sigma.length; j++) {
          scaled[r][j] /= spread(j, leverages[r]) * (moving[r] ? transition[j] : 1);
        }
      }
      return scaled;
    }
  }
}
