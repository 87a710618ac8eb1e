package io.deungdae.control.loop;

import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.driver.Setpoint;
import io.deungdae.control.guard.Verdict;
import java.time.Instant;

/** Where a ramp writes down what happens on its way. */
interface Journal {

  /** A guard objected. */
  void objected(Verdict verdict, Instant now);

  /** A setpoint left the guards. */
  void wrote(Setpoint setpoint, double requested, Instant now, long nowNs);

  /** What became of it. */
  void outcome(Outcome outcome, Instant now, long nowNs);
}
