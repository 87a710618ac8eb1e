package io.deungdae.control.loop;

import io.deungdae.analytics.Effect.Fate;
import io.deungdae.analytics.Judgement;
import io.deungdae.collector.driver.Outbox;
import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.PlantUnit;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.control.decision.ObjectiveMeter;
import io.deungdae.control.guard.Engagement;
import io.deungdae.control.guard.GuardChain;
import io.deungdae.control.guard.Mode;
import io.deungdae.control.guard.NeededInputs;
import io.deungdae.control.guard.Rules;
import io.deungdae.control.guard.Situation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The loop of one unit. Used by the control thread; only {@link #status} is for all. */
final class UnitLoop {

  private final PlantUnit unit;
  private final LoopSettings settings;
  private final @Nullable Sample[] image;
  private final Situation situation;
  private final NeededInputs inputs;
  private final Actuator actuator;
  private final Ladder ladder;
  private final Handshake handshake;
  private final Watch watch;
  private final Course course;
  private final OperatorDesk desk;
  private final ObjectiveMeter meter;
  private final UnitAlarms alarms;
  private final Records records;
  private final StatusPost post;
  private long dueNs;
  private boolean begun;

  UnitLoop(
      UnitWiring wiring,
      LoopWiring site,
      @Nullable Sample[] image,
      LongSupplier ids,
      DecisionIds decisionIds) {
    this.unit = wiring.unit();
    this.settings = wiring.settings();
    this.image = image;
    this.records = new Records(unit.name(), site.audit());
    List<Line> lines = lines(unit, settings, site);
    this.situation = new Situation(image, lines.stream().map(Line::memory).toList());
    this.inputs = inputs(unit, settings);
    this.actuator = new Actuator(guards(site, lines), situation, lines, ids, settings.moves());
    this.meter = new ObjectiveMeter(unit.objective(), settings.verification().window().toNanos());
    this.ladder =
        new Ladder(settings.mode(), "settings", settings.model().readyFor().toNanos(), records);
    this.handshake = handshake(site);
    this.watch = new Watch(settings, situation, lines, wiring.judgements());
    this.course =
        new Course(
            unit,
            settings,
            actuator,
            situation,
            meter,
            site.decisions(),
            wiring.effects(),
            records,
            decisionIds);
    this.desk = new OperatorDesk(actuator, records);
    this.alarms = new UnitAlarms(unit, site.alarms());
    this.post = new StatusPost(unit, situation, actuator, ladder, handshake, course, desk, meter);
  }

  // ---- putting it together

  private static List<Line> lines(PlantUnit unit, LoopSettings settings, LoopWiring site) {
    List<Line> lines = new ArrayList<>();
    for (PlantUnit.Manipulated variable : unit.manipulated()) {
      Outbox outbox = site.outbox(variable.setpoint().device());
      lines.add(new Line(variable, outbox, settings.moves().attempts()));
    }
    return lines;
  }

  private static NeededInputs inputs(PlantUnit unit, LoopSettings settings) {
    Set<Tag> needed = new LinkedHashSet<>();
    HandshakeSettings handshake = settings.handshake();
    if (handshake != null) {
      needed.add(handshake.remote());
      needed.add(handshake.watchdog());
    }
    for (PlantUnit.Manipulated variable : unit.manipulated()) {
      needed.add(variable.setpoint());
      if (variable.processValue() != null) {
        needed.add(variable.processValue());
      }
    }
    needed.addAll(settings.inputs().needed());
    needed.addAll(settings.inputs().restless());
    return new NeededInputs(
        List.copyOf(needed),
        settings.inputs().restless(),
        settings.inputs().maxAge().toNanos(),
        settings.inputs().frozenAfter().toNanos());
  }

  private GuardChain guards(LoopWiring site, List<Line> lines) {
    HandshakeSettings shake = settings.handshake();
    Set<Tag> manipulated = new HashSet<>();
    lines.forEach(line -> manipulated.add(line.tag()));
    return GuardChain.standard(
        new Rules(
            inputs,
            site.operation(),
            site.simulatedDevices(),
            manipulated,
            shake == null ? null : shake.remote(),
            shake == null ? null : shake.watchdog(),
            settings.interlocks(),
            settings.moves().interval().toNanos(),
            settings.moves().overrideTolerance()));
  }

  private Handshake handshake(LoopWiring site) {
    HandshakeSettings shake = settings.handshake();
    return new Handshake(
        shake,
        shake == null ? null : site.outbox(shake.heartbeat().device()),
        situation,
        inputs,
        actuator,
        records,
        settings.inputs().shedAfter().toNanos());
  }

  // ---- a cycle

  String name() {
    return unit.name();
  }

  long periodNs() {
    return settings.period().toNanos();
  }

  UnitStatus status() {
    return post.latest();
  }

  boolean moves(Tag tag) {
    return actuator.line(tag) != null;
  }

  /** When it wants its next cycle, monotonic. */
  long dueNs() {
    return dueNs;
  }

  void tickIfDue(Instant now, long nowNs) {
    if (begun && dueNs - nowNs > 0) {
      return;
    }
    long nextNs = begun ? dueNs + periodNs() : nowNs + periodNs();
    dueNs = nextNs - nowNs > 0 ? nextNs : nowNs + periodNs();
    begun = true;
    tick(now, nowNs);
  }

  private void tick(Instant now, long nowNs) {
    Judgement judgement = watch.fresh(nowNs);
    situate(judgement, nowNs);
    inputs.observe(situation);
    meter.observe(image, nowNs);
    ladder.model(judgement == null ? null : judgement.state(), nowNs);
    checkLines(now, nowNs);
    if (handshake.state() == Engagement.IN_FORCE || handshake.state() == Engagement.HOLDING) {
      lookForTrouble(now, nowNs);
    }
    shakeHands(now, nowNs);
    settle(judgement, now, nowNs);
    desk.tick(now, nowNs);
    Demotion.Cause cause = course.tick(judgement, ladder.inForce(), handshake.state(), now, nowNs);
    if (cause != null) {
      demote(cause, Reasons.NO_HELP, now, nowNs);
      settle(judgement, now, nowNs);
    }
    for (Line line : actuator.lines()) {
      line.keep(now, nowNs);
    }
    alarms.tick(ladder.demotion(), handshake, judgement);
    post.tick(watch.newest(), judgement, now, nowNs);
  }

  /** Goes on with what people and programs asked for. */
  void serve(Instant now, long nowNs) {
    if (somebodyWaits()) {
      situate(watch.fresh(nowNs), nowNs);
      desk.tick(now, nowNs);
    }
  }

  /** True while a request is under way. */
  boolean somebodyWaits() {
    return desk.busy();
  }

  private void situate(@Nullable Judgement judgement, long nowNs) {
    situation.begin(
        nowNs, ladder.inForce(), handshake.state(), judgement == null ? null : judgement.state());
  }

  private void checkLines(Instant now, long nowNs) {
    HandshakeSettings shake = settings.handshake();
    Sample remote = shake == null ? null : situation.sample(shake.remote());
    for (Line line : actuator.lines()) {
      Line.Trouble trouble = line.takeTrouble(remote, nowNs);
      if (trouble != null) {
        demote(trouble.cause(), trouble.detail(), now, nowNs);
      }
    }
  }

  private void lookForTrouble(Instant now, long nowNs) {
    if (ladder.demotion() == null || course.executing()) {
      Watch.Finding finding = watch.look(nowNs);
      if (finding != null) {
        demote(finding.cause(), finding.detail(), now, nowNs);
      }
    }
  }

  private void shakeHands(Instant now, long nowNs) {
    boolean wanted = ladder.wantsToWrite() || course.executing();
    Engagement before = handshake.state();
    Demotion.Cause cause = handshake.tick(wanted, now, nowNs);
    if (cause != null) {
      demote(cause, handshake.why(), now, nowNs);
    }
    boolean lost =
        (before == Engagement.IN_FORCE || before == Engagement.HOLDING)
            && handshake.state() != Engagement.IN_FORCE
            && handshake.state() != Engagement.HOLDING;
    if (lost) {
      course.abandon(handshake.why(), now, nowNs);
      desk.endAll(handshake.why(), now, nowNs);
    }
  }

  private void settle(@Nullable Judgement judgement, Instant now, long nowNs) {
    if (ladder.settle(handshake.state(), handshake.why(), now, nowNs)) {
      post.soon();
    }
    situate(judgement, nowNs);
  }

  /** Takes autonomy away, and deals with the decision that is being carried out. */
  private void demote(Demotion.Cause cause, Label detail, Instant now, long nowNs) {
    ladder.demote(cause, detail, now);
    Label why = Reasons.because(cause.label(), detail);
    switch (cause.reaction()) {
      case ABANDON -> course.abandon(why, now, nowNs);
      case ROLL_BACK -> course.rollBack(Fate.ROLLED_BACK, why, now, nowNs);
      case UNDO_MOVES -> course.undoMoves(why, now, nowNs);
      case CARRY_ON -> {}
    }
    desk.endAll(why, now, nowNs);
    post.soon();
  }

  // ---- what is asked of it

  Answer ask(Mode mode, String who, Instant now, long nowNs) {
    if (mode.writes() && settings.handshake() == null) {
      Label why = new Label("the settings name no handshake with the PLC", "설정에 PLC 핸드셰이크가 없음");
      records.request(who, "mode " + mode, false, why, now);
      return new Answer(false, why);
    }
    if (!mode.writes()) {
      course.abandon(Reasons.BY_PERSON, now, nowNs);
      desk.endAll(Reasons.BY_PERSON, now, nowNs);
    }
    ladder.ask(mode, who, now);
    watch.restart();
    post.soon();
    return new Answer(true, Reasons.DONE);
  }

  void submit(OperatorProposal request, Reply<SetpointAnswer> reply, Instant now, long nowNs) {
    situate(watch.fresh(nowNs), nowNs);
    if (desk.take(request, reply, now, nowNs) && course.moves(request.tag())) {
      course.abandon(Reasons.takenOver(request.who(), request.tag()), now, nowNs);
    }
    post.soon();
  }

  Answer approve(String decision, String who, Instant now, long nowNs) {
    return answered("approve " + decision, who, course.approve(decision, who, now, nowNs), now);
  }

  Answer reject(String decision, String who, Instant now, long nowNs) {
    return answered("reject " + decision, who, course.reject(decision, who, now, nowNs), now);
  }

  private Answer answered(String what, String who, @Nullable Label against, Instant now) {
    Answer answer = new Answer(against == null, against == null ? Reasons.DONE : against);
    records.request(who, what, answer.done(), answer.why(), now);
    post.soon();
    return answer;
  }

  boolean owns(String decision) {
    var open = course.open();
    return open != null && open.id().equals(decision);
  }

  boolean take(Outcome outcome, Instant now, long nowNs) {
    Line line = actuator.line(outcome.setpoint().tag());
    return line != null && line.take(outcome, now, nowNs);
  }

  /** Something of ours failed: let go, at once. */
  void fail(String what, Instant now, long nowNs) {
    Label detail = Label.of(what);
    ladder.demote(Demotion.Cause.LOOP_ERROR, detail, now);
    handshake.shed(detail, now);
    course.abandon(detail, now, nowNs);
    desk.endAll(detail, now, nowNs);
    post.soon();
  }

  /** In order: the plant keeps what it has, and the heartbeat ends with the loop. */
  void stop(Instant now, long nowNs) {
    course.abandon(Reasons.STOPPED, now, nowNs);
    desk.endAll(Reasons.STOPPED, now, nowNs);
    handshake.stop(now);
  }
}
