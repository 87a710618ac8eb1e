package io.deungdae.simulators.moulding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.yaml.Item;
import io.deungdae.simulators.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What the demo's fault library says of the machine is what the machine does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultLibraryTest {

  private static final Path FILE = Path.of("../config/demo/faults/moulding.yaml");

  private final Signatures signatures = new Signatures();
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private record Entry(Map<String, Double> weights, Set<String> either, List<Item> use) {}

  @BeforeAll
  void read() throws IOException, YamlException {
    for (Item fault : Item.read(FILE).need("faults").list()) {
      Map<String, Double> weights = new LinkedHashMap<>();
      for (Map.Entry<String, Item> weight : fault.need("signature").anyMap().entrySet()) {
        weights.put(weight.getKey(), weight.getValue().number(-3, 3));
      }
      Set<String> either = new HashSet<>();
      Item free = fault.get("either").orElse(null);
      if (free != null) {
        for (Item tag : free.list()) {
          either.add(tag.text());
        }
      }
      List<Item> use = fault.need("remedy").need("use").list();
      entries.put(fault.need("name").text(), new Entry(weights, either, use));
    }
  }

  @Test
  void everyCauseHasItsEntryAndEveryRemedyMovesASetpoint() throws YamlException {
    assertEquals(new Moulding(1).faults().stream().map(fault -> fault.id()).toList(), names());
    Set<String> setpoints = new HashSet<>();
    new Moulding(1)
        .signals().stream()
            .filter(Signal::writable)
            .forEach(signal -> setpoints.add("moulding." + signal.name()));
    for (Entry entry : entries.values()) {
      for (Item use : entry.use()) {
        String setpoint = use.need("setpoint").text();
        assertTrue(setpoints.contains(setpoint), setpoint);
      }
    }
  }

  private List<String> names() {
    return List.copyOf(entries.keySet());
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void everyWeightHasTheDirectionThatTheFaultHas(Cause cause) {
    Map<String, Double> measured = signatures.of(cause, 1);
    entry(cause)
        .weights()
        .forEach(
            (tag, weight) -> {
              double z = measured.getOrDefault(tag, 0.0);
              assertTrue(z * Math.signum(weight) > 1.9, cause + ": " + tag + " goes " + z);
            });
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void atFullSizeAFaultIsMostLikeItsOwnEntry(Cause cause) {
    assertMostLike(cause, 1);
  }

  /** At this size moist material shows in pressure and scrap only and is left out. */
  @ParameterizedTest
  @EnumSource(value = Cause.class, mode = Mode.EXCLUDE, names = "MATERIAL_MOIST")
  void atTwoThirdsOfItsSizeToo(Cause cause) {
    assertMostLike(cause, 0.67);
  }

  private void assertMostLike(Cause cause, double size) {
    Map<String, Double> measured = signatures.of(cause, size);
    Map<String, Double> likenesses = new LinkedHashMap<>();
    entries.forEach((name, entry) -> likenesses.put(name, likeness(entry, measured)));
    String most =
        likenesses.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElseThrow();
    assertEquals(cause.fault().id(), most, likenesses.toString());
    assertTrue(likenesses.getOrDefault(most, 0.0) > 0.7, likenesses.toString());
  }

  private Entry entry(Cause cause) {
    return entries.getOrDefault(cause.fault().id(), new Entry(Map.of(), Set.of(), List.of()));
  }

  /** The cosine that diagnosis ranks by, docs/analytics.md. */
  private static double likeness(Entry entry, Map<String, Double> measured) {
    double product = 0;
    double felt = 1e-9;
    double weights = 1e-9;
    for (Map.Entry<String, Double> tag : measured.entrySet()) {
      if (!entry.either().contains(tag.getKey())) {
        double z = Signatures.felt(tag.getValue());
        double weight = entry.weights().getOrDefault(tag.getKey(), 0.0);
        product += z * weight;
        felt += z * z;
        weights += weight * weight;
      }
    }
    return product / Math.sqrt(felt * weights);
  }
}
