package io.deungdae.collector.settings;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The settings are wrong. Its message has one line for each mistake; there is no use in a stack
 * trace.
 */
public final class ConfigException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /** With at least one problem. */
  public ConfigException(List<Problem> problems) {
    super(
        problems.stream()
            .map(Problem::toString)
            .collect(Collectors.joining(System.lineSeparator())));
    this.problems = List.copyOf(problems);
  }

  /** All mistakes, by file and line. */
  public List<Problem> problems() {
    return problems;
  }
}
