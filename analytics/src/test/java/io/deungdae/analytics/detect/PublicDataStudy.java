package io.deungdae.analytics.detect;

import io.deungdae.analytics.dl4j.AutoencoderShape;
import io.deungdae.analytics.dl4j.NetTrainer;
import io.deungdae.analytics.dl4j.TrainingPlan;
import io.deungdae.analytics.dl4j.TrainingWatch;
import io.deungdae.analytics.feature.Scaler;
import io.deungdae.analytics.kernel.CompiledNet;
import io.deungdae.collector.signal.Clock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Scores the monitors on two public data sets, Tennessee Eastman and SKAB, causal and without
 * choosing anything by the scored rows. Both have no declared inputs, so there is no plant model:
 * only the autoencoder, the EWMA charts (on the autoencoder's errors) and the PCA baseline are
 * scored. Run by hand: arguments are the folders of the two data sets.
 */
public final class PublicDataStudy {

  private static final double FALSE_ALARMS = 0.01;

  /** The margin that units are watched with unless told otherwise. */
  private static final double MARGIN = 1.2;

  private static final PrintStream OUT = System.out;

  private PublicDataStudy() {}

  /** Runs. */
  public static void main(String[] args) throws IOException {
    tennessee(Path.of(args[0]));
    skab(Path.of(args[1]));
  }

  /** The monitors for one data set. */
  private static final class Monitors {
    final PcaMonitor pca;
    final NetMonitor net;
    final EwmaChart chart;
    private final Scaler scaler;
    private final CompiledNet compiled;
    private final double[] deviation;
    private final double[] x;
    private final double[] y;

    Monitors(double[][] normal, double gain) {
      int cut = normal.length * 7 / 10;
      double[][] train = Arrays.copyOf(normal, cut);
      double[][] heldOut = Arrays.copyOfRange(normal, cut, normal.length);
      pca = PcaMonitor.fit(train, heldOut, 0.9, FALSE_ALARMS);
      scaler = Scaler.fit(train, train[0].length);
      int width = Math.max(2, train[0].length / 3);
      compiled =
          new NetTrainer(Clock.system(), 1)
              .autoencoder(
                  scaler.apply(train),
                  AutoencoderShape.around(width),
                  TrainingPlan.usual(3).withEpochs(150, 15).withSteps(32, 0.003, 1e-4),
                  TrainingWatch.NONE)
              .net();
      NetMonitor.Numbers numbers =
          NetMonitor.calibrate(scaler, compiled, heldOut, 0, gain, FALSE_ALARMS, MARGIN);
      net = new NetMonitor(numbers, compiled.copy());
      deviation = numbers.deviation;
      x = new double[train[0].length];
      y = new double[x.length];
      double[][] errors =
          Arrays.stream(heldOut).map(row -> errors(row).clone()).toArray(double[][]::new);
      chart = new EwmaChart(ChartLimits.calibrate(errors, gain, FALSE_ALARMS, MARGIN));
    }

    private double[] errors(double[] row) {
      scaler.apply(row, x);
      compiled.run(x, y);
      double[] errors = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        errors[i] = (x[i] - y[i]) / deviation[i];
      }
      return errors;
    }

    double net(double[] row) {
      return net.push(row);
    }

    double chart(double[] row) {
      return chart.push(errors(row));
    }

    double pca(double[] row) {
      return Math.max(pca.squareScore(row), pca.residualScore(row));
    }

    void reset() {
      net.reset();
      chart.reset();
    }
  }

  private static void tennessee(Path folder) throws IOException {
    double[][] normal = transposed(numbers(folder.resolve("d00.dat"), "\\s+"));
    Monitors monitors = new Monitors(Arrays.copyOf(normal, 400), 0.2);
    double[][] rest = Arrays.copyOfRange(normal, 400, normal.length);
    OUT.printf(
        Locale.ROOT,
        "TEP false alarms on the last 100 normal rows: pca %.3f autoencoder %.3f chart %.3f%n",
        share(rest, monitors::pca),
        share(rest, monitors::net),
        share(rest, monitors::chart));
    double[] sums = new double[3];
    for (int fault = 1; fault <= 21; fault++) {
      double[][] rows =
          numbers(folder.resolve(String.format(Locale.ROOT, "d%02d.dat", fault)), "\\s+");
      double[] rates = {
        share(rows, monitors::pca), share(rows, monitors::net), share(rows, monitors::chart)
      };
      monitors.reset();
      for (int i = 0; i < 3; i++) {
        sums[i] += rates[i] / 21;
      }
      OUT.printf(
          Locale.ROOT,
          "TEP fault %2d detected: pca %.3f autoencoder %.3f chart %.3f%n",
          fault,
          rates[0],
          rates[1],
          rates[2]);
    }
    OUT.printf(
        Locale.ROOT,
        "TEP mean of 21 faults: pca %.3f autoencoder %.3f chart %.3f%n",
        sums[0],
        sums[1],
        sums[2]);
  }

  private static double share(double[][] rows, ToDoubleFunction<double[]> score) {
    return Arrays.stream(rows).filter(row -> score.applyAsDouble(row) > 1).count()
        / (double) rows.length;
  }

  private static void skab(Path folder) throws IOException {
    long[][] counts = new long[4][4];
    List<Path> files;
    try (Stream<Path> found = Files.list(folder.resolve("valve2"))) {
      files = found.sorted().toList();
    }
    for (Path file : files) {
      double[][] rows = numbers(file, ";");
      double[][] x = Arrays.stream(rows).map(r -> Arrays.copyOf(r, 8)).toArray(double[][]::new);
      Monitors monitors = new Monitors(Arrays.copyOf(x, 400), 0.1);
      for (int r = 400; r < rows.length; r++) {
        boolean anomaly = rows[r][8] > 0.5;
        double[] scores = {monitors.pca(x[r]), monitors.net(x[r]), monitors.chart(x[r]), 2};
        for (int i = 0; i < scores.length; i++) {
          counts[i][(scores[i] > 1 ? 2 : 0) + (anomaly ? 1 : 0)]++;
        }
      }
    }
    String[] names = {"pca", "autoencoder", "chart", "all ones"};
    for (int i = 0; i < names.length; i++) {
      double missed = counts[i][1];
      double falsely = counts[i][2];
      double hit = counts[i][3];
      OUT.printf(
          Locale.ROOT,
          "SKAB valve2 %-12s F1 %.3f FAR %.3f MAR %.3f%n",
          names[i],
          2 * hit / (2 * hit + falsely + missed),
          falsely / (falsely + counts[i][0]),
          missed / (missed + hit));
    }
  }

  private static double[][] numbers(Path file, String separator) throws IOException {
    List<double[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] cells = line.strip().split(separator, -1);
      if (!cells[0].startsWith("datetime")) {
        rows.add(
            Arrays.stream(cells)
                .filter(c -> !c.contains(":"))
                .mapToDouble(Double::parseDouble)
                .toArray());
      }
    }
    return rows.toArray(new double[0][]);
  }

  private static double[][] transposed(double[][] rows) {
    double[][] columns = new double[rows[0].length][rows.length];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < rows[0].length; c++) {
        columns[c][r] = rows[r][c];
      }
    }
    return columns;
  }
}
