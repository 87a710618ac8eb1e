package io.deungdae.analytics.diagnose;

import io.deungdae.collector.signal.Label;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the fault library: how a fault shows, and what may be done about it.
 *
 * @param name id, unique in the library
 * @param title name for people
 * @param signature by tag name, how the tag leaves its expected value: the sign is the direction,
 *     the size from 0 to 3 how strongly; tags that are not named are expected to stay
 * @param either names of tags that may go either way
 * @param conditions what must hold as well
 * @param answer what may be done
 */
public record FaultCase(
    String name,
    Label title,
    Map<String, Double> signature,
    Set<String> either,
    List<Condition> conditions,
    Answer answer) {

  public FaultCase {
    signature = Map.copyOf(signature);
    either = Set.copyOf(either);
    conditions = List.copyOf(conditions);
  }

  /**
   * A tag's value that must hold.
   *
   * @param tag the tag's name
   * @param above the value must be above this; negative infinity for no such limit
   * @param below the value must be below this; positive infinity for no such limit
   */
  public record Condition(String tag, double above, double below) {

    /** True when it holds for a value. */
    public boolean holds(double value) {
      return value > above && value < below;
    }
  }

  /**
   * What may be done about it.
   *
   * @param use setpoints that may be moved, in the order of preference; empty for all that are not
   *     lost
   * @param lost names of setpoints whose loop no longer follows: they are left alone, and the
   *     loop's value is taken as measured
   * @param lying names of tags that cannot be believed
   * @param note what people should do, or null for nothing
   */
  public record Answer(List<Use> use, Set<String> lost, Set<String> lying, @Nullable Label note) {
    public Answer {
      use = List.copyOf(use);
      lost = Set.copyOf(lost);
      lying = Set.copyOf(lying);
    }
  }

  /**
   * A setpoint that may be moved.
   *
   * @param setpoint the tag's name
   * @param direction which way
   * @param limit furthest distance from where it was when the anomaly began, in the tag's unit
   */
  public record Use(String setpoint, Direction direction, double limit) {}

  /** Which way a setpoint may go. */
  public enum Direction {
    /** Upwards only. */
    UP,
    /** Downwards only. */
    DOWN,
    /** Both ways. */
    ANY
  }
}
