package io.deungdae.control.loop;

import io.deungdae.analytics.Judgement;
import io.deungdae.collector.signal.Label;
import io.deungdae.control.guard.Engagement;
import io.deungdae.control.guard.Mode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which rung a unit is asked to be on, which it is on, and why not higher. Up goes a person, down
 * the loop by itself. Used by the control thread.
 */
final class Ladder {

  private static final Label AS_ASKED = new Label("as asked for", "요청대로");
  private static final Label LEARNING =
      new Label("the model is not ready to act by itself yet", "모델이 아직 자율 제어 준비가 되지 않음");

  private final Records records;
  private final long readyForNs;
  private Mode asked;
  private String askedBy;
  private @Nullable Demotion demotion;
  private Label standingWhy = AS_ASKED;
  private Mode inForce = Mode.OBSERVE;
  private Label why = AS_ASKED;
  private long readySinceNs;
  private boolean ready;

  Ladder(Mode asked, String askedBy, long readyForNs, Records records) {
    this.asked = asked;
    this.askedBy = askedBy;
    this.readyForNs = readyForNs;
    this.records = records;
  }

  Mode asked() {
    return asked;
  }

  String askedBy() {
    return askedBy;
  }

  Mode inForce() {
    return inForce;
  }

  Label why() {
    return why;
  }

  @Nullable Demotion demotion() {
    return demotion;
  }

  /** True when setpoints are to be written, if everything else allows it. */
  boolean wantsToWrite() {
    return asked.writes() && demotion == null;
  }

  /** A person asks for a mode. Asking again for the same one takes a demotion back. */
  void ask(Mode mode, String who, Instant now) {
    records.modeAsked(asked, mode, who, now);
    asked = mode;
    askedBy = who;
    demotion = null;
  }

  /** Down. The first reason counts until a person asks again. */
  void demote(Demotion.Cause cause, Label detail, Instant now) {
    if (demotion == null) {
      demotion = new Demotion(cause, detail, now);
      standingWhy = demotion.why();
      records.demoted(demotion, now);
    }
  }

  /** Each cycle: whether the model is fit to act. */
  void model(Judgement.@Nullable State fit, long nowNs) {
    boolean now = fit == Judgement.State.READY;
    if (now && !ready) {
      readySinceNs = nowNs;
    }
    ready = now;
  }

  /** Each cycle: the mode in force. True when it has changed. */
  boolean settle(Engagement engagement, Label handshake, Instant now, long nowNs) {
    Mode before = inForce;
    if (demotion != null) {
      become(asked.atMost(Mode.ADVISE), standingWhy);
    } else if (asked.writes() && engagement != Engagement.IN_FORCE) {
      become(Mode.ADVISE, handshake);
    } else if (asked == Mode.AUTONOMOUS && !(ready && nowNs - readySinceNs >= readyForNs)) {
      become(Mode.SUPERVISED, LEARNING);
    } else {
      become(asked, AS_ASKED);
    }
    if (before != inForce) {
      records.modeInForce(before, inForce, why, now);
    }
    return before != inForce;
  }

  private void become(Mode mode, Label reason) {
    inForce = mode;
    why = reason;
  }
}
