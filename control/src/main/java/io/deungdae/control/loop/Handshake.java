package io.deungdae.control.loop;

import io.deungdae.collector.driver.Outbox;
import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.driver.Setpoint;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.control.audit.AuditEvent;
import io.deungdae.control.guard.Engagement;
import io.deungdae.control.guard.NeededInputs;
import io.deungdae.control.guard.Proposal;
import io.deungdae.control.guard.Reason;
import io.deungdae.control.guard.Situation;
import io.deungdae.control.guard.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a unit into the gateway's hands and gives it back.
 *
 * <p>Standby until it is wanted; then the heartbeat beats, and once the PLC has been in REMOTE and
 * content with the heartbeat for long enough, each setpoint is written once as it stands. When all
 * are read back, the unit is in force. Bad inputs hold it, and shed it when they last. LOCAL or a
 * lost heartbeat gives it back at once. Used by the control thread.
 */
final class Handshake implements Journal {

  private static final Label NOT_WANTED = new Label("no control is asked for", "제어 요청 없음");
  private static final Label NO_HANDSHAKE =
      new Label("the settings name no handshake with the PLC", "설정에 PLC 핸드셰이크가 없음");
  private static final Label FIRST_WRITES =
      new Label("taking over the setpoints as they stand", "현재 설정값 인수 중");
  private static final Label STEADYING = new Label("waiting for the PLC to be steady", "PLC 안정 대기");
  private static final Label COMPLETE = new Label("handshake complete", "핸드셰이크 완료");
  private static final Label BUMPLESS = new Label("first write, as it stands", "첫 쓰기(현재값)");

  private final @Nullable HandshakeSettings settings;
  private final @Nullable Outbox heartbeat;
  private final Situation situation;
  private final NeededInputs inputs;
  private final Actuator actuator;
  private final Records records;
  private final long shedAfterNs;
  private Engagement state = Engagement.STANDBY;
  private Label why = NOT_WANTED;
  private @Nullable Reason waitingFor;
  private @Nullable Ramp first;
  private boolean lingering;
  private boolean steady;
  private long steadySinceNs;
  private long troubleSinceNs;

  Handshake(
      @Nullable HandshakeSettings settings,
      @Nullable Outbox heartbeat,
      Situation situation,
      NeededInputs inputs,
      Actuator actuator,
      Records records,
      long shedAfterNs) {
    this.settings = settings;
    this.heartbeat = heartbeat;
    this.situation = situation;
    this.inputs = inputs;
    this.actuator = actuator;
    this.records = records;
    this.shedAfterNs = shedAfterNs;
  }

  Engagement state() {
    return state;
  }

  /** Why it is not further. */
  Label why() {
    Reason reason = waitingFor;
    return reason == null ? why : reason.label();
  }

  /**
   * One cycle.
   *
   * @param wanted true when setpoints are to be written
   * @return the reason to demote the loop, or null
   */
  Demotion.@Nullable Cause tick(boolean wanted, Instant now, long nowNs) {
    Demotion.Cause cause =
        switch (state) {
          case STANDBY, SHED -> standby(wanted, now);
          case INITIALISING -> initialising(wanted, now, nowNs);
          case IN_FORCE, HOLDING -> inForce(wanted, now, nowNs);
        };
    beat(nowNs);
    return cause;
  }

  private Demotion.@Nullable Cause standby(boolean wanted, Instant now) {
    if (wanted && settings == null) {
      why = NO_HANDSHAKE;
    } else if (wanted) {
      steady = false;
      to(Engagement.INITIALISING, STEADYING, now);
    }
    return null;
  }

  private Demotion.@Nullable Cause initialising(boolean wanted, Instant now, long nowNs) {
    if (!wanted) {
      giveBack(Engagement.STANDBY, NOT_WANTED, now);
      return null;
    }
    waitingFor = obstacle();
    if (waitingFor != null) {
      steady = false;
      dropFirst();
      return null;
    }
    if (!steady) { // counted from the first good look, not from the last bad one
      steady = true;
      steadySinceNs = nowNs;
    }
    if (nowNs - steadySinceNs < settings().stable().toNanos()) {
      why = STEADYING;
      return null;
    }
    return takeOver(now, nowNs);
  }

  /** What stands in the way of the first write, or null. */
  private @Nullable Reason obstacle() {
    Reason reason = inputs.trouble(situation);
    if (reason != null) {
      return reason;
    }
    Proposal probe = bumpless(actuator.lines().get(0).tag());
    Verdict verdict = actuator.judge(probe, ignored -> {});
    return verdict instanceof Verdict.Refused refused ? refused.reason() : null;
  }

