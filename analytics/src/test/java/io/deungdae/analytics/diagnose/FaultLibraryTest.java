package io.deungdae.analytics.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.analytics.Judgement.Cause;
import io.deungdae.collector.settings.Problem;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.PlantUnit;
import io.deungdae.collector.signal.PlantUnit.Manipulated;
import io.deungdae.collector.signal.PlantUnit.Objective;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultLibraryTest {

  @TempDir Path folder = Path.of("");

  private static final Tag SP = tag(0, "zone.sp");
  private static final Tag PV = tag(1, "zone.pv");
  private static final Tag OP = tag(2, "zone.op");
  private static final Tag POWER = tag(3, "power");
  private static final List<Tag> OUTPUTS = List.of(PV, OP, POWER);
  private static final PlantUnit UNIT =
      new PlantUnit(
          "oven",
          Label.of("Oven"),
          List.of(new Manipulated(SP, PV, OP)),
          List.of(),
          List.of(),
          new Objective(
              Objective.Direction.MINIMISE,
              List.of(new Objective.Term(POWER, 1)),
              null,
              Unit.NONE));

  private static final String GOOD =
      """
      faults:
        - name: heater
          title: {en: Heater weak, ko: 히터 약화}
          signature: {zone.op: 3, zone.pv: -1}
          remedy:
            lost: [zone.sp]
        - name: door
          signature: {zone.op: 2, power: 3}
      """;

  private static Tag tag(int index, String name) {
    return new Tag(index, name, "plc", Kind.NUMBER, new Unit("%"), Range.ALL, Label.of(name), null);
  }

  private FaultLibrary read(String text, Problems problems) throws IOException {
    Path file = folder.resolve("oven.yaml");
    Files.writeString(file, text);
    return FaultLibrary.read(file, UNIT, problems);
  }

  private List<Cause> rank(double... deviations) throws IOException {
    Diagnosis diagnosis = new Diagnosis(read(GOOD, new Problems()), OUTPUTS);
    return diagnosis.rank(
        deviations, new double[] {858, 98, 40}, new double[] {860, 61.2, 39}, tag -> Double.NaN);
  }

  @Test
  void theLikeliestCauseComesFirstWithItsEvidenceInNumbers() throws IOException {
    Cause cause = rank(-2, 9.1, 0).get(0);
    assertEquals("heater", cause.fault());
    assertTrue(cause.confidence() > 0.6, "confidence " + cause.confidence());
    assertEquals("zone.op 98.0 % where 61.2 % is expected (+9.1 σ)", cause.evidence().get(0).en());
  }

  @Test
  void theSizeOfAFaultDoesNotChangeItsName() throws IOException {
    assertEquals("heater", rank(-1.5, 4, 0).get(0).fault());
    assertEquals("heater", rank(-10, 60, 0).get(0).fault());
  }

  @Test
  void whatFitsNothingIsUnknown() throws IOException {
    assertEquals(Diagnosis.UNKNOWN, rank(8, -8, 0).get(0).fault());
  }

  @Test
  void confidencesSumToOneAtMost() throws IOException {
    double sum = rank(-2, 9, 3).stream().mapToDouble(Cause::confidence).sum();
    assertTrue(sum <= 1 + 1e-9, "sum " + sum);
  }

  @Test
  void aMistakeNamesFileLineAndKey() throws IOException {
    Problems problems = new Problems();
    read(GOOD.replace("zone.pv: -1", "zone.pvv: -1"), problems);
    Problem problem = problems.all().get(0);
    assertEquals(4, problem.line());
    assertEquals("faults.heater.signature", problem.key());
    assertTrue(problem.file().endsWith("oven.yaml"));
    assertTrue(problem.allowed().contains("zone.pv"));
  }

  @Test
  void aSetpointThatIsNoneIsRefused() throws IOException {
    Problems problems = new Problems();
    read(GOOD.replace("lost: [zone.sp]", "lost: [zone.pv]"), problems);
    assertEquals(1, problems.all().size());
  }
}
