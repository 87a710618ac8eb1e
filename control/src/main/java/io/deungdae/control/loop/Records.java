package io.deungdae.control.loop;

import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.driver.Setpoint;
import io.deungdae.collector.signal.Label;
import io.deungdae.control.audit.AuditEvent;
import io.deungdae.control.audit.AuditKind;
import io.deungdae.control.guard.GuardChain;
import io.deungdae.control.guard.Mode;
import io.deungdae.control.guard.Reason;
import io.deungdae.control.guard.Verdict;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one unit's loop writes into the audit log, and into the log for changes of state. */
final class Records {

  private static final Logger LOG = LoggerFactory.getLogger(Records.class);

  private final String unit;
  private final Consumer<AuditEvent> audit;

  Records(String unit, Consumer<AuditEvent> audit) {
    this.unit = unit;
    this.audit = audit;
  }

  private AuditEvent event(Instant now, AuditKind kind, String who) {
    return AuditEvent.of(now, kind, who, unit);
  }

  void modeAsked(Mode from, Mode to, String who, Instant now) {
    LOG.info("mode asked unit={} from={} to={} by={}", unit, from, to, who);
    audit.accept(
        event(now, AuditKind.MODE_ASKED, who).with("from", from.name()).with("to", to.name()));
  }

  void modeInForce(Mode from, Mode to, Label why, Instant now) {
    LOG.info("mode in force unit={} from={} to={} why=\"{}\"", unit, from, to, why.en());
    audit.accept(
        event(now, AuditKind.MODE_IN_FORCE, AuditEvent.GATEWAY)
            .with("from", from.name())
            .with("to", to.name())
            .with("why", why.en()));
  }

  void demoted(Demotion demotion, Instant now) {
    LOG.warn(
        "demoted unit={} cause={}: {}; look at the unit, then ask for the mode again",
        unit,
        demotion.cause(),
        demotion.detail().en());
    audit.accept(
        event(now, AuditKind.DEMOTED, AuditEvent.GATEWAY)
            .with("cause", demotion.cause().name())
            .with("detail", demotion.detail().en()));
  }

  void handshake(String from, String to, Label why, Instant now) {
    LOG.info("handshake unit={} from={} to={} why=\"{}\"", unit, from, to, why.en());
    audit.accept(
        event(now, AuditKind.HANDSHAKE, AuditEvent.GATEWAY)
            .with("from", from)
            .with("to", to)
            .with("why", why.en()));
  }

  void verdict(String belongsTo, Verdict verdict, Instant now) {
    Reason reason = GuardChain.reasonOf(verdict);
    if (reason == null) {
      return;
    }
    audit.accept(
        event(now, AuditKind.VERDICT, AuditEvent.GATEWAY)
            .with("for", belongsTo)
            .with("guard", reason.grounds().guard())
            .with("grounds", reason.grounds().name())
            .with("refused", verdict instanceof Verdict.Refused)
            .with("text", reason.label().en()));
  }

  void wrote(String belongsTo, String who, Setpoint setpoint, double requested, Instant now) {
    audit.accept(
        event(now, AuditKind.WRITE, who)
            .with("for", belongsTo)
            .with("id", setpoint.id())
            .with("tag", setpoint.tag().name())
            .with("requested", requested)
            .with("value", setpoint.value()));
  }

  void outcome(Outcome outcome, Instant now) {
    String name = outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    AuditEvent event =
        event(now, AuditKind.OUTCOME, AuditEvent.GATEWAY)
            .with("id", outcome.setpoint().id())
            .with("tag", outcome.setpoint().tag().name())
            .with("outcome", name)
            .with("micros", (outcome.atNs() - outcome.setpoint().issuedNs()) / 1000);
    if (outcome instanceof Outcome.Confirmed confirmed) {
      event = event.with("readBack", confirmed.readBack());
    } else if (outcome instanceof Outcome.Mismatch mismatch) {
      event = event.with("readBack", mismatch.readBack());
      LOG.warn(
          "read-back differs unit={} tag={} wrote={} reads={}; check the device",
          unit,
          outcome.setpoint().tag(),
          outcome.setpoint().value(),
          mismatch.readBack());
    }
    audit.accept(event);
  }

  void decision(String id, String stage, String detail, String who, Instant now) {
    LOG.info("decision unit={} id={} stage={} {}", unit, id, stage, detail);
    audit.accept(
        event(now, AuditKind.DECISION, who)
            .with("id", id)
            .with("stage", stage)
            .with("detail", detail));
  }

  void request(String who, String what, boolean done, Label why, Instant now) {
    audit.accept(
        event(now, AuditKind.REQUEST, who)
            .with("what", what)
            .with("done", done)
            .with("why", why.en()));
  }
}
