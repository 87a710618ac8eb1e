package io.deungdae.analytics.kernel;

import java.io.DataOutputStream;
import java.io.IOException;

/**
 * One layer of a compiled net: weights and shape, immutable, shared between threads and between
 * copies of a net. Everything that changes during a call lies in arrays the net hands over.
 *
 * <p>A sequence is flattened step by step: the value of feature {@code f} at step {@code t} is at
 * {@code t * features + f}. Flattening a sequence to a vector is therefore no work at all.
 */
public sealed interface Layer permits Dense, Conv1d, Lstm, Pool {

  /** Length of the flattened input. */
  int inputs();

  /** Length of the flattened output. */
  int outputs();

  /** Numbers of working memory the layer wants to keep from {@link #run} to {@link #back}. */
  int scratch();

  /**
   * Works out the output.
   *
   * @param in at least {@link #inputs()} long, only read
   * @param out at least {@link #outputs()} long, overwritten
   * @param scratch at least {@link #scratch()} long, overwritten
   */
  void run(double[] in, double[] out, double[] scratch);

  /**
   * Carries a gradient back from the output to the input, after {@link #run} on the same arrays.
   *
   * @param in the input of that run
   * @param out the output of that run
   * @param scratch as that run left it; overwritten
   * @param outGradient gradient with respect to the output; overwritten
   * @param inGradient gradient with respect to the input; overwritten
   */
  void back(double[] in, double[] out, double[] scratch, double[] outGradient, double[] inGradient);

  /** Appends kind, shape and weights. */
  void write(DataOutputStream to) throws IOException;
}
