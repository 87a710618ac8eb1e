package io.deungdae.analytics.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompiledNetTest {

  private static final double STEP = 1e-6;

  @Test
  void worksOutADenseLayerByHand() {
    Dense dense =
        new Dense(1, 2, 2, Activation.RELU, new double[] {1, -1, 2, 3}, new double[] {0.5, -9});
    double[] out = new double[2];
    new CompiledNet(List.of(dense)).run(new double[] {1, 2}, out);
    assertArrayEquals(new double[] {5.5, 0}, out);
  }

  @Test
  void causalConvolutionSeesNothingOfTheFuture() {
    Random random = new Random(3);
    Conv1d conv =
        new Conv1d(
            6,
            1,
            1,
            new Conv1d.Taps(2, 1, 2, true),
            Activation.IDENTITY,
            Nets.numbers(random, 2),
            new double[1]);
    CompiledNet net = new CompiledNet(List.of(conv));
    double[] before = new double[6];
    double[] after = new double[6];
    net.run(new double[] {1, 2, 3, 4, 5, 6}, before);
    net.run(new double[] {1, 2, 3, 99, 98, 97}, after);
    for (int t = 0; t < 3; t++) {
      assertEquals(before[t], after[t]);
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void gradientOfDenseNetsIsTheSlope(Activation activation) {
    assertGradient(Nets.dense(activation, 11));
  }

  @Test
  void gradientThroughEveryKindOfLayerIsTheSlope() {
    assertGradient(Nets.everyKind(12));
  }

  private static void assertGradient(CompiledNet net) {
    Random random = new Random(5);
    double[] in = Nets.numbers(random, net.inputs());
    double[] weight = Nets.numbers(random, net.outputs());
    double[] gradient = new double[net.inputs()];
    net.inputGradient(in, weight, gradient);
    for (int i = 0; i < in.length; i++) {
      double slope = (shifted(net, in, weight, i, STEP) - shifted(net, in, weight, i, -STEP)) / 2;
      assertEquals(slope / STEP, gradient[i], 1e-7, "input " + i);
    }
  }

  private static double shifted(CompiledNet net, double[] in, double[] weight, int i, double by) {
    double[] moved = in.clone();
    moved[i] += by;
    double[] out = new double[net.outputs()];
    net.run(moved, out);
    double sum = 0;
    for (int o = 0; o < out.length; o++) {
      sum += weight[o] * out[o];
    }
    return sum;
  }

  @Test
  void jacobianRowsAreTheGradientsOfTheOutputs() {
    CompiledNet net = Nets.everyKind(4);
    double[] in = Nets.numbers(new Random(1), net.inputs());
    double[][] jacobian = new double[net.outputs()][net.inputs()];
    net.jacobian(in, jacobian);
    double[] gradient = new double[net.inputs()];
    for (int o = 0; o < net.outputs(); o++) {
      double[] only = new double[net.outputs()];
      only[o] = 1;
      net.inputGradient(in, only, gradient);
      assertArrayEquals(gradient, jacobian[o]);
    }
  }

  @Test
  void copiesDoNotDisturbEachOther() {
    CompiledNet net = Nets.everyKind(4);
    CompiledNet copy = net.copy();
    Random random = new Random(2);
    double[] a = Nets.numbers(random, net.inputs());
    double[] b = Nets.numbers(random, net.inputs());
    double[] expected = new double[net.outputs()];
    net.run(a, expected);
    double[] out = new double[net.outputs()];
    copy.run(b, out);
    copy.run(a, out);
    assertArrayEquals(expected, out);
  }

  @Test
  void nanSpreadsInsteadOfBeingSwallowed() {
    for (Activation activation : Activation.values()) {
      CompiledNet net = Nets.dense(activation, 1);
      double[] in = new double[net.inputs()];
      in[3] = Double.NaN;
      double[] out = new double[net.outputs()];
      net.run(in, out);
      assertTrue(Double.isNaN(out[0]), activation + " swallowed it");
    }
  }

  @Test
  void runningAllocatesNothing() {
    CompiledNet net = Nets.everyKind(8);
    double[] in = Nets.numbers(new Random(6), net.inputs());
    double[] out = new double[net.outputs()];
    double[] gradient = new double[net.inputs()];
    // The least of several rounds: classes that load and compiled code that is replaced while a
    // round runs are charged to this thread, but an object a call would show in every round.
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 10; round++) {
      long before = allocatedBytes();
      for (int i = 0; i < 1000; i++) {
        net.run(in, out);
        net.inputGradient(in, out, gradient);
      }
      least = Math.min(least, allocatedBytes() - before);
    }
    assertTrue(least < 1000, "allocated " + least);
  }

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  @Test
  void refusesArraysOfAnotherLength() {
    CompiledNet net = Nets.dense(Activation.TANH, 1);
    assertThrows(
        IllegalArgumentException.class, () -> net.run(new double[6], new double[net.outputs()]));
    assertThrows(
        IllegalArgumentException.class, () -> net.run(new double[net.inputs()], new double[5]));
  }

  @Test
  void refusesLayersThatDoNotFit() {
    Dense dense = new Dense(1, 1, 2, Activation.TANH, new double[2], new double[2]);
    assertThrows(IllegalArgumentException.class, () -> new CompiledNet(List.of(dense, dense)));
    assertThrows(IllegalArgumentException.class, () -> new CompiledNet(List.of()));
  }
}
