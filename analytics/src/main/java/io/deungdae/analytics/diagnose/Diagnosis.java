package io.deungdae.analytics.diagnose;

import io.deungdae.analytics.Judgement.Cause;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Tag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Compares how the outputs deviate with the signatures of the fault library.
 *
 * <p>Deviations are taken down to a scale on which experts think (a deviation of 2 σ is slight, 10
 * σ clear, 40 σ overwhelming): {@code sign(z) ln(1 + max(0, |z| - 1) / 2)}. The likeness of a fault
 * is the cosine between that vector and its signature; an unknown cause has a fixed likeness. A
 * soft maximum turns likenesses into confidences. Stateless but for its library; used by any
 * thread.
 */
public final class Diagnosis {

  /** Name of the cause when nothing fits. */
  public static final String UNKNOWN = "unknown";

  private static final Label UNKNOWN_TITLE = new Label("Unknown cause", "알 수 없는 원인");
  private static final double UNKNOWN_LIKENESS = 0.45;
  private static final double SHARPNESS = 14;
  private static final double UNMET = 0.5;
  private static final double LEAST_CONFIDENCE = 0.02;
  private static final int MOST_CAUSES = 5;
  private static final int MOST_EVIDENCE = 3;

  private final FaultLibrary library;
  private final List<Tag> outputs;

  /**
   * For a unit.
   *
   * @param library what is known of its faults
   * @param outputs the tags of the deviations
   */
  public Diagnosis(FaultLibrary library, List<Tag> outputs) {
    this.library = library;
    this.outputs = List.copyOf(outputs);
  }

  /**
   * Ranks the causes, most likely first.
   *
   * @param deviations signed, in standard deviations, one for each output
   * @param values what is, in the tags' units
   * @param expected what the model expects
   * @param valueOf looks up any tag of the unit by name, for conditions; NaN when there is none
   */
  public List<Cause> rank(
      double[] deviations, double[] values, double[] expected, ToDoubleFunction<String> valueOf) {
    double[] felt = new double[deviations.length];
    for (int j = 0; j < felt.length; j++) {
      felt[j] = felt(deviations[j]);
    }
    List<Likeness> likenesses = new ArrayList<>();
    double total = Math.exp(SHARPNESS * UNKNOWN_LIKENESS);
    for (FaultCase fault : library.faults()) {
      Likeness likeness = new Likeness(fault, likeness(fault, felt, valueOf));
      likenesses.add(likeness);
      total += Math.exp(SHARPNESS * likeness.value);
    }
    List<Cause> causes = new ArrayList<>();
    for (Likeness likeness : likenesses) {
      double confidence = Math.exp(SHARPNESS * likeness.value) / total;
      FaultCase fault = likeness.fault;
      causes.add(
          new Cause(
              fault.name(),
              fault.title(),
              confidence,
              evidence(fault, felt, deviations, values, expected)));
    }
    double unknown = Math.exp(SHARPNESS * UNKNOWN_LIKENESS) / total;
    causes.add(
        new Cause(UNKNOWN, UNKNOWN_TITLE, unknown, strongest(felt, deviations, values, expected)));
    return causes.stream()
        .filter(cause -> cause.confidence() >= LEAST_CONFIDENCE)
        .sorted(Comparator.comparingDouble(Cause::confidence).reversed())
        .limit(MOST_CAUSES)
        .toList();
  }

  private record Likeness(FaultCase fault, double value) {}

  private static double felt(double deviation) {
    return Math.copySign(Math.log1p(Math.max(0, Math.abs(deviation) - 1) / 2), deviation);
  }

  private double likeness(FaultCase fault, double[] felt, ToDoubleFunction<String> valueOf) {
    double product = 0;
    double feltSquares = 1e-9;
    double signatureSquares = 1e-9;
    for (int j = 0; j < felt.length; j++) {
      String tag = outputs.get(j).name();
      if (!fault.either().contains(tag)) {
        double weight = weight(fault, tag);
        product += felt[j] * weight;
        feltSquares += felt[j] * felt[j];
        signatureSquares += weight * weight;
      }
    }
    double cosine = product / Math.sqrt(feltSquares * signatureSquares);
    boolean met =
        fault.conditions().stream().allMatch(c -> c.holds(valueOf.applyAsDouble(c.tag())));
    return met ? cosine : UNMET * cosine;
  }

  private static double weight(FaultCase fault, String tag) {
    Double weight = fault.signature().get(tag);
    return weight == null ? 0 : weight;
  }

  private List<Label> evidence(
      FaultCase fault, double[] felt, double[] deviations, double[] values, double[] expected) {
    return strongest(j -> felt[j] * weight(fault, outputs.get(j).name()), felt.length).stream()
        .map(j -> words(outputs.get(j), deviations[j], values[j], expected[j]))
        .toList();
  }

  private List<Label> strongest(
      double[] felt, double[] deviations, double[] values, double[] expected) {
    return strongest(j -> Math.abs(felt[j]), felt.length).stream()
        .map(j -> words(outputs.get(j), deviations[j], values[j], expected[j]))
        .toList();
  }

  private static List<Integer> strongest(ToDoubleFunction<Integer> strength, int count) {
    List<Integer> order = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      if (strength.applyAsDouble(j) > 0) {
        order.add(j);
      }
    }
    order.sort(Comparator.comparingDouble(strength).reversed());
    return order.subList(0, Math.min(MOST_EVIDENCE, order.size()));
  }

  /** One finding in words, e.g. {@code zone 2 output 98 % where 61 % is expected (+9.1 σ)}. */
  public static Label words(Tag tag, double deviation, double value, double expected) {
    String unit = tag.unit().symbol().isEmpty() ? "" : " " + tag.unit().symbol();
    String is = number(value) + unit;
    String should = number(expected) + unit;
    String sigmas = String.format(Locale.ROOT, "%+.1f σ", deviation);
    return new Label(
        tag.description().en() + " " + is + " where " + should + " is expected (" + sigmas + ")",
        tag.description().ko() + " " + is + ", 예상 " + should + " (" + sigmas + ")");
  }

  private static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.3g";
    return String.format(Locale.ROOT, format, value);
  }
}
