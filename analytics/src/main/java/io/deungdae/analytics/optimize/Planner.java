package io.deungdae.analytics.optimize;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Works out where setpoints should go. Loops are taken to settle at their setpoints, except those
 * that are lost, which stay where they are measured. Used by one thread.
 */
public final class Planner {

  /** A move is left out when it brings less than this share of the whole gain. */
  private static final double SLIGHT = 0.03;

  private static final double CAUTION = 1;

  private final ObjectiveModel objective;
  private final PatternSearch search;

  /** On an objective model. */
  public Planner(ObjectiveModel objective, PatternSearch search) {
    this.objective = objective;
    this.search = search;
  }

  /**
   * Where the plant is and what may be moved.
   *
   * @param channels channels of the effects model, setpoints' loops first; a loop that follows has
   *     its setpoint here, a lost one its measured value
   * @param setpoints present setpoints
   * @param box how far each may go; a lost one is fixed
   * @param strain cost of what else must not be strained, 0 when nothing is; in parts of the
   *     objective
   */
  public record Situation(
      List<Double> channels, List<Double> setpoints, Box box, ToDoubleFunction<double[]> strain) {
    public Situation {
      channels = List.copyOf(channels);
      setpoints = List.copyOf(setpoints);
    }
  }

  /**
   * A way out.
   *
   * @param targets where each setpoint should go
   * @param before objective if nothing is done
   * @param after objective with the moves
   * @param sigma standard deviation of the difference
   * @param active limits that stopped it
   */
  public record Plan(
      List<Double> targets, double before, double after, double sigma, List<String> active) {
    public Plan {
      targets = List.copyOf(targets);
      active = List.copyOf(active);
    }
  }

  /** The best plan; empty when nothing is better than standing still. */
  public Optional<Plan> best(Situation situation) {
    double[] present = array(situation.setpoints());
    double[] from = objective.settled(channels(situation, present));
    double[] found = search.minimise(p -> cost(situation, from, p), situation.box(), present);
    prune(situation, from, present, found);
    Plan plan = assess(situation, found);
    return gain(plan) > 0 ? Optional.of(plan) : Optional.empty();
  }

  private void prune(Situation situation, double[] from, double[] present, double[] found) {
    double here = cost(situation, from, present);
    for (int i = 0; i < found.length; i++) {
      double with = cost(situation, from, found);
      double kept = found[i];
      found[i] = present[i];
      if (cost(situation, from, found) - with > SLIGHT * (here - with)) {
        found[i] = kept;
      }
    }
  }

  /** What a given point would bring. */
  public Plan assess(Situation situation, double[] targets) {
    double[] present = array(situation.setpoints());
    double[] from = objective.settled(channels(situation, present));
    double[] to = objective.settled(channels(situation, targets));
    return new Plan(
        java.util.Arrays.stream(targets).boxed().toList(),
        objective.at(from),
        objective.at(to),
        objective.sigmaOfDifference(from, to),
        situation.box().active(present, targets));
  }

  /** How much better, in the objective's unit; negative when worse. */
  public double gain(Plan plan) {
    return objective.maximised() ? plan.after() - plan.before() : plan.before() - plan.after();
  }

  // Caution: what is uncertain is taken to come out one standard deviation worse.
  private double cost(Situation situation, double[] from, double[] point) {
    double[] to = objective.settled(channels(situation, point));
    double value = objective.at(to);
    double cost = objective.maximised() ? -value : value;
    double doubt = CAUTION * objective.sigmaOfDifference(from, to);
    return cost + doubt + Math.abs(cost) * situation.strain().applyAsDouble(point);
  }

  private static double[] channels(Situation situation, double[] point) {
    double[] channels = array(situation.channels());
    List<Double> present = situation.setpoints();
    for (int i = 0; i < point.length; i++) {
      if (point[i] != present.get(i)) {
        channels[i] = point[i];
      }
    }
    return channels;
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
