package io.deungdae.simulators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.simulators.plant.Fault;
import io.deungdae.simulators.plant.Plant;
import io.deungdae.simulators.plant.SharedPlant;
import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.plant.Truthful;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every kind of plant must do. */
class PlantKindTest {

  private static Plant make(PlantKind kind, long seed) {
    return kind.make(seed, 300, Double.POSITIVE_INFINITY, 0);
  }

  @ParameterizedTest
  @EnumSource(PlantKind.class)
  void oneSeedGivesTheSameBitsHoweverOftenItIsReadThroughAGrowingFault(PlantKind kind) {
    assertEquals(bits(kind, 5, 600), bits(kind, 5, 7.5));
    assertNotEquals(bits(kind, 5, 600), bits(kind, 6, 600));
  }

  /** Every reading and truth after six hours with a fault that grows from the second hour on. */
  private static List<Double> bits(PlantKind kind, long seed, double step) {
    SharedPlant<Plant> plant = new SharedPlant<>(make(kind, seed));
    Fault fault = plant.faults().get(0);
    plant.plan(3600, () -> plant.start(fault, 0.8, 0.4));
    for (double left = 6 * 3600; left > 0; left -= step) {
      plant.step(step);
      plant.signals().forEach(plant::read);
    }
    List<Double> bits = new ArrayList<>();
    plant.signals().forEach(signal -> bits.add(plant.read(signal)));
    bits.addAll(plant.truth().values());
    return bits;
  }

  @ParameterizedTest
  @EnumSource(PlantKind.class)
  void hasAtLeastEightFaultsAnObjectiveAndTheMannersOfAPlc(PlantKind kind) {
    Plant plant = make(kind, 1);
    assertTrue(plant.faults().size() >= 8, plant.faults().size() + " faults");
    plant.step(4 * 3600);
    Map<String, Double> truth = plant instanceof Truthful truthful ? truthful.truth() : Map.of();
    assertTrue(truth.getOrDefault("objective", Double.NaN) > 0, truth.toString());
    List<String> names = plant.signals().stream().map(Signal::name).toList();
    for (String name : List.of("remote", "heartbeat", "watchdog_ok", "interlock", "alarm")) {
      assertTrue(names.contains(name), kind + " has no " + name);
    }
  }
}
