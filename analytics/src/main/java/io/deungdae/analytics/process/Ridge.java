package io.deungdae.analytics.process;

import java.util.Arrays;

/**
 * Ridge regression (Hoerl and Kennard 1970) of several outputs with a penalty of its own for each,
 * found by cross-validation over blocks of time.
 */
public final class Ridge {

  /** Penalties tried, as a share of the number of rows. */
  private static final double[] PENALTIES = {1e-5, 1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1, 3};

  private final double[][] x;
  private final double[][] y;
  private final Folds folds;
  private final Gram all;
  private final int outputs;

  /**
   * For rows that are standardised and in order of time.
   *
   * @param x {@code double[row][feature]}
   * @param y {@code double[row][output]}
   * @param folds blocks to cross-validate over
   */
  public Ridge(double[][] x, double[][] y, Folds folds) {
    this.x = x;
    this.y = y;
    this.folds = folds;
    this.outputs = y[0].length;
    this.all = new Gram(x[0].length, outputs);
    all.add(x, y, 0, x.length);
  }

  /** The penalty that predicts unseen blocks best, for each output. */
  public double[] penalties() {
    double[][] errors = new double[PENALTIES.length][outputs];
    for (int block = 0; block < folds.count(); block++) {
      Gram gram = without(block);
      for (int p = 0; p < PENALTIES.length; p++) {
        double[] penalties = new double[outputs];
        Arrays.fill(penalties, PENALTIES[p]);
        addSquaredErrors(fit(gram, penalties), block, errors[p]);
      }
    }
    double[] best = new double[outputs];
    for (int j = 0; j < outputs; j++) {
      int at = 0;
      for (int p = 1; p < PENALTIES.length; p++) {
        at = errors[p][j] < errors[at][j] ? p : at;
      }
      best[j] = PENALTIES[at];
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
  public LinearModel without(int block, double[] penalties) {
    return fit(without(block), penalties);
  }

  /** The model of all rows. */
  public LinearModel fit(double[] penalties) {
    return fit(all, penalties);
  }

  private Gram without(int block) {
    Gram gram = new Gram(x[0].length, outputs);
    gram.add(x, y, 0, folds.gapFrom(block));
    gram.add(x, y, folds.gapTo(block), x.length);
    return gram;
  }

  private static LinearModel fit(Gram gram, double[] penalties) {
    double[][] weights = new double[penalties.length][];
    double[] distinct = Arrays.stream(penalties).distinct().sorted().toArray();
    double[][] middle = {};
    for (int p = 0; p < distinct.length; p++) {
      double[][] inverse = gram.inverse(distinct[p] * gram.rows());
      if (p == distinct.length / 2) {
        middle = inverse;
      }
      for (int j = 0; j < penalties.length; j++) {
        if (penalties[j] == distinct[p]) {
          weights[j] = gram.weights(inverse, j);
        }
      }
    }
    return new LinearModel(weights, middle);
  }
}
