package io.deungdae.collector.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects all mistakes, so that a person sees them at once and not one by one. Used by one thread.
 */
public final class Problems {

  private final List<Problem> found = new ArrayList<>();

  /** Adds one. */
  public void add(Problem problem) {
    found.add(problem);
  }

  /** True when there is none. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** All, by file and line. */
  public List<Problem> all() {
    return found.stream()
        .distinct()
        .sorted(Comparator.comparing(Problem::file).thenComparingInt(Problem::line))
        .toList();
  }

  /**
   * Does nothing when there is none.
   *
   * @throws ConfigException with all of them
   */
  public void throwIfAny() throws ConfigException {
    if (!isEmpty()) {
      throw new ConfigException(all());
    }
  }
}
