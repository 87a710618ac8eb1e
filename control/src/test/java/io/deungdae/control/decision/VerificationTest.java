package io.deungdae.control.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.PlantUnit.Objective;
import io.deungdae.collector.signal.PlantUnit.Objective.Direction;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Unit;
import io.deungdae.collector.signal.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerificationTest {

  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
  private static final long SECOND_NS = 1_000_000_000L;

  private final Tag cost = tag(0, "cost");
  private final Tag parts = tag(1, "parts");
  private final ObjectiveMeter meter =
      new ObjectiveMeter(
          new Objective(
              Direction.MINIMISE,
              List.of(new Objective.Term(cost, 2)),
              parts,
              new Unit("KRW/part")),
          60 * SECOND_NS);
  private final @Nullable Sample[] image = new @Nullable Sample[2];

  private static Tag tag(int index, String name) {
    return new Tag(index, name, "plc", Kind.NUMBER, Unit.NONE, Range.ALL, Label.of(name), null);
  }

  private static Verification rule(Verification.Reference reference) {
    return new Verification(Duration.ZERO, Duration.ofMinutes(1), reference, 0.5, 0.2, 3);
  }

  private void observe(double costNow, double partsNow, Quality quality, long atNs) {
    image[0] = new Sample(cost, Value.of(costNow), quality, NOW, NOW, atNs);
    image[1] = new Sample(parts, Value.of(partsNow), Quality.GOOD, NOW, NOW, atNs);
    meter.observe(image, atNs);
  }

  @Test
  void objectiveIsTheRatioOfMeansOverTheLastWindowOnly() {
    for (int s = 0; s < 120; s++) {
      observe(s < 60 ? 1e6 : 100 + s % 2 * 100, s % 2 == 0 ? 10 : 40, Quality.GOOD, s * SECOND_NS);
    }
    assertEquals(2 * 150 / 25.0, meter.measure(119 * SECOND_NS).value(), 1e-9);
  }

  @Test
  void standardErrorIsThatOfTheSpread() {
    Random random = new Random(1);
    for (int s = 0; s < 60; s++) {
      observe(100 + random.nextGaussian() * 5, 10, Quality.GOOD, s * SECOND_NS);
    }
    Measured measured = meter.measure(59 * SECOND_NS);
    assertEquals(2 * 5 / 10.0 / Math.sqrt(60), measured.standardError(), 0.03);
  }

  @Test
  void windowThatIsMostlyBadIsNotMeasured() {
    for (int s = 0; s < 60; s++) {
      observe(100, 10, s < 40 ? Quality.UNCERTAIN_DEVICE : Quality.GOOD, s * SECOND_NS);
    }
    assertFalse(meter.measure(59 * SECOND_NS).known());
  }

  @Test
  void plantThatMakesNothingHasNoObjective() {
    for (int s = 0; s < 60; s++) {
      observe(100, 0, Quality.GOOD, s * SECOND_NS);
    }
    assertFalse(meter.measure(59 * SECOND_NS).known());
  }

  @Test
  void worseningFaultIsHeldAgainstTheForecastWithoutAction() {
    Verification rule = rule(Verification.Reference.NO_ACTION);
    assertTrue(rule.helped(Direction.MINIMISE, 100, 130, 105, 108));
    assertFalse(rule.helped(Direction.MINIMISE, 100, 130, 105, 119));
    assertFalse(rule(Verification.Reference.BEFORE).helped(Direction.MINIMISE, 100, 130, 105, 108));
  }

  @Test
  void greatLossIsUndoneWhateverWasForecast() {
    assertFalse(
        rule(Verification.Reference.NO_ACTION).helped(Direction.MINIMISE, 100, 200, 110, 125));
  }

  @Test
  void maximisingCountsTheOtherWay() {
    Verification rule = rule(Verification.Reference.BEFORE);
    assertTrue(rule.helped(Direction.MAXIMISE, 100, 100, 110, 106));
    assertFalse(rule.helped(Direction.MAXIMISE, 100, 100, 110, 104));
  }

  @Test
  void whatCouldNotBeMeasuredHasNotHelped() {
    assertFalse(
        rule(Verification.Reference.NO_ACTION)
            .helped(Direction.MINIMISE, 100, 130, 105, Double.NaN));
    assertFalse(
        rule(Verification.Reference.BEFORE)
            .helped(Direction.MINIMISE, Double.NaN, Double.NaN, 105, 90));
  }
}
