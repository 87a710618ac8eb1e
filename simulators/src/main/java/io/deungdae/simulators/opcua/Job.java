package io.deungdae.simulators.opcua;

import io.deungdae.simulators.plant.Cycle;
import java.util.Locale;

/**
 * A job: all cycles of one product without another between.
 *
 * @param number from 1 since the server started
 * @param product code of the product
 * @param cycles of the machine before the job
 * @param goods good parts of the machine before the job
 * @param bads bad parts of the machine before the job
 */
record Job(long number, int product, long cycles, long goods, long bads) {

  /** The first job of a machine: counts all since its start. */
  static Job first(int product) {
    return new Job(1, product, 0, 0, 0);
  }

  /** The job of a finished cycle: this one, or the next when the product has changed. */
  Job of(Cycle cycle) {
    return cycle.product() == product
        ? this
        : new Job(
            number + 1,
            cycle.product(),
            cycle.number() - 1,
            cycle.goods() - (cycle.good() ? 1 : 0),
            cycle.bads() - (cycle.good() ? 0 : 1));
  }

  /** Its name, e.g. {@code JOB-00001}. */
  String name() {
    return String.format(Locale.ROOT, "JOB-%05d", number);
  }

  /** Id of the part of a machine's cycle, e.g. {@code P1-000123}. */
  String part(long cycle) {
    return String.format(Locale.ROOT, "P%d-%06d", product, cycle);
  }
}
