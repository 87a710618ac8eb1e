package io.deungdae.control.loop;

import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.signal.Sample;
import io.deungdae.control.audit.AuditEvent;
import io.deungdae.control.audit.AuditKind;
import io.deungdae.control.guard.Mode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Control of all units on one thread. Each cycle copies the board once, and sees no other values;
 * then each unit, in order, looks after its handshake, its mode, its decision and its requests.
 *
 * <p>{@link #tick} and {@link #fail} and {@link #stop} are called by the thread {@code control}
 * alone, usually by a {@link LoopRunner}. All else may be called by any thread: requests are handed
 * over through a bounded queue and answered from the control thread; status are snapshots.
 */
public final class ControlLoop {

  private static final int REQUESTS = 64;

  private final LoopWiring site;
  private final List<UnitLoop> units = new ArrayList<>();
  private final @Nullable Sample[] image;
  private final ArrayBlockingQueue<Request> requests = new ArrayBlockingQueue<>(REQUESTS);
  private final ClockWatch clockWatch;
  private final long periodNs;
  private volatile Runnable wake = () -> {};

  /** A loop for the units of a site; it does nothing until it is ticked. */
  public ControlLoop(LoopWiring site) {
    this.site = site;
    this.image = new @Nullable Sample[site.board().tags().places()];
    AtomicLong counter = new AtomicLong();
    LongSupplier ids = counter::incrementAndGet;
    DecisionIds decisionIds = new DecisionIds();
    for (UnitWiring unit : site.units()) {
      units.add(new UnitLoop(unit, site, image, ids, decisionIds));
    }
    this.clockWatch = new ClockWatch(site.audit(), site.alarms());
    this.periodNs = units.stream().mapToLong(UnitLoop::periodNs).min().orElse(1_000_000_000L);
  }

  /** The shortest period of its units; it wants to be ticked as often. */
  public long periodNs() {
    return periodNs;
  }

  // ---- for the control thread

  /** One cycle. Bounded work, no waiting. */
  public void tick(Instant now, long nowNs) {
    site.board().copyTo(image);
    clockWatch.tick(now, nowNs);
    takeOutcomes(now, nowNs);
    takeRequests(now, nowNs);
    for (int i = 0; i < units.size(); i++) {
      units.get(i).tickIfDue(now, nowNs);
    }
    site.alarms().tick(now, nowNs);
  }

  /**
   * Between two cycles: takes outcomes and requests only, so that a person or a program that asks
   * for a setpoint does not wait for the next cycle. Whatever moves still passes the guards, with a
   * process image of now.
   *
   * @return true while somebody waits for an answer, so that it is worth looking again soon
   */
  boolean serve(Instant now, long nowNs) {
    if (requests.isEmpty() && !somebodyWaits()) {
      return false;
    }
    site.board().copyTo(image);
    takeOutcomes(now, nowNs);
    takeRequests(now, nowNs);
    for (int i = 0; i < units.size(); i++) {
      units.get(i).serve(now, nowNs);
    }
    return somebodyWaits();
  }

  private boolean somebodyWaits() {
    for (int i = 0; i < units.size(); i++) {
      if (units.get(i).somebodyWaits()) {
        return true;
      }
    }
    return false;
  }

  /** Calls {@code wake} whenever a request has come in; it must not wait. */
  void onRequest(Runnable wakeUp) {
    wake = wakeUp;
  }

  private boolean offer(Request request) {
    boolean taken = requests.offer(request);
    wake.run();
    return taken;
  }

  private void takeOutcomes(Instant now, long nowNs) {
    Outcome outcome = site.outcomes().poll();
    while (outcome != null) {
      for (int i = 0; i < units.size(); i++) {
        if (units.get(i).take(outcome, now, nowNs)) {
          break;
        }
      }
      outcome = site.outcomes().poll();
    }
  }

  private void takeRequests(Instant now, long nowNs) {
    Request request = requests.poll();
    while (request != null) {
      serve(request, now, nowNs);
      request = requests.poll();
    }
  }

  private void serve(Request request, Instant now, long nowNs) {
    if (request instanceof Request.ForMode ask) {
      ask.reply().give(serve(ask, now, nowNs));
    } else if (request instanceof Request.ForSetpoint ask) {
      serve(ask, now, nowNs);
    } else if (request instanceof Request.Approval ask) {
      ask.reply()
          .give(
              owner(ask.decision())
                  .map(unit -> unit.approve(ask.decision(), ask.who(), now, nowNs))
                  .orElse(new Answer(false, Reasons.NOT_OPEN)));
    } else if (request instanceof Request.Rejection ask) {
      ask.reply()
          .give(
              owner(ask.decision())
                  .map(unit -> unit.reject(ask.decision(), ask.who(), now, nowNs))
                  .orElse(new Answer(false, Reasons.NOT_OPEN)));
    } else {
      throw new AssertionError(request);
    }
  }

  private Answer serve(Request.ForMode ask, Instant now, long nowNs) {
    return unit(ask.unit())
        .map(unit -> unit.ask(ask.mode(), ask.who(), now, nowNs))
        .orElse(new Answer(false, Reasons.UNKNOWN_UNIT));
  }

  private void serve(Request.ForSetpoint ask, Instant now, long nowNs) {
    for (UnitLoop unit : units) {
      if (unit.moves(ask.proposal().tag())) {
        unit.submit(ask.proposal(), ask.reply(), now, nowNs);
        return;
      }
    }
    refuse(ask, SetpointAnswer.Status.REFUSED);
  }

  private static void refuse(Request.ForSetpoint ask, SetpointAnswer.Status status) {
    var why = status == SetpointAnswer.Status.BUSY ? Reasons.BUSY : Reasons.NO_UNIT;
    ask.reply().give(new SetpointAnswer(status, "", why, ask.proposal().value(), Double.NaN, 0));
  }

  /** A cycle failed because of an error of ours: all units are let go and demoted. */
  public void fail(Throwable error, Instant now, long nowNs) {
    site.audit()
        .accept(
            AuditEvent.of(now, AuditKind.ERROR, AuditEvent.GATEWAY, "")
                .with("error", error.toString()));
    for (UnitLoop unit : units) {
      unit.fail(error.toString(), now, nowNs);
    }
  }

  /** The end: setpoints stay as they are, heartbeats are not renewed any more. */
  public void stop(Instant now, long nowNs) {
    for (UnitLoop unit : units) {
      unit.stop(now, nowNs);
    }
  }

  /** A cycle began too late or took too long. */
  void overrun(long lateMicros, long tookMicros, long skipped, Instant now) {
    site.audit()
        .accept(
            AuditEvent.of(now, AuditKind.OVERRUN, AuditEvent.GATEWAY, "")
                .with("lateMicros", lateMicros)
                .with("tookMicros", tookMicros)
                .with("skipped", skipped));
  }

  // ---- for everybody

  /** How all units are doing, in the order of the settings. */
  public List<UnitStatus> status() {
    return units.stream().map(UnitLoop::status).toList();
  }

  /** How one unit is doing. */
  public Optional<UnitStatus> status(String unit) {
    return unit(unit).map(UnitLoop::status);
  }

  /** Asks for a mode. Whether {@code who} may is settled before. */
  public Reply<Answer> requestMode(String unit, Mode mode, String who) {
    Reply<Answer> reply = new Reply<>();
    return answered(new Request.ForMode(unit, mode, who, reply), reply);
  }

  /**
   * Asks for a setpoint. The reply comes when the device holds it, which takes as long as the rate
   * limit wants; a refusal comes within a cycle.
   */
  public Reply<SetpointAnswer> submit(OperatorProposal proposal) {
    Request.ForSetpoint request = new Request.ForSetpoint(proposal, new Reply<>());
    if (!offer(request)) {
      refuse(request, SetpointAnswer.Status.BUSY);
    }
    return request.reply();
  }

  /** Approves a decision that waits for it. */
  public Reply<Answer> approve(String decision, String who) {
    Reply<Answer> reply = new Reply<>();
    return answered(new Request.Approval(decision, who, reply), reply);
  }

  /** Rejects a decision that has not begun. */
  public Reply<Answer> reject(String decision, String who) {
    Reply<Answer> reply = new Reply<>();
    return answered(new Request.Rejection(decision, who, reply), reply);
  }

  private Reply<Answer> answered(Request request, Reply<Answer> reply) {
    if (!offer(request)) {
      reply.give(new Answer(false, Reasons.BUSY));
    }
    return reply;
  }

  private Optional<UnitLoop> unit(String name) {
    return units.stream().filter(unit -> unit.name().equals(name)).findFirst();
  }

  private Optional<UnitLoop> owner(String decision) {
    return units.stream().filter(unit -> unit.owns(decision)).findFirst();
  }
}
