package io.deungdae.simulators.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.simulators.furnace.FurnaceSettings;
import io.deungdae.simulators.furnace.QuenchFurnace;
import io.deungdae.simulators.plant.ActiveFault;
import io.deungdae.simulators.plant.SharedPlant;
import io.deungdae.simulators.trouble.Trouble;
import io.deungdae.simulators.trouble.Troubles;
import io.deungdae.simulators.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioTest {

  @TempDir private Path folder;
  private final Troubles modbus = new Troubles(EnumSet.of(Trouble.SILENT));

  private SharedPlant<QuenchFurnace> furnace() {
    return new SharedPlant<>(new QuenchFurnace(FurnaceSettings.standing(3)));
  }

  private void plan(SharedPlant<QuenchFurnace> plant, String events)
      throws IOException, YamlException {
    Path file = folder.resolve("scenario.yaml");
    Files.writeString(file, "plant: furnace\nevents:\n" + events);
    Stage stage = new Stage(Map.of("furnace", plant), Map.of("furnace/modbus", modbus));
    Scenario.read(file).plan(stage);
  }

  @Test
  void eventsHappenAtTheirPlantTimesAndEnd() throws IOException, YamlException {
    SharedPlant<QuenchFurnace> plant = furnace();
    plan(
        plant,
        """
          - {at: 10m, fault: belt-slip, size: 0.6, slope: 1.2, for: 1h}
          - {at: 20m, server: furnace/modbus, trouble: silent, for: 5m}
          - {at: 20m, sensor: zone1.pv, is: frozen, for: 5m}
        """);
    plant.step(590);
    assertTrue(plant.active().isEmpty());
    plant.step(610 + 15 * 60 - 590 - 300);
    ActiveFault slip = plant.active().get(0);
    assertEquals(0.2, slip.now(), 0.01, "a sixth of an hour at 1.2 per hour");
    assertEquals(600, slip.since(), 1.5);
    assertTrue(modbus.on(Trouble.SILENT));
    assertTrue(plant.lying().containsKey("zone1.pv"));
    plant.step(400);
    assertFalse(modbus.on(Trouble.SILENT));
    assertTrue(plant.lying().isEmpty());
    plant.step(3600);
    assertTrue(plant.active().isEmpty());
  }

  @Test
  void oneSeedAndOneScenarioGiveTheSameBits() throws IOException, YamlException {
    assertEquals(played(), played());
  }

  private Map<String, Double> played() throws IOException, YamlException {
    SharedPlant<QuenchFurnace> plant = furnace();
    plan(plant, "  - {at: 10m, fault: heater-zone2-degraded, size: 0.7, slope: 0.5}\n");
    plant.step(7200);
    return plant.truth();
  }

  @Test
  void whatIsNotThereIsNamedWithItsLine() {
    YamlException mistake =
        assertThrows(
            YamlException.class,
            () -> plan(furnace(), "  - {at: 1h, key: local}\n  - {at: 1h, fault: no-such}\n"));
    assertTrue(String.valueOf(mistake.getMessage()).contains(":4: "), mistake.getMessage());
    assertTrue(String.valueOf(mistake.getMessage()).contains("no fault no-such"));
    assertThrows(
        YamlException.class,
        () -> plan(furnace(), "  - {at: 1h, server: furnace/modbus, trouble: reorder}\n"));
  }
}
