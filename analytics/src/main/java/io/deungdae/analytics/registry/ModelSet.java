package io.deungdae.analytics.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.deungdae.analytics.kernel.CompiledNet;
import java.util.Map;

/**
 * The models of one process unit that belong together: nets by name, and the caller's own numbers
 * (scalers, thresholds, ranges) as JSON. Immutable when nobody runs the nets inside: take copies.
 *
 * @param card where they come from
 * @param nets by name; lower-case letters, digits, {@code _ . -}
 * @param numbers the caller's own; copied in, treat as read-only
 */
public record ModelSet(ModelCard card, Map<String, CompiledNet> nets, JsonNode numbers) {

  /** Checks names, copies what can change. */
  public ModelSet {
    nets = Map.copyOf(nets);
    numbers = numbers.deepCopy();
    nets.keySet().forEach(name -> Names.check("net", name));
  }

  /**
   * A net for the calling thread alone.
   *
   * @param name its name
   * @return a copy that nobody else has
   * @throws IllegalArgumentException when there is none of that name
   */
  public CompiledNet net(String name) {
    CompiledNet net = nets.get(name);
    if (net == null) {
      throw new IllegalArgumentException("no net '" + name + "', there are " + nets.keySet());
    }
    return net.copy();
  }
}
