package io.deungdae.simulators.opcua;

import io.deungdae.simulators.plant.Signal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;

/**
 * Counters of a machine that works in cycles under the names of the standard, {@code
 * ActiveJobValues} of OPC 40083 (which OPC 40077, EUROMAP 77, uses); its types are not served. They
 * change together, once a finished cycle.
 */
final class JobValues {

  private static final List<String> NEEDED =
      List.of("shot", "cycle.time", "good_count", "bad_count");

  private final PlantView view;
  private final Map<String, Integer> index = new LinkedHashMap<>();

  private JobValues(PlantView view) {
    this.view = view;
    List<Signal> signals = view.plant().signals();
    for (int i = 0; i < signals.size(); i++) {
      index.put(signals.get(i).name(), i);
    }
  }

  /** The values of a plant by their names; empty when it does not work in cycles. */
  static Map<String, Function<PlantView, DataValue>> of(PlantView view) {
    List<String> names = view.plant().signals().stream().map(Signal::name).toList();
    return names.containsAll(NEEDED) ? new JobValues(view).values() : Map.of();
  }

  private Map<String, Function<PlantView, DataValue>> values() {
    Map<String, Function<PlantView, DataValue>> values = new LinkedHashMap<>();
    values.put("MachineCycleCounter", v -> counter("shot"));
    values.put("JobCycleCounter", v -> counter("shot"));
    values.put("JobPartsCounter", v -> counter("shot"));
    values.put("JobGoodPartsCounter", v -> counter("good_count"));
    values.put("JobBadPartsCounter", v -> counter("bad_count"));
    values.put("LastCycleTime", v -> replaced("cycle.time", x -> Variant.ofDouble(1000 * x)));
    return values;
  }

  private DataValue counter(String signal) {
    return replaced(signal, x -> Variant.ofUInt64(Unsigned.ulong((long) x)));
  }

  private DataValue replaced(String signal, java.util.function.DoubleFunction<Variant> as) {
    DataValue value = view.value(index.getOrDefault(signal, 0));
    Object number = value.value().value();
    return number instanceof Number n
        ? new DataValue(
            as.apply(n.doubleValue()), value.statusCode(), value.sourceTime(), value.serverTime())
        : value;
  }
}
