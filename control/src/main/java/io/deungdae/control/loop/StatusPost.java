package io.deungdae.control.loop;

import io.deungdae.analytics.Judgement;
import io.deungdae.collector.signal.PlantUnit;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.control.decision.Decision;
import io.deungdae.control.decision.Measured;
import io.deungdae.control.decision.ObjectiveMeter;
import io.deungdae.control.guard.Engagement;
import io.deungdae.control.guard.Situation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Posts snapshots of one unit's loop: twice a second, and at once when something has changed.
 *
 * <p>Hand-off: the control thread posts, anybody reads the newest; older ones are lost.
 */
final class StatusPost {

  private static final long EVERY_NS = 500_000_000L;

  private final PlantUnit unit;
  private final Situation situation;
  private final Actuator actuator;
  private final Ladder ladder;
  private final Handshake handshake;
  private final Course course;
  private final OperatorDesk desk;
  private final ObjectiveMeter meter;
  private volatile UnitStatus latest;
  private long postedNs;
  private boolean soon = true;
  private long cycles;
  private long lastNs;
  private long wantedNs;
  private long inForceNs;

  StatusPost(
      PlantUnit unit,
      Situation situation,
      Actuator actuator,
      Ladder ladder,
      Handshake handshake,
      Course course,
      OperatorDesk desk,
      ObjectiveMeter meter) {
    this.unit = unit;
    this.situation = situation;
    this.actuator = actuator;
    this.ladder = ladder;
    this.handshake = handshake;
    this.course = course;
    this.desk = desk;
    this.meter = meter;
    this.latest = snapshot(null, null, Instant.EPOCH, 0);
  }

  UnitStatus latest() {
    return latest;
  }

  /** Something has changed: post in this cycle. */
  void soon() {
    soon = true;
  }

  void tick(@Nullable Judgement newest, @Nullable Judgement fresh, Instant now, long nowNs) {
    count(nowNs);
    if (soon || nowNs - postedNs >= EVERY_NS) {
      soon = false;
      postedNs = nowNs;
      latest = snapshot(newest, fresh, now, nowNs);
    }
  }

  private void count(long nowNs) {
    long elapsedNs = cycles == 0 ? 0 : nowNs - lastNs;
    lastNs = nowNs;
    cycles++;
    if (ladder.asked().writes()) {
      wantedNs += elapsedNs;
      inForceNs += handshake.state() == Engagement.IN_FORCE ? elapsedNs : 0;
    }
  }

  private UnitStatus snapshot(
      @Nullable Judgement newest, @Nullable Judgement fresh, Instant now, long nowNs) {
    Decision open = course.open();
    Measured objective = cycles == 0 ? Measured.NOTHING : meter.measure(nowNs);
    return new UnitStatus(
        unit.name(),
        unit.title(),
        ladder.asked(),
        ladder.askedBy(),
        ladder.inForce(),
        ladder.why(),
        handshake.state(),
        handshake.why(),
        ladder.demotion(),
        fresh == null ? null : fresh.state(),
        newest == null ? "" : newest.modelId(),
        newest == null ? -1 : (nowNs - newest.atNs()) / 1_000_000,
        objective.value(),
        objective.standardError(),
        open == null ? "" : open.id(),
        wantedNs == 0 ? Double.NaN : (double) inForceNs / wantedNs,
        now,
        cycles,
        variables(nowNs));
  }

  private List<UnitStatus.Variable> variables(long nowNs) {
    List<UnitStatus.Variable> variables = new ArrayList<>();
    for (Line line : actuator.lines()) {
      variables.add(variable(line, nowNs));
    }
    return variables;
  }

  private UnitStatus.Variable variable(Line line, long nowNs) {
    Tag tag = line.tag();
    double target = course.target(tag);
    return new UnitStatus.Variable(
        tag.name(),
        tag.unit().symbol(),
        number(line.variable().processValue()),
        number(tag),
        number(line.variable().output()),
        line.memory().standing(),
        Double.isNaN(target) ? desk.target(tag) : target,
        tag.writePolicy().range().low(),
        tag.writePolicy().range().high(),
        line.memory().held(),
        line.busy(),
        line.memory().spent(nowNs),
        tag.writePolicy().movePerHour());
  }

  private double number(@Nullable Tag tag) {
    Sample sample = tag == null ? null : situation.sample(tag);
    return sample == null || sample.quality().isBad() ? Double.NaN : sample.asDouble();
  }
}
