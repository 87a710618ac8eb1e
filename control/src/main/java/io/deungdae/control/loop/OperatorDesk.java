package io.deungdae.control.loop;

import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.driver.Setpoint;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Tag;
import io.deungdae.control.guard.GuardChain;
import io.deungdae.control.guard.Proposal;
import io.deungdae.control.guard.Reason;
import io.deungdae.control.guard.Verdict;
import io.deungdae.control.loop.SetpointAnswer.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the setpoints that people and programs ask for, one per tag at a time. Used by the
 * control thread.
 */
final class OperatorDesk {

  private final Actuator actuator;
  private final Records records;
  private final List<Order> orders = new ArrayList<>();

  OperatorDesk(Actuator actuator, Records records) {
    this.actuator = actuator;
    this.records = records;
  }

  /** Takes a request. True when the guards let it begin. */
  boolean take(OperatorProposal request, Reply<SetpointAnswer> reply, Instant now, long nowNs) {
    Line line = actuator.line(request.tag());
    if (line == null) {
      throw new IllegalArgumentException(request.tag() + " is not of this unit");
    }
    Order order = new Order(request, reply, line, nowNs);
    if (order.leg.look(now) instanceof Verdict.Refused refused) {
      order.end(Status.REFUSED, refused.reason(), now, nowNs);
      return false;
    }
    endFor(request.tag(), Reasons.NEWER, now, nowNs);
    orders.add(order);
    return true;
  }

  /** True while a request is under way. */
  boolean busy() {
    return !orders.isEmpty();
  }

  /** One cycle. */
  void tick(Instant now, long nowNs) {
    for (int i = orders.size() - 1; i >= 0; i--) {
      orders.get(i).tick(now, nowNs);
      if (orders.get(i).ended) {
        orders.remove(i);
      }
    }
  }

  /** Ends all of them where they are. */
  void endAll(Label why, Instant now, long nowNs) {
    for (Order order : orders) {
      order.end(Status.SUPERSEDED, why, now, nowNs);
    }
    orders.clear();
  }

  private void endFor(Tag tag, Label why, Instant now, long nowNs) {
    for (Order order : orders) {
      if (order.request.tag().equals(tag)) {
        order.end(Status.SUPERSEDED, why, now, nowNs);
      }
    }
    orders.removeIf(order -> order.ended);
  }

  /** Where a request is taking a setpoint; NaN for nowhere. */
  double target(Tag tag) {
    for (Order order : orders) {
      if (order.request.tag().equals(tag)) {
        return order.request.value();
      }
    }
    return Double.NaN;
  }

  /** One request under way. */
  private final class Order implements Journal {

    private final OperatorProposal request;
    private final Reply<SetpointAnswer> reply;
    private final Leg leg;
    private final long sinceNs;
    private boolean ended;

    Order(OperatorProposal request, Reply<SetpointAnswer> reply, Line line, long nowNs) {
      this.request = request;
      this.reply = reply;
      this.sinceNs = nowNs;
      Proposal proposal =
          new Proposal(
              request.source(),
              request.who(),
              request.who(),
              request.tag(),
              request.value(),
              Double.NaN,
              Proposal.Evidence.NONE,
              "",
              Label.of(request.reason()));
      this.leg = new Leg(proposal, line, actuator, this);
    }

    void tick(Instant now, long nowNs) {
      leg.advance(now, nowNs);
      Verdict.Refused refused = leg.refusal();
      if (leg.arrived()) {
        arrived(leg.limit(), now, nowNs);
      } else if (refused != null) {
        end(Status.REFUSED, refused.reason(), now, nowNs);
      } else if (nowNs - sinceNs >= actuator.settings().timeout().toNanos()) {
        end(Status.FAILED, Reasons.TOO_LONG, now, nowNs);
      }
    }

    private void arrived(@Nullable Verdict limit, Instant now, long nowNs) {
      Reason reason = limit == null ? null : GuardChain.reasonOf(limit);
      if (reason == null) {
        end(Status.ARRIVED, Reasons.NONE, now, nowNs);
      } else {
        end(Status.LIMITED, reason, now, nowNs);
      }
    }

    void end(Status status, Reason reason, Instant now, long nowNs) {
      end(status, reason.grounds().guard(), reason.label(), now, nowNs);
    }

    void end(Status status, Label why, Instant now, long nowNs) {
      end(status, "", why, now, nowNs);
    }

    private void end(Status status, String guard, Label why, Instant now, long nowNs) {
      ended = true;
      records.request(
          request.who(),
          "setpoint " + request.tag() + " = " + Reason.show(request.value()),
          status == Status.ARRIVED || status == Status.LIMITED,
          status == Status.ARRIVED ? Reasons.DONE : why,
          now);
      reply.give(
          new SetpointAnswer(
              status, guard, why, request.value(), leg.reached(), (nowNs - sinceNs) / 1000));
    }

    @Override
    public void objected(Verdict verdict, Instant now) {
      // the answer says what decided
    }

    @Override
    public void wrote(Setpoint setpoint, double requested, Instant now, long nowNs) {
      records.wrote("request", request.who(), setpoint, requested, now);
    }

    @Override
    public void outcome(Outcome outcome, Instant now, long nowNs) {
      records.outcome(outcome, now);
    }
  }
}
