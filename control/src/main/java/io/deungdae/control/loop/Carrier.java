package io.deungdae.control.loop;

import io.deungdae.collector.driver.Outcome;
import java.time.Instant;

/** Who is told what became of a setpoint he sent. */
interface Carrier {

  void outcome(Outcome outcome, Instant now, long nowNs);
}