  private Demotion.@Nullable Cause takeOver(Instant now, long nowNs) {
    Ramp ramp = first;
    if (ramp == null) {
      List<Proposal> proposals = new ArrayList<>();
      actuator.lines().forEach(line -> proposals.add(bumpless(line.tag())));
      ramp = new Ramp(proposals, actuator, this);
      first = ramp;
      why = FIRST_WRITES;
    }
    ramp.advance(now, nowNs);
    Verdict.Refused refusal = ramp.refusal();
    if (refusal != null) {
      waitingFor = refusal.reason();
      steady = false;
      dropFirst();
    } else if (ramp.arrived()) {
      first = null;
      lingering = true;
      to(Engagement.IN_FORCE, COMPLETE, now);
    }
    return null;
  }

  private Proposal bumpless(Tag tag) {
    return new Proposal(
        Proposal.Source.HANDSHAKE,
        AuditEvent.GATEWAY,
        "",
        tag,
        situation.present(tag),
        Double.NaN,
        Proposal.Evidence.NONE,
        "",
        BUMPLESS);
  }

  private Demotion.@Nullable Cause inForce(boolean wanted, Instant now, long nowNs) {
    if (!wanted) {
      giveBack(Engagement.STANDBY, NOT_WANTED, now);
      return null;
    }
    if (off(settings().remote())) {
      return lost(Demotion.Cause.PLC_LOCAL, now);
    }
    if (off(settings().watchdog())) {
      return lost(Demotion.Cause.HANDSHAKE_LOST, now);
    }
    return inputs(now, nowNs);
  }

  private Demotion.@Nullable Cause inputs(Instant now, long nowNs) {
    Reason trouble = inputs.trouble(situation);
    if (trouble == null) {
      if (state == Engagement.HOLDING) {
        to(Engagement.IN_FORCE, COMPLETE, now);
      }
      return null;
    }
    if (state == Engagement.IN_FORCE) {
      troubleSinceNs = nowNs;
      to(Engagement.HOLDING, trouble.label(), now);
    }
    waitingFor = trouble;
    if (nowNs - troubleSinceNs < shedAfterNs) {
      return null;
    }
    shed(trouble.label(), now);
    return Demotion.Cause.INPUTS_LOST;
  }

  private Demotion.@Nullable Cause lost(Demotion.Cause cause, Instant now) {
    boolean resumes = settings().resume();
    steady = false;
    giveBack(resumes ? Engagement.INITIALISING : Engagement.STANDBY, cause.label(), now);
    return resumes ? null : cause;
  }

  /**
   * True when the flag is known to be off; when it is not known, that is a matter of the inputs.
   */
  private boolean off(Tag flag) {
    Sample sample = situation.sample(flag);
    return sample != null && situation.usable(flag, inputs.maxAgeNs()) && sample.asDouble() == 0;
  }

  /** Lets go without a word: holds run out, the device agent and the PLC fall back. */
  void shed(Label reason, Instant now) {
    first = null;
    lingering = false;
    actuator.lines().forEach(Line::forget);
    to(Engagement.SHED, reason, now);
  }

  /** The gateway ends: the plant keeps what it has, and the heartbeat is not renewed. */
  void stop(Instant now) {
    lingering = false;
    giveBack(Engagement.STANDBY, Reasons.STOPPED, now);
  }

  private void giveBack(Engagement next, Label reason, Instant now) {
    first = null;
    actuator.lines().forEach(Line::release);
    to(next, reason, now);
  }

  private void dropFirst() {
    if (first != null) {
      first = null;
      actuator.lines().forEach(Line::release);
    }
  }

  private void to(Engagement next, Label reason, Instant now) {
    why = reason;
    waitingFor = null;
    if (next != state) {
      records.handshake(state.name(), next.name(), reason, now);
      state = next;
    }
  }

  private HandshakeSettings settings() {
    if (settings == null) {
      throw new IllegalStateException("no handshake in the settings");
    }
    return settings;
  }

  /**
   * The heartbeat beats while the unit is wanted or ours. After a demotion it goes on as long as
   * the PLC stays in REMOTE: stopping it would make the PLC fall back with a bump, although nothing
   * is wrong with the link.
   */
  private void beat(long nowNs) {
    if (settings == null || heartbeat == null) {
      return;
    }
    boolean ours =
        switch (state) {
          case INITIALISING, IN_FORCE, HOLDING -> true;
          case STANDBY -> lingering;
          case SHED -> false;
        };
    lingering &= state != Engagement.STANDBY || situation.on(settings.remote(), inputs.maxAgeNs());
    if (ours) {
      heartbeat.keepAlive(settings.heartbeat(), nowNs + settings.lease().toNanos());
    }
  }

  // ---- the first writes' journal

  @Override
  public void objected(Verdict verdict, Instant now) {
    // the reason is shown while it lasts; it is a state, not an event
  }

  @Override
  public void wrote(Setpoint setpoint, double requested, Instant now, long nowNs) {
    records.wrote("handshake", AuditEvent.GATEWAY, setpoint, requested, now);
  }

  @Override
  public void outcome(Outcome outcome, Instant now, long nowNs) {
    records.outcome(outcome, now);
  }
}
