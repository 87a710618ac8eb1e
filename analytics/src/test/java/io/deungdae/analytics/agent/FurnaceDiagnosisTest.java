package io.deungdae.analytics.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.analytics.Effect;
import io.deungdae.analytics.Judgement;
import io.deungdae.analytics.Judgement.Anomaly;
import io.deungdae.analytics.Judgement.State;
import io.deungdae.analytics.Remedy;
import io.deungdae.analytics.registry.ModelCard;
import io.deungdae.analytics.registry.ModelRefusedException;
import io.deungdae.analytics.registry.ModelRegistry;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From raw samples of the simulated furnace to a remedy that helped; seeded, in plant time. */
class FurnaceDiagnosisTest {

  private static final double HOUR = 3600;
  private static final Path LIBRARY =
      Path.of("../config/demo/faults/furnace.yaml").toAbsolutePath().normalize();

  @TempDir static Path models = Path.of("");

  private static String settings() {
    return FurnaceStudy.SETTINGS
        .replace("FAULTS", LIBRARY.toString())
        .replace("2h", "12h")
        .replace("seed: 7", "seed: 7, net: false");
  }

  @BeforeAll
  static void learns() throws IOException {
    FurnaceSite site = new FurnaceSite(1, models, settings());
    Judgement half = site.run(6 * HOUR);
    assertEquals(State.LEARNING, half.state());
    assertEquals(0.5, half.progress(), 0.02);
    Judgement after = site.run(6.2 * HOUR);
    assertNotEquals(State.LEARNING, after.state());
    assertEquals(1, after.progress());
  }

  /** A line that has run under its recipe for a while, judged by the model from the registry. */
  private static FurnaceSite atWork(int seed) throws IOException {
    FurnaceSite site = new FurnaceSite(seed, models, settings());
    Judgement first = site.step();
    assertTrue(first.modelId().startsWith("furnace-"), "the registry's model is used at once");
    site.run(0.5 * HOUR);
    site.recipe();
    site.objectiveOver(0.75 * HOUR);
    assertEquals(State.READY, site.step().state(), "product " + site.value("furnace.product"));
    return site;
  }

  private static @Nullable Judgement untilAnomaly(FurnaceSite site, double seconds) {
    for (double t = 0; t < seconds; t += FurnaceSite.STEP.toSeconds()) {
      Judgement judgement = site.step();
      site.beat();
      if (judgement.anomaly() != null) {
        return judgement;
      }
    }
    return null;
  }

  @Test
  void netsAreTrainedBesideTheLinearModels(@TempDir Path own)
      throws IOException, ModelRefusedException {
    String yaml = FurnaceStudy.SETTINGS.replace("FAULTS", LIBRARY.toString()).replace("2h", "1h");
    Judgement judgement = new FurnaceSite(2, own, yaml).run(1.2 * HOUR);
    assertNotEquals(State.LEARNING, judgement.state());
    ModelCard card = new ModelRegistry(own).card(judgement.modelId());
    assertTrue(card.scores().containsKey("watch.validation-loss"));
    assertTrue(card.scores().containsKey("r2.net.furnace.hardness"));
    assertEquals("1.0.0-M2.1", card.dl4jVersion());
  }

  @Test
  void aSoundLineRaisesNoAlarm() throws IOException {
    assertNull(untilAnomaly(atWork(101), 3 * HOUR));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "heater-zone2-degraded",
        "thermocouple-zone2-drift",
        "door-left-open",
        "cp-probe-drift",
        "belt-slip"
      })
  void aFaultIsFoundAndCalledByItsName(String id) throws IOException {
    FurnaceSite site = atWork(102);
    site.plant.start(site.fault(id), 1);
    assertNotNull(untilAnomaly(site, 0.5 * HOUR), id + " within half an hour");
    site.objectiveOver(900);
    Anomaly anomaly = site.step().anomaly();
    assertNotNull(anomaly);
    assertEquals(id, anomaly.causes().get(0).fault());
  }

  @Test
  void remediesBringTheCostOfALyingThermocoupleDown() throws IOException {
    FurnaceSite site = atWork(103);
    site.plant.start(site.fault("thermocouple-zone2-drift"), 1);
    double faulty = Double.NaN;
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 3; i++) {
      Effect effect = site.carryOut(firstRemedy(site, "thermocouple-zone2-drift"));
      faulty = i == 0 ? effect.before() : faulty;
      best = effect.fate() == Effect.Fate.KEPT ? Math.min(best, effect.after()) : best;
    }
    assertTrue(best < 0.8 * faulty, "from " + faulty + " to " + best);
  }

  private static Remedy firstRemedy(FurnaceSite site, String fault) {
    for (double t = 0; t < 2 * HOUR; t += FurnaceSite.STEP.toSeconds()) {
      Remedy remedy = site.step().remedy();
      site.beat();
      if (remedy != null && remedy.fault().equals(fault)) {
        return remedy;
      }
    }
    throw new AssertionError("no remedy for " + fault);
  }
}
