package io.deungdae.analytics.process;

/**
 * Cuts rows in order of time into blocks; each is predicted by a model of the others. Rows within a
 * gap of a block's ends belong to neither side, because their features remember the block.
 *
 * @param rows number of rows
 * @param count number of blocks, 2 or more
 * @param gap rows kept away on either side of a block
 */
public record Folds(int rows, int count, int gap) {

  /** First row of a block. */
  public int from(int block) {
    return (int) ((long) rows * block / count);
  }

  /** Row after the last of a block. */
  public int to(int block) {
    return from(block + 1);
  }

  /** First row that is not used to train for this block. */
  public int gapFrom(int block) {
    return Math.max(0, from(block) - gap);
  }

  /** Row after the last that is not used to train for this block. */
  public int gapTo(int block) {
    return Math.min(rows, to(block) + gap);
  }
}
