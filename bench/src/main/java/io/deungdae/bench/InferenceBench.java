package io.deungdae.bench;

import io.deungdae.analytics.kernel.CompiledNet;
import io.deungdae.collector.signal.Clock;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Time and heap of one prediction: DL4J's {@code output} for one row against the compiled net with
 * the same weights. Prints a table; each line also checks that both give the same answer.
 */
public final class InferenceBench {

  private static final int KERNEL_CALLS = 200_000;
  private static final int LIBRARY_CALLS = 5_000;

  private final Clock clock = Clock.system();
  private final Consumer<String> lines;

  private InferenceBench(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Runs all of it. */
  public static void main(String[] args) {
    new InferenceBench(System.out::println).run();
  }

  private void run() {
    Nd4j.getMemoryManager().togglePeriodicGc(false);
    Nd4j.getEnvironment().setMaxThreads(1);
    lines.accept("| net | call | median µs | p99 µs | p99.9 µs | heap B/call | differs by |");
    lines.accept("| --- | --- | --: | --: | --: | --: | --: |");
    compare("autoencoder 40-16-8-16-40, tanh", BenchNet.dense(40, 16, 8, 16, 40));
    compare("regressor 30-32-16-1, tanh", BenchNet.dense(30, 32, 16, 1));
    compare("LSTM, 30 steps of 20, 24 units", BenchNet.lstm(30, 20, 24));
  }

  private void compare(String name, BenchNet both) {
    double[] in = row(both.compiled());
    double[] out = new double[both.compiled().outputs()];
    double[] gradient = new double[in.length];
    double difference = difference(both, in, out);
    line(name, "DL4J", measure(LIBRARY_CALLS, () -> both.libraryOutput(in).close()), difference);
    CompiledNet net = both.compiled();
    line(name, "compiled", measure(KERNEL_CALLS, () -> net.run(in, out)), difference);
    line(
        name,
        "gradient",
        measure(KERNEL_CALLS, () -> net.inputGradient(in, out, gradient)),
        Double.NaN);
  }

  private static double difference(BenchNet both, double[] in, double[] out) {
    both.compiled().run(in, out);
    double[] expected;
    try (INDArray output = both.libraryOutput(in)) {
      expected = output.dup('c').data().asDouble();
    }
    double largest = 0;
    for (int o = 0; o < out.length; o++) {
      largest = Math.max(largest, Math.abs(out[o] - expected[o]));
    }
    return largest;
  }

  private static double[] row(CompiledNet net) {
    Random random = new Random(1);
    double[] in = new double[net.inputs()];
    Arrays.setAll(in, i -> random.nextGaussian());
    return in;
  }

  /** Warm-up of as many calls, then each call timed by itself. */
  private Figures measure(int calls, Runnable call) {
    long[] ns = new long[calls];
    for (int i = 0; i < calls; i++) {
      call.run();
    }
    long before = allocatedBytes();
    for (int i = 0; i < calls; i++) {
      long startNs = clock.nanoTime();
      call.run();
      ns[i] = clock.nanoTime() - startNs;
    }
    long bytes = allocatedBytes() - before;
    Arrays.sort(ns);
    return new Figures(
        ns[calls / 2], ns[calls * 99 / 100], ns[(int) (calls * 0.999)], bytes / (double) calls);
  }

  private void line(String net, String call, Figures figures, double difference) {
    lines.accept(
        String.format(
            Locale.ROOT,
            "| %s | %s | %.2f | %.2f | %.2f | %.0f | %s |",
            net,
            call,
            figures.medianNs / 1e3,
            figures.p99Ns / 1e3,
            figures.p999Ns / 1e3,
            figures.bytes,
            Double.isNaN(difference) ? "" : String.format(Locale.ROOT, "%.0e", difference)));
  }

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private record Figures(long medianNs, long p99Ns, long p999Ns, double bytes) {}
}
