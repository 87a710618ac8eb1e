package io.deungdae.analytics.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.analytics.feature.FeatureSpec;
import io.deungdae.analytics.feature.Samples;
import io.deungdae.analytics.process.PlantModel;
import io.deungdae.analytics.process.PlantTrainer;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.PlantUnit;
import io.deungdae.collector.signal.PlantUnit.Objective;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Unit;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ObjectiveModelTest {

  private static final Tag GOOD =
      new Tag(
          0,
          "press.good",
          "plc",
          Kind.NUMBER,
          Unit.NONE,
          Range.ALL,
          Label.of("good parts per hour"),
          null);

  /** An hour costs 1000, and 10 + 3 (a − b) parts come out of it; a and b always went together. */
  private static ObjectiveModel model() {
    SplittableRandom random = new SplittableRandom(8);
    double[][] inputs = new double[400][2];
    double[][] outputs = new double[400][1];
    for (int r = 0; r < inputs.length; r++) {
      inputs[r][0] = random.nextGaussian();
      inputs[r][1] = inputs[r][0] + 0.1 * random.nextGaussian();
      outputs[r][0] = 10 + 3 * (inputs[r][0] - inputs[r][1]) + 0.01 * random.nextGaussian();
    }
    PlantModel effects =
        new PlantTrainer(5, 10, PlantTrainer.NetMaker.NONE)
            .fit(
                new Samples(new long[400], inputs, outputs),
                new boolean[] {false, false},
                List.of("good"))
            .model();
    FeatureSpec spec =
        new FeatureSpec(
            "press",
            List.of(
                new FeatureSpec.Input("press.a", List.of()),
                new FeatureSpec.Input("press.b", List.of())),
            List.of("press.good"),
            Duration.ofSeconds(1),
            List.of(),
            Duration.ZERO,
            "press.good",
            0);
    Objective objective =
        new Objective(Objective.Direction.MINIMISE, 1000, List.of(), GOOD, new Unit("KRW/part"));
    PlantUnit unit =
        new PlantUnit("press", Label.of("press"), List.of(), List.of(), List.of(), objective);
    return new ObjectiveModel(spec, effects, unit, null, null, 0.1);
  }

  @Test
  void theConstantOfTheObjectiveCounts() {
    assertEquals(100, model().at(new double[] {0, 0}), 1);
  }

  @Test
  void whereNoDataIsItPromisesNoWonders() {
    double best = model().at(new double[] {2, -2});
    assertTrue(
        best > 80 && best < 95, "10 + 4 standard deviations of 0.3 are 11.2 parts, found " + best);
  }

  @Test
  void whatWasMeasuredIsPlausibleHoweverFarOutItIs() {
    ObjectiveModel model = model();
    model.push(new double[] {0, 0}, new double[] {2});
    assertEquals(500, model.at(new double[] {0, 0}), 1);
  }
}
