package io.deungdae.simulators.moulding;

import io.deungdae.simulators.plant.Signal;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far each fault takes each tag from where it is without: the difference of means over the
 * spread of two-minute means of a sound machine, under the recipe in a hall at 24 °C. What
 * config/demo/faults/moulding.yaml is written from; {@code main} prints it.
 */
final class Signatures {

  private static final double WINDOW = 120;
  private static final int SOUND_WINDOWS = 180;
  private static final int SETTLE_WINDOWS = 30;
  private static final int FAULT_WINDOWS = 30;

  /** Tags of the unit's models, by the signal that shows them. */
  private static final Map<String, String> TAGS = tags();

  private final Map<String, double[]> sound;

  Signatures() {
    sound = run(null, 0, SOUND_WINDOWS);
  }

  private static Map<String, String> tags() {
    Map<String, String> tags = new LinkedHashMap<>();
    for (String signal :
        List.of(
            "barrel.z1.pv",
            "barrel.z2.pv",
            "barrel.z3.pv",
            "barrel.z4.pv",
            "barrel.z1.op",
            "barrel.z2.op",
            "barrel.z3.op",
            "barrel.z4.op",
            "mold.pv",
            "mold.water.pv",
            "injection.peak_pressure",
            "cycle.time",
            "cushion",
            "cushion.spread",
            "fill.time",
            "plasticizing.time",
            "part.weight",
            "scrap_rate")) {
      tags.put(signal, "moulding." + signal);
    }
    tags.put("power", "energy.moulding.power");
    return tags;
  }

  /** Signed distance by tag, in standard deviations. */
  Map<String, Double> of(Cause cause, double size) {
    Map<String, double[]> hurt = run(cause, size, FAULT_WINDOWS);
    Map<String, Double> signature = new LinkedHashMap<>();
    TAGS.forEach(
        (signal, tag) -> {
          double[] before = sound.getOrDefault(signal, new double[0]);
          double[] after = hurt.getOrDefault(signal, new double[0]);
          signature.put(tag, (mean(after) - mean(before)) / spread(before));
        });
    return signature;
  }

  /** The scale on which diagnosis compares: 2 is slight, 10 clear, 40 overwhelming. */
  static double felt(double deviation) {
    return Math.copySign(Math.log1p(Math.max(0, Math.abs(deviation) - 1) / 2), deviation);
  }

  private static Map<String, double[]> run(@Nullable Cause cause, double size, int windows) {
    Moulding plant = new Moulding(MouldingSettings.unattended(5));
    plant.ambient(24);
    if (cause != null) {
      plant.start(cause.fault(), size);
    }
    List<Signal> signals = new ArrayList<>();
    TAGS.keySet().forEach(name -> signals.add(Trial.signal(plant, name)));
    plant.step(SETTLE_WINDOWS * WINDOW);
    Map<String, double[]> means = new LinkedHashMap<>();
    TAGS.keySet().forEach(name -> means.put(name, new double[windows]));
    for (int i = 0; i < windows; i++) {
      int samples = (int) (WINDOW / 24);
      for (int s = 0; s < samples; s++) {
        plant.step(24);
        for (Signal signal : signals) {
          means.getOrDefault(signal.name(), new double[windows])[i] += plant.read(signal) / samples;
        }
      }
    }
    return means;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double spread(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length);
  }

  /** Prints the table. */
  public static void main(String[] arguments) {
    PrintStream out = System.out;
    double size = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 1;
    Signatures signatures = new Signatures();
    for (Cause cause : Cause.values()) {
      StringBuilder line = new StringBuilder(cause.fault().id());
      signatures
          .of(cause, size)
          .forEach(
              (tag, z) ->
                  line.append(
                      String.format(
                          Locale.ROOT, "%n    %-36s %8.1f  felt %5.1f", tag, z, felt(z))));
      out.println(line);
    }
  }
}
