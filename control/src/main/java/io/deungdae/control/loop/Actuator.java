package io.deungdae.control.loop;

import io.deungdae.collector.driver.Setpoint;
import io.deungdae.collector.signal.Tag;
import io.deungdae.control.guard.GuardChain;
import io.deungdae.control.guard.Proposal;
import io.deungdae.control.guard.Situation;
import io.deungdae.control.guard.Verdict;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The only way from a proposal to a device: judged in this cycle's situation, sent if allowed. Used
 * by the control thread.
 */
final class Actuator {

  private final GuardChain guards;
  private final Situation situation;
  private final List<Line> lines;
  private final LongSupplier ids;
  private final MoveSettings settings;

  Actuator(
      GuardChain guards,
      Situation situation,
      List<Line> lines,
      LongSupplier ids,
      MoveSettings settings) {
    this.guards = guards;
    this.situation = situation;
    this.lines = List.copyOf(lines);
    this.ids = ids;
    this.settings = settings;
  }

  MoveSettings settings() {
    return settings;
  }

  List<Line> lines() {
    return lines;
  }

  /** The line to a setpoint, or null when it is none of the unit's. */
  @Nullable Line line(Tag tag) {
    for (Line line : lines) {
      if (line.tag().equals(tag)) {
        return line;
      }
    }
    return null;
  }

  double present(Tag tag) {
    return situation.present(tag);
  }

  Verdict judge(Proposal proposal, Consumer<Verdict> trail) {
    return guards.judge(proposal, situation, trail);
  }

  /** Sends what a verdict of this cycle lets through. */
  Setpoint send(Line line, Verdict verdict, Carrier carrier, long nowNs) {
    if (verdict instanceof Verdict.Refused) {
      throw new IllegalArgumentException("refused: " + verdict);
    }
    long deadlineNs = nowNs + settings.deadline().toNanos();
    Setpoint setpoint =
        new Setpoint(ids.getAsLong(), line.tag(), verdict.value(), nowNs, deadlineNs);
    line.send(setpoint, present(line.tag()), carrier);
    return setpoint;
  }
}
