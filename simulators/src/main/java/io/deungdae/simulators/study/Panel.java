package io.deungdae.simulators.study;

import java.util.List;

/**
 * Lines that share an axis.
 *
 * @param label what the axis says, with its unit
 * @param traces at least one line, each with at least two points
 */
public record Panel(String label, List<Trace> traces) {

  public Panel {
    traces = List.copyOf(traces);
    if (traces.isEmpty() || traces.stream().anyMatch(trace -> trace.size() < 2)) {
      throw new IllegalArgumentException("nothing to draw for " + label);
    }
  }

  /** A panel of some lines. */
  public static Panel of(String label, Trace... traces) {
    return new Panel(label, List.of(traces));
  }

  double least() {
    double least = Double.POSITIVE_INFINITY;
    for (Trace trace : traces) {
      for (int i = 0; i < trace.size(); i++) {
        least = Math.min(least, trace.y(i));
      }
    }
    return least;
  }

  double most() {
    double most = Double.NEGATIVE_INFINITY;
    for (Trace trace : traces) {
      for (int i = 0; i < trace.size(); i++) {
        most = Math.max(most, trace.y(i));
      }
    }
    return most;
  }

  double end() {
    return traces.stream().mapToDouble(trace -> trace.x(trace.size() - 1)).max().orElseThrow();
  }

  double start() {
    return traces.stream().mapToDouble(trace -> trace.x(0)).min().orElseThrow();
  }
}
