package io.deungdae.control.decision;

import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.driver.Setpoint;
import io.deungdae.control.decision.DecisionRecord.WriteNote;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * The setpoints written for a decision: the first ones, the last ones, and how many there were. A
 * long ramp does not make a long record. Used by the control thread.
 */
final class WriteList {

  private static final int FIRST = 16;
  private static final int LAST = 16;

  private static final class Write {
    private final Setpoint setpoint;
    private final double requested;
    private final Instant at;
    private double readBack = Double.NaN;
    private String outcome = "waiting";
    private long latencyMicros = -1;

    Write(Setpoint setpoint, double requested, Instant at) {
      this.setpoint = setpoint;
      this.requested = requested;
      this.at = at;
    }

    WriteNote note() {
      return new WriteNote(
          setpoint.tag().name(), requested, setpoint.value(), readBack, outcome, at, latencyMicros);
    }
  }

  private final List<Write> first = new ArrayList<>();
  private final Deque<Write> last = new ArrayDeque<>();
  private int total;

  void add(Setpoint setpoint, double requested, Instant now) {
    total++;
    Write write = new Write(setpoint, requested, now);
    if (first.size() < FIRST) {
      first.add(write);
      return;
    }
    if (last.size() == LAST) {
      last.removeFirst();
    }
    last.addLast(write);
  }

  void outcome(Outcome outcome) {
    for (Write write : first) {
      settle(write, outcome);
    }
    for (Write write : last) {
      settle(write, outcome);
    }
  }

  private static void settle(Write write, Outcome outcome) {
    if (write.setpoint.id() != outcome.setpoint().id()) {
      return;
    }
    write.outcome = nameOf(outcome);
    write.readBack = readBackOf(outcome);
    write.latencyMicros = (outcome.atNs() - write.setpoint.issuedNs()) / 1000;
  }

  static String nameOf(Outcome outcome) {
    return outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  static double readBackOf(Outcome outcome) {
    if (outcome instanceof Outcome.Confirmed confirmed) {
      return confirmed.readBack();
    }
    return outcome instanceof Outcome.Mismatch mismatch ? mismatch.readBack() : Double.NaN;
  }

  int total() {
    return total;
  }

  List<WriteNote> notes() {
    List<WriteNote> notes = new ArrayList<>();
    first.forEach(write -> notes.add(write.note()));
    last.forEach(write -> notes.add(write.note()));
    return notes;
  }
}
