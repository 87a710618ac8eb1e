package io.deungdae.control.loop;

import io.deungdae.analytics.Judgement;
import io.deungdae.analytics.Slot;
import io.deungdae.collector.signal.Label;
import io.deungdae.control.guard.Interlock;
import io.deungdae.control.guard.Reason;
import io.deungdae.control.guard.Situation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks each cycle for what costs the loop its autonomy: judgements that cannot be relied on,
 * setpoints that somebody else moved, interlocks. Used by the control thread.
 */
final class Watch {

  private final LoopSettings settings;
  private final Situation situation;
  private final List<Line> lines;
  private final Slot<Judgement> judgements;
  private boolean modelWasReady;
  private boolean unfit;
  private long unfitSinceNs;
  private boolean overridden;
  private long overriddenSinceNs;

  /** What was found. */
  record Finding(Demotion.Cause cause, Label detail) {}

  Watch(LoopSettings settings, Situation situation, List<Line> lines, Slot<Judgement> judgements) {
    this.settings = settings;
    this.situation = situation;
    this.lines = lines;
    this.judgements = judgements;
  }

  /** The newest judgement, however old, or null. */
  @Nullable Judgement newest() {
    return judgements.latest();
  }

  /** The newest judgement, or null when it is too old to count. */
  @Nullable Judgement fresh(long nowNs) {
    Judgement judgement = judgements.latest();
    return judgement != null && nowNs - judgement.atNs() <= settings.model().maxAge().toNanos()
        ? judgement
        : null;
  }

  /** A person asked for a mode: what was before does not count against it. */
  void restart() {
    modelWasReady = false;
    unfit = false;
    overridden = false;
  }

  /** What costs the loop its autonomy now, or null. To be asked only while the unit is ours. */
  @Nullable Finding look(long nowNs) {
    Finding finding = interlock();
    if (finding == null) {
      finding = override(nowNs);
    }
    return finding == null ? model(nowNs) : finding;
  }

  private @Nullable Finding interlock() {
    for (int i = 0; i < settings.interlocks().size(); i++) {
      Interlock interlock = settings.interlocks().get(i);
      Reason reason = interlock.standing(situation, settings.inputs().maxAge().toNanos());
      if (reason != null && !Double.isNaN(reason.found())) {
        return new Finding(Demotion.Cause.INTERLOCK, reason.label());
      }
    }
    return null;
  }

  private @Nullable Finding override(long nowNs) {
    Reason reason = null;
    for (int i = 0; i < lines.size() && reason == null; i++) {
      Line line = lines.get(i);
      if (!line.busy()) {
        reason = situation.override(line.tag(), settings.moves().overrideTolerance());
      }
    }
    if (reason == null) {
      overridden = false;
      return null;
    }
    if (!overridden) {
      overridden = true;
      overriddenSinceNs = nowNs;
    }
    return nowNs - overriddenSinceNs < settings.moves().overrideAfter().toNanos()
        ? null
        : new Finding(Demotion.Cause.OPERATOR_OVERRIDE, reason.label());
  }

  private @Nullable Finding model(long nowNs) {
    Demotion.Cause cause = unfit(fresh(nowNs));
    modelWasReady |= cause == null;
    if (cause == null || !modelWasReady) {
      unfit = false;
      return null;
    }
    if (!unfit) {
      unfit = true;
      unfitSinceNs = nowNs;
    }
    return nowNs - unfitSinceNs < settings.model().demoteAfter().toNanos()
        ? null
        : new Finding(cause, cause.label());
  }

  private static Demotion.@Nullable Cause unfit(@Nullable Judgement judgement) {
    if (judgement == null) {
      return Demotion.Cause.JUDGEMENT_STALE;
    }
    return switch (judgement.state()) {
      case READY -> null;
      case LEARNING, BLIND -> Demotion.Cause.JUDGEMENT_STALE;
      case DRIFTED -> Demotion.Cause.MODEL_DRIFTED;
      case OUT_OF_RANGE -> Demotion.Cause.OUT_OF_TRAINING_RANGE;
    };
  }
}
