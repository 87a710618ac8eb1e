package io.deungdae.analytics.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Ridge regression (Hoerl and Kennard 1970) of several outputs with a penalty of its own for each,
 * found by cross-validation over blocks of time.
 */
public final class Ridge {

  /** Penalties tried, as a share of the number of rows. */
  private static final double[] PENALTIES = {1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1};

  /** How much more the products of features are penalised; the last leaves them out. */
  private static final double[] FACTORS = {1, 10, 1e9};

  private final double[][] x;
  private final double[][] y;
  private final Folds folds;
  private final Gram all;
  private final int outputs;
  private final int plain;

  /**
   * For rows that are standardised and in order of time.
   *
   * @param x {@code double[row][feature]}
   * @param y {@code double[row][output]}
   * @param plain number of features that are no products of others; they come first
   * @param folds blocks to cross-validate over
   */
  public Ridge(double[][] x, double[][] y, int plain, Folds folds) {
    this.plain = plain;
    this.x = x;
    this.y = y;
    this.folds = folds;
    this.outputs = y[0].length;
    this.all = new Gram(x[0].length, outputs);
    all.add(x, y, 0, x.length);
  }

  /**
   * How strongly weights are held down.
   *
   * @param penalty as a share of the number of rows
   * @param factor how much more for products of features
   */
  public record Penalty(double penalty, double factor) {}

  /** The penalty that predicts unseen blocks best, for each output. */
  public List<Penalty> penalties() {
    List<Penalty> candidates = new ArrayList<>();
    for (double penalty : PENALTIES) {
      for (double factor : FACTORS) {
        candidates.add(new Penalty(penalty, factor));
      }
    }
    double[][] errors = new double[candidates.size()][outputs];
    for (int block = 0; block < folds.count(); block++) {
      Gram gram = without(block);
      for (int p = 0; p < errors.length; p++) {
        List<Penalty> all = Collections.nCopies(outputs, candidates.get(p));
        addSquaredErrors(fit(gram, all), block, errors[p]);
      }
    }
    List<Penalty> best = new ArrayList<>();
    for (int j = 0; j < outputs; j++) {
      int at = 0;
      for (int p = 1; p < errors.length; p++) {
        at = errors[p][j] < errors[at][j] ? p : at;
      }
      best.add(candidates.get(at));
    }
    return best;
  }

  private void addSquaredErrors(LinearModel model, int block, double[] into) {
    double[] predicted = new double[outputs];
    for (int r = folds.from(block); r < folds.to(block); r++) {
      model.predict(x[r], predicted);
      for (int j = 0; j < outputs; j++) {
        into[j] += (y[r][j] - predicted[j]) * (y[r][j] - predicted[j]);
      }
    }
  }

  /** The model of all blocks but one. */
  public LinearModel without(int block, List<Penalty> penalties) {
    return fit(without(block), penalties);
  }

  /** The model of all rows. */
  public LinearModel fit(List<Penalty> penalties) {
    return fit(all, penalties);
  }

  private Gram without(int block) {
    Gram gram = new Gram(x[0].length, outputs);
    gram.add(x, y, 0, folds.gapFrom(block));
    gram.add(x, y, folds.gapTo(block), x.length);
    return gram;
  }

  // Leverage is measured on the plain features: what products add to it is no distance.
  private LinearModel fit(Gram gram, List<Penalty> penalties) {
    double[][] weights = new double[outputs][];
    for (Penalty penalty : new LinkedHashSet<>(penalties)) {
      double[][] inverse = gram.inverse(penalty.penalty() * gram.rows(), plain, penalty.factor());
      for (int j = 0; j < outputs; j++) {
        if (penalties.get(j).equals(penalty)) {
          weights[j] = gram.weights(inverse, j);
        }
      }
    }
    double[] sorted = penalties.stream().mapToDouble(Penalty::penalty).sorted().toArray();
    double middle = sorted[sorted.length / 2] * gram.rows();
    double[][] inverse = gram.inverse(middle, plain, FACTORS[FACTORS.length - 1]);
    double[][] corner = new double[plain][];
    for (int i = 0; i < plain; i++) {
      corner[i] = Arrays.copyOf(inverse[i], plain);
    }
    return new LinearModel(weights, corner);
  }
}
