package io.deungdae.simulators.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.deungdae.simulators.moulding.Moulding;
import io.deungdae.simulators.moulding.MouldingSettings;
import io.deungdae.simulators.plant.Cycle;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobTest {

  @Test
  void anotherProductBeginsTheNextJobWithItsCountersAtItsFirstCycle() {
    Moulding machine = new Moulding(MouldingSettings.unattended(1));
    List<Cycle> cycles = new ArrayList<>();
    machine.listen(cycles::add);
    machine.step(3600);
    machine.product(2);
    machine.step(3600);
    Job job = Job.first(1);
    for (Cycle cycle : cycles) {
      Job before = job;
      job = job.of(cycle);
      if (cycle.product() == 1) {
        assertSame(before, job);
      }
      assertEquals(cycle.number() - job.cycles(), made(cycle, job), "parts of the job");
    }
    assertEquals("JOB-00002", job.name());
    assertEquals(cycles.size(), cycles.get(cycles.size() - 1).number(), "none was missed");
    long first =
        cycles.stream().filter(cycle -> cycle.product() == 2).findFirst().orElseThrow().number();
    assertEquals(first - 1, job.cycles());
    assertEquals("P2-000123", job.part(123));
  }

  private static long made(Cycle cycle, Job job) {
    return cycle.goods() - job.goods() + cycle.bads() - job.bads();
  }
}
