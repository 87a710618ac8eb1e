package io.deungdae.control.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.signal.Clock;
import io.deungdae.control.audit.AuditKind;
import io.deungdae.control.guard.Engagement;
import io.deungdae.control.guard.Mode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoopRunnerTest {

  @Test
  void answersRequestsFromItsOwnThreadAndStops() {
    Rig rig = new Rig(Mode.ADVISE);
    try (LoopRunner runner = new LoopRunner(rig.loop, Clock.system()).start()) {
      Reply<Answer> reply = rig.loop.requestMode("oven", Mode.OBSERVE, "kim");
      assertTrue(reply.await(Duration.ofSeconds(10)).orElseThrow().done());
      Reply<Answer> none = rig.loop.requestMode("nothing", Mode.OBSERVE, "kim");
      assertEquals(false, none.await(Duration.ofSeconds(10)).orElseThrow().done());
      assertEquals(0, runner.stats().failures());
    }
    assertEquals(Mode.OBSERVE, rig.status().asked());
  }

  @Test
  void failedCycleLetsGoOfAllUnits() {
    Rig rig = new Rig(Mode.AUTONOMOUS).takenOver();
    Instant now = rig.clock.now();
    rig.loop.fail(new IllegalStateException("broken"), now, rig.clock.nanoTime());
    rig.run(Duration.ofSeconds(10));
    assertEquals(Engagement.SHED, rig.status().engagement());
    Demotion demotion = rig.status().demotion();
    assertEquals(Demotion.Cause.LOOP_ERROR, demotion == null ? null : demotion.cause());
    assertEquals(false, rig.plant.watchdogOk());
    assertTrue(rig.audit.stream().anyMatch(event -> event.kind() == AuditKind.ERROR));
  }

  @Test
  void overrunIsRecorded() {
    Rig rig = new Rig(Mode.OBSERVE);
    rig.loop.overrun(300_000, 10, 1, rig.clock.now());
    assertEquals(AuditKind.OVERRUN, rig.audit.get(0).kind());
  }

  @Test
  void histogramKeepsPercentilesToAnEighth() {
    Histogram histogram = new Histogram();
    for (int i = 1; i <= 100_000; i++) {
      histogram.add(i);
    }
    assertEquals(50_000.0, (double) histogram.percentile(0.5), 6_250);
    assertEquals(99_000.0, (double) histogram.percentile(0.99), 12_375);
    assertEquals(100_000, histogram.max());
  }

  @Test
  void fullQueueOfRequestsIsAnsweredBusy() {
    Rig rig = new Rig(Mode.OBSERVE);
    Reply<Answer> last = rig.loop.requestMode("oven", Mode.ADVISE, "kim");
    for (int i = 0; i < 64; i++) {
      last = rig.loop.requestMode("oven", Mode.ADVISE, "kim");
    }
    assertEquals(false, last.now().orElseThrow().done());
  }
}
