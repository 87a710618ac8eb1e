package io.deungdae.analytics.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deungdae.analytics.kernel.Activation;
import io.deungdae.analytics.kernel.CompiledNet;
import io.deungdae.analytics.kernel.Dense;
import io.deungdae.analytics.registry.ModelRefusedException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRegistryTest {

  private static final Instant T0 = Instant.parse("2026-03-02T01:02:03.456Z");

  @TempDir Path home;
  private Path folder = Path.of("");
  private ModelRegistry registry = new ModelRegistry(folder);

  @BeforeEach
  void place() {
    folder = home.resolve("models");
    registry = new ModelRegistry(folder);
  }

  private static ModelCard card(String unit, Instant created, String spec) {
    return new ModelCard(
        unit,
        created,
        T0.minusSeconds(7200),
        T0,
        4321,
        "ab".repeat(32),
        spec,
        7,
        "0.1.0",
        "1.0.0-M2.1",
        "17.0.15",
        Map.of("rmse", 0.25, "skill", 0.9),
        List.of("furnace-20260301-000000-01234567"));
  }

  private static ModelSet set(String unit, Instant created, String spec) {
    Random random = new Random(created.getEpochSecond());
    Dense layer =
        new Dense(
            1,
            1,
            2,
            Activation.TANH,
            new double[] {random.nextGaussian(), random.nextGaussian()},
            new double[2]);
    ObjectNode numbers = JsonNodeFactory.instance.objectNode();
    numbers.put("threshold", 3.25).putArray("mean").add(1.5).add(1e-300);
    return new ModelSet(
        card(unit, created, spec),
        Map.of(
            "detector", new CompiledNet(List.of(layer)), "plant", new CompiledNet(List.of(layer))),
        numbers);
  }

  @Test
  void whatIsLoadedIsWhatWasSaved() throws Exception {
    ModelSet saved = set("furnace", T0, "spec");
    String id = registry.save(saved);
    assertTrue(id.matches("furnace-20260302-010203-[0-9a-f]{8}"), id);
    ModelSet loaded = registry.load(id, "spec").set();
    assertEquals(saved.card(), loaded.card());
    assertEquals(saved.numbers(), loaded.numbers());
    assertEquals(saved.nets().keySet(), loaded.nets().keySet());
    assertArrayEquals(saved.net("plant").toBytes(), loaded.net("plant").toBytes());
    assertEquals(saved.card(), registry.card(id));
  }

  @Test
  void savingTheSameAgainGivesTheSameId() throws Exception {
    String id = registry.save(set("furnace", T0, "spec"));
    assertEquals(id, registry.save(set("furnace", T0, "spec")));
    assertEquals(List.of(id), registry.list("furnace"));
  }

  @Test
  void newestOfTheUnitComesFirst() throws Exception {
    String old = registry.save(set("furnace", T0, "spec"));
    String fresh = registry.save(set("furnace", T0.plusSeconds(60), "spec"));
    registry.save(set("furnace-2", T0.plusSeconds(90), "spec"));
    assertEquals(List.of(fresh, old), registry.list("furnace"));
    Selection selection = registry.latest("furnace", "spec");
    assertEquals(fresh, selection.model().orElseThrow().id());
    assertEquals(List.of(), selection.refused());
  }

  @Test
  void nothingSavedMeansNothingFound() throws Exception {
    assertTrue(registry.latest("furnace", "spec").model().isEmpty());
    assertEquals(List.of(), registry.list("furnace"));
  }

  @Test
  void anyDamagedFileMakesTheOlderSetTheOneInForce() throws Exception {
    String old = registry.save(set("furnace", T0, "spec"));
    String fresh = registry.save(set("furnace", T0.plusSeconds(60), "spec"));
    for (Path file : ModelFiles.children(folder.resolve(fresh))) {
      byte[] whole = Files.readAllBytes(file);
      byte[] flipped = whole.clone();
      flipped[whole.length / 2] ^= 4;
      for (byte[] damaged : List.of(flipped, new byte[0])) {
        Files.write(file, damaged);
        assertFallsBack(old, fresh, Reason.DAMAGED);
      }
      Files.delete(file);
      assertFallsBack(old, fresh, Reason.DAMAGED);
      Files.write(file, whole);
    }
    assertEquals(fresh, registry.latest("furnace", "spec").model().orElseThrow().id());
  }

  private void assertFallsBack(String old, String fresh, Reason reason) throws IOException {
    Selection selection = registry.latest("furnace", "spec");
    assertEquals(old, selection.model().orElseThrow().id());
    assertEquals(1, selection.refused().size());
    assertEquals(fresh, selection.refused().get(0).id());
    assertEquals(reason, selection.refused().get(0).reason());
  }

  @Test
  void otherFeatureSpecIsRefusedAndSaysBoth() throws Exception {
    String old = registry.save(set("furnace", T0, "spec"));
    String fresh = registry.save(set("furnace", T0.plusSeconds(60), "other"));
    ModelRefusedException refusal =
        assertThrows(ModelRefusedException.class, () -> registry.load(fresh, "spec"));
    assertEquals(Reason.OTHER_FEATURES, refusal.reason());
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("other") && message.contains("spec"), message);
    assertFallsBack(old, fresh, Reason.OTHER_FEATURES);
  }

  @Test
  void whatAnInterruptedSaveLeftIsNeverSeenAndIsCleanedUp() throws Exception {
    String id = registry.save(set("furnace", T0, "spec"));
    Path unfinished = folder.resolve(ModelFiles.UNFINISHED + "123");
    Files.createDirectories(unfinished);
    Files.copy(folder.resolve(id).resolve(Manifest.FILE), unfinished.resolve(Manifest.FILE));
    Files.createDirectories(folder.resolve("somebody-elses-folder"));
    assertEquals(List.of(id), registry.list("furnace"));
    assertEquals(id, registry.latest("furnace", "spec").model().orElseThrow().id());
    registry.prune("furnace", 1);
    assertFalse(Files.exists(unfinished));
    assertTrue(Files.exists(folder.resolve("somebody-elses-folder")));
  }

  @Test
  void saveThatFailsLeavesNothingBehind() throws Exception {
    Files.createDirectories(folder);
    String id = registry.save(set("furnace", T0, "spec"));
    ModelFiles.remove(folder.resolve(id));
    Files.write(folder.resolve(id), new byte[1]); // a file stands where the folder would go
    assertThrows(IOException.class, () -> registry.save(set("furnace", T0, "spec")));
    assertEquals(List.of(folder.resolve(id)), ModelFiles.children(folder));
  }

  @Test
  void pruneKeepsTheNewestOfThatUnitOnly() throws Exception {
    registry.save(set("moulding", T0, "spec"));
    for (int i = 0; i < 5; i++) {
      registry.save(set("furnace", T0.plusSeconds(i), "spec"));
    }
    List<String> all = registry.list("furnace");
    assertEquals(all.subList(2, 5), registry.prune("furnace", 2));
    assertEquals(all.subList(0, 2), registry.list("furnace"));
    assertEquals(1, registry.list("moulding").size());
  }

  @Test
  void idsThatPointElsewhereAreRefused() {
    for (String id : List.of("../x-20260302-010203-00000000", "furnace", "/etc", "")) {
      ModelRefusedException refusal =
          assertThrows(ModelRefusedException.class, () -> registry.load(id, "spec"));
      assertEquals(Reason.MISSING, refusal.reason());
    }
  }

  @Test
  void cardsRefuseWhatCannotBe() {
    assertThrows(IllegalArgumentException.class, () -> card("../up", T0, "spec"));
    assertThrows(IllegalArgumentException.class, () -> card("furnace", T0, " "));
  }
}
