package io.deungdae.control.guard;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All guards, in order. The first that refuses ends it; each that limits hands the smaller step on
 * to the next. A limit only ever brings a value nearer to what the plant has, so that later guards
 * cannot undo what earlier ones ensured. Judging writes nothing down: the same proposal in the same
 * situation gets the same verdict. Used by the control thread.
 */
public final class GuardChain {

  private final Guard[] guards;

  /** Of guards in the order given. */
  public GuardChain(List<Guard> guards) {
    this.guards = guards.toArray(Guard[]::new);
  }

  /** The guards every unit has, in the order of the reference page. */
  public static GuardChain standard(Rules rules) {
    return new GuardChain(
        List.of(
            new FreshGuard(rules.inputs()),
            new FiniteGuard(),
            new QualityGuard(rules.inputs()),
            new SimulationGuard(rules.operation(), rules.simulatedDevices()),
            new WritableGuard(rules.manipulated()),
            new ModeGuard(rules.remote(), rules.watchdog(), rules.inputs().maxAgeNs()),
            new InterlockGuard(rules.interlocks(), rules.inputs().maxAgeNs()),
            new RangeGuard(),
            new RateGuard(rules.moveIntervalNs()),
            new BudgetGuard(),
            new TrackingGuard(rules.overrideTolerance()),
            new TrainingGuard()));
  }

  /** Their names, in order. */
  public List<String> names() {
    return List.of(guards).stream().map(Guard::name).toList();
  }

  /**
   * Judges a proposal.
   *
   * @param trail told of each guard's objection, limits that later ones tightened included
   */
  public Verdict judge(Proposal proposal, Situation situation, Consumer<Verdict> trail) {
    double value = proposal.target();
    Reason limit = null;
    for (Guard guard : guards) {
      Verdict verdict = guard.judge(proposal, value, situation);
      if (verdict == null) {
        continue;
      }
      trail.accept(verdict);
      if (verdict instanceof Verdict.Refused) {
        return verdict;
      }
      value = verdict.value();
      limit = reasonOf(verdict);
    }
    return limit == null
        ? new Verdict.Allowed(value)
        : new Verdict.Limited(proposal.target(), value, limit);
  }

  /** The reason of an objection, or null of an {@link Verdict.Allowed}. */
  public static @Nullable Reason reasonOf(Verdict verdict) {
    if (verdict instanceof Verdict.Allowed) {
      return null;
    }
    if (verdict instanceof Verdict.Limited limited) {
      return limited.reason();
    }
    if (verdict instanceof Verdict.Refused refused) {
      return refused.reason();
    }
    throw new AssertionError(verdict);
  }
}
