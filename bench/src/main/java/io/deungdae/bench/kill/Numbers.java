package io.deungdae.bench.kill;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which numbers were found of each tag, and how often one was found again. */
final class Numbers {

  private final Map<String, BitSet> found = new HashMap<>();
  private long rows;
  private long doubles;

  void add(String tag, long number) {
    rows++;
    BitSet numbers = found.computeIfAbsent(tag, t -> new BitSet());
    if (numbers.get((int) number)) {
      doubles++;
    }
    numbers.set((int) number);
  }

  /** The numbers of a tag. */
  BitSet of(String tag) {
    return found.getOrDefault(tag, new BitSet());
  }

  long rows() {
    return rows;
  }

  long doubles() {
    return doubles;
  }

  /** Numbers from 1 to {@code last} that are missing, of tags {@code t0} and on. */
  long gaps(int tags, int last) {
    long gaps = 0;
    for (int i = 0; i < tags; i++) {
      gaps += last - of("t" + i).get(1, last + 1).cardinality();
    }
    return gaps;
  }

  /** How many numbers one of both has and the other has not. */
  long differences(Numbers other) {
    Set<String> tags = new HashSet<>(found.keySet());
    tags.addAll(other.found.keySet());
    long differences = 0;
    for (String tag : tags) {
      BitSet apart = (BitSet) of(tag).clone();
      apart.xor(other.of(tag));
      differences += apart.cardinality();
    }
    return differences;
  }
}
