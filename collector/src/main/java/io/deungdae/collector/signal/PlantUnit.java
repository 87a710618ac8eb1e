package io.deungdae.collector.signal;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One process unit of the plant (ISA-88: a furnace line, a moulding machine) and the part each of
 * its tags plays.
 *
 * @param name short name, unique in the site
 * @param title name for people
 * @param manipulated what the gateway may move
 * @param disturbances what moves the unit and cannot be moved by us: product, ambient, shift
 * @param measured what else is watched for anomalies
 * @param objective what is to be minimised or maximised
 */
public record PlantUnit(
    String name,
    Label title,
    List<Manipulated> manipulated,
    List<Tag> disturbances,
    List<Tag> measured,
    Objective objective) {

  public PlantUnit {
    manipulated = List.copyOf(manipulated);
    disturbances = List.copyOf(disturbances);
    measured = List.copyOf(measured);
  }

  /** All tags that play a part, each once, in a fixed order. */
  public List<Tag> tags() {
    return Stream.of(
            manipulated.stream()
                .flatMap(mv -> Stream.of(mv.setpoint(), mv.processValue(), mv.output())),
            disturbances.stream(),
            measured.stream(),
            objective.terms().stream().map(Objective.Term::tag),
            Stream.of(objective.per()))
        .<@Nullable Tag>flatMap(s -> s)
        .filter(tag -> tag != null)
        .distinct()
        .toList();
  }

  /**
   * A manipulated variable: the setpoint of a loop that the PLC closes, or a plain actuator.
   *
   * @param setpoint the writable tag
   * @param processValue what the loop holds at the setpoint, or null for a plain actuator
   * @param output the loop's own output (valve, heater duty), or null when it is not known
   */
  public record Manipulated(Tag setpoint, @Nullable Tag processValue, @Nullable Tag output) {}

  /**
   * The objective: a constant plus the weighted sum of tags, divided by a tag if one is given; e.g.
   * machine-hour rate plus energy cost per hour plus scrap cost per hour, per good part.
   *
   * @param direction which way is better
   * @param constant what is added to the sum, in the unit of the sum
   * @param terms the sum
   * @param per the divisor, or null for none; no objective while it is not positive
   * @param unit unit of the result, e.g. {@code KRW/part}
   */
  public record Objective(
      Direction direction, double constant, List<Term> terms, @Nullable Tag per, Unit unit) {

    public Objective {
      terms = List.copyOf(terms);
      if (terms.isEmpty() && per == null) {
        throw new IllegalArgumentException("an objective needs a tag");
      }
    }

    /** An objective without a constant. */
    public Objective(Direction direction, List<Term> terms, @Nullable Tag per, Unit unit) {
      this(direction, 0, terms, per, unit);
    }

    /**
     * The objective for given values of its tags.
     *
     * @param values value of a tag, NaN when it has none
     * @return NaN when a value is missing or the divisor is not positive
     */
    public double of(ToDoubleFunction<Tag> values) {
      double sum = sum(values);
      if (per == null) {
        return sum;
      }
      double divisor = values.applyAsDouble(per);
      return divisor > 0 ? sum / divisor : Double.NaN;
    }

    /** The sum alone, its constant included, before it is divided; NaN when a value is missing. */
    public double sum(ToDoubleFunction<Tag> values) {
      double sum = constant;
      for (Term term : terms) {
        sum += term.weight() * values.applyAsDouble(term.tag());
      }
      return sum;
    }

    /** True when {@code a} is better than {@code b}; false when either is NaN. */
    public boolean isBetter(double a, double b) {
      return direction == Direction.MINIMISE ? a < b : a > b;
    }

    /** Which way is better. */
    public enum Direction {
      MINIMISE,
      MAXIMISE
    }

    /**
     * One summand.
     *
     * @param tag the tag
     * @param weight what one unit of it is worth, in the objective's unit (times the divisor's)
     */
    public record Term(Tag tag, double weight) {}
  }
}
