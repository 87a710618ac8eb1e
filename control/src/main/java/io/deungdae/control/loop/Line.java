package io.deungdae.control.loop;

import io.deungdae.collector.driver.Outbox;
import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.driver.Setpoint;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.PlantUnit.Manipulated;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.control.guard.Reason;
import io.deungdae.control.guard.TagMemory;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The line to one setpoint: at most one value is on its way at a time, and what became of it is
 * known before the next one goes. Used by the control thread.
 */
final class Line {

  /** Beyond a setpoint's deadline, for an exchange that has begun just before it. */
  private static final long GRACE_NS = 10_000_000_000L;

  private final Manipulated variable;
  private final Outbox outbox;
  private final int attempts;
  private final TagMemory memory;
  private @Nullable Setpoint inFlight;
  private @Nullable Carrier carrier;
  private boolean taken;
  private int failures;
  private @Nullable Trouble trouble;

  /** Something about the line that costs the loop its autonomy. */
  record Trouble(Demotion.Cause cause, Label detail, long atNs) {}

  Line(Manipulated variable, Outbox outbox, int attempts) {
    this.variable = variable;
    this.outbox = outbox;
    this.attempts = attempts;
    this.memory = new TagMemory(variable.setpoint());
  }

  Tag tag() {
    return variable.setpoint();
  }

  Manipulated variable() {
    return variable;
  }

  TagMemory memory() {
    return memory;
  }

  /** True while nothing new may be sent: a value is on its way, or the last one met trouble. */
  boolean busy() {
    return inFlight != null || trouble != null;
  }

  /** Sends a value that has passed the guards. */
  void send(Setpoint setpoint, double present, Carrier from) {
    inFlight = setpoint;
    carrier = from;
    taken = true;
    memory.wrote(setpoint.value(), present, setpoint.issuedNs());
    outbox.put(setpoint);
  }

  /** Takes an outcome. False when it is not of the value on its way. */
  boolean take(Outcome outcome, Instant now, long nowNs) {
    Setpoint expected = inFlight;
    if (expected == null || expected.id() != outcome.setpoint().id()) {
      return false;
    }
    Carrier from = carrier;
    inFlight = null;
    carrier = null;
    settle(outcome);
    if (from != null) {
      from.outcome(outcome, now, nowNs);
    }
    return true;
  }

  private void settle(Outcome outcome) {
    if (outcome instanceof Outcome.Confirmed confirmed) {
      failures = 0;
      memory.confirmed(confirmed.readBack(), confirmed.atNs());
    } else if (outcome instanceof Outcome.Mismatch mismatch) {
      memory.confirmed(mismatch.readBack(), mismatch.atNs());
      trouble(Demotion.Cause.READ_BACK_FAILED, mismatchText(mismatch), mismatch.atNs());
    } else if (outcome instanceof Outcome.Refused refused) {
      trouble(
          Demotion.Cause.READ_BACK_FAILED,
          Label.of(tag() + ": " + refused.reason()),
          refused.atNs());
    } else if (outcome instanceof Outcome.Failed failed) {
      memory.doubt(failed.setpoint().value());
      failed(Label.of(tag() + ": " + failed.kind() + " " + failed.reason()), failed.atNs());
    } else if (outcome instanceof Outcome.Late late) {
      failed(new Label(tag() + ": not written in time", tag() + ": 제때 쓰지 못함"), late.atNs());
    } else if (!(outcome instanceof Outcome.Superseded)) {
      throw new AssertionError(outcome);
    }
  }

  private Label mismatchText(Outcome.Mismatch mismatch) {
    String written = Reason.show(mismatch.setpoint().value());
    String found = Reason.show(mismatch.readBack());
    return new Label(
        tag() + ": wrote " + written + ", reads back " + found,
        tag() + ": 쓴 값 " + written + ", 되읽은 값 " + found);
  }

  private void failed(Label detail, long atNs) {
    failures++;
    if (failures >= attempts) {
      trouble(Demotion.Cause.WRITE_FAILED, detail, atNs);
    }
  }

  private void trouble(Demotion.Cause cause, Label detail, long atNs) {
    trouble = new Trouble(cause, detail, atNs);
    failures = 0;
  }

  /**
   * The trouble that came up, or null. It is held back until the PLC has said after it that it is
   * in REMOTE: a PLC that was just switched to LOCAL refuses writes too, and that is no fault of
   * the device.
   *
   * @param remote the newest sample of the PLC's flag, or null
   */
  @Nullable Trouble takeTrouble(@Nullable Sample remote, long nowNs) {
    Trouble found = trouble;
    if (found == null) {
      return null;
    }
    boolean told = remote != null && remote.arrivalNs() - found.atNs() > 0;
    boolean inRemote = remote != null && remote.asDouble() != 0;
    if (told ? !inRemote : nowNs - found.atNs() <= GRACE_NS) {
      return null;
    }
    trouble = null;
    return found;
  }

  /** Each cycle: what stands goes on standing; a value whose outcome got lost is given up. */
  void keep(Instant now, long nowNs) {
    if (taken) {
      outbox.refresh(tag(), nowNs);
    }
    Setpoint waiting = inFlight;
    if (waiting != null && nowNs - waiting.deadlineNs() > GRACE_NS) {
      take(new Outcome.Late(waiting, nowNs), now, nowNs);
    }
  }

  /** Gives the setpoint up; the plant keeps what it has. */
  void release() {
    if (taken) {
      outbox.release(tag());
    }
    forget();
  }

  /** Lets the setpoint go without a word, so that its hold runs out and the device agent sheds. */
  void forget() {
    taken = false;
    inFlight = null;
    carrier = null;
    failures = 0;
    trouble = null;
    memory.release();
  }
}
