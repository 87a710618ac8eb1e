package io.deungdae.control.loop;

import io.deungdae.analytics.Effect;
import io.deungdae.analytics.Judgement;
import io.deungdae.analytics.Remedy;
import io.deungdae.analytics.Slot;
import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.driver.Outcomes;
import io.deungdae.collector.driver.PumpedAgent;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.store.Board;
import io.deungdae.control.alarm.AlarmBook;
import io.deungdae.control.alarm.AlarmEvent;
import io.deungdae.control.audit.AuditEvent;
import io.deungdae.control.decision.DecisionBook;
import io.deungdae.control.decision.DecisionRecord;
import io.deungdae.control.decision.Verification;
import io.deungdae.control.guard.Engagement;
import io.deungdae.control.guard.Interlock;
import io.deungdae.control.guard.Mode;
import io.deungdae.control.guard.Operation;
import io.deungdae.control.guard.Proposal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The loop closed over a {@link SmallPlant}, through a real device agent, with a pushed clock. */
final class Rig {

  static final Duration STEP = Duration.ofMillis(100);

  final PushedClock clock = new PushedClock();
  final SmallPlant plant = new SmallPlant();
  final Board board = new Board(plant.table);
  final Outcomes outcomes = new Outcomes();
  final List<AuditEvent> audit = new ArrayList<>();
  final List<AlarmEvent> alarmEvents = new ArrayList<>();
  final List<Effect> effects = new ArrayList<>();
  final Slot<Judgement> slot = new Slot<>();
  final DecisionBook book = new DecisionBook(100, List.of());
  final AlarmBook alarms = new AlarmBook(alarmEvents::add);
  final PumpedAgent agent;
  final ControlLoop loop;

  // ---- what analytics says
  Judgement.@Nullable State state = Judgement.State.READY;
  Judgement.@Nullable Anomaly anomaly;
  @Nullable Remedy remedy;
  private int remedies;

  Rig(Mode mode) {
    this(mode, false, Operation.REAL);
  }

  Rig(Mode mode, boolean resume, Operation operation) {
    agent =
        new PumpedAgent(
            new DeviceSettings(
                "plc",
                "none",
                true,
                false,
                Duration.ofMillis(500),
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                plant,
                plant.all()),
            batch -> {
              board.put(batch);
              return 0;
            },
            outcomes,
            clock);
    loop =
        new ControlLoop(
            new LoopWiring(
                List.of(new UnitWiring(plant.unit(), settings(mode, resume), slot, effects::add)),
                board,
                Map.of("plc", agent.outbox()),
                outcomes,
                operation,
                Set.of(),
                audit::add,
                book,
                alarms));
  }

  private LoopSettings settings(Mode mode, boolean resume) {
    return new LoopSettings(
        Duration.ofMillis(200),
        mode,
        new HandshakeSettings(
            plant.remote,
            plant.watchdog,
            plant.heartbeat,
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            resume),
        List.of(new Interlock(plant.interlock, 0)),
        new InputSettings(
            List.of(plant.power),
            List.of(plant.pv1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10)),
        new MoveSettings(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofMinutes(2),
            3,
            0.001,
            Duration.ofSeconds(2),
            1),
        new ModelSettings(Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ZERO),
        new Verification(
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Verification.Reference.NO_ACTION,
            0.3,
            0.25,
            3));
  }

  /** Lets time pass. */
  void run(Duration time) {
    for (long t = 0; t < time.toMillis(); t += STEP.toMillis()) {
      step();
    }
  }

  /** Lets time pass until something is so; fails when it is not within {@code atMost}. */
  void until(BooleanSupplier what, Duration atMost) {
    for (long t = 0; t < atMost.toMillis(); t += STEP.toMillis()) {
      if (what.getAsBoolean()) {
        return;
      }
      step();
    }
    if (!what.getAsBoolean()) {
      throw new AssertionError("not so within " + atMost + "; " + status() + "\n" + book.all());
    }
  }

  private void step() {
    clock.push(STEP);
    plant.step(STEP.toMillis() / 1e3);
    agent.pump();
    judge();
    loop.tick(clock.now(), clock.nanoTime());
    agent.pump();
  }

  private void judge() {
    if (state != null) {
      slot.put(
          new Judgement(
              "oven",
              clock.now(),
              clock.nanoTime(),
              state,
              "model-1",
              1,
              anomaly == null ? 0.2 : 3,
              anomaly,
              Double.NaN,
              Double.NaN,
              remedy));
    }
  }

  // ---- short ways to say things

  Rig takenOver() {
    until(() -> status().engagement() == Engagement.IN_FORCE, Duration.ofSeconds(30));
    run(Duration.ofSeconds(70)); // a full window of the objective
    return this;
  }

  UnitStatus status() {
    return loop.status().get(0);
  }

  /** Proposes to bring both zones to a temperature, with the forecast that the plant would give. */
  void propose(double zone1, double zone2) {
    double before = plant.cost(plant.temperatures[0], plant.temperatures[1]);
    propose(zone1, zone2, before, plant.cost(zone1, zone2), true);
  }

  void propose(double zone1, double zone2, double before, double after, boolean inside) {
    remedies++;
    remedy =
        new Remedy(
            "remedy-" + remedies,
            "optimise",
            new Label("cheaper there", "더 저렴함"),
            List.of(
                new Remedy.Move(plant.sp1, plant.setpoints[0], zone1),
                new Remedy.Move(plant.sp2, plant.setpoints[1], zone2)),
            before,
            after,
            0.1,
            List.of(),
            inside);
  }

  void anomaly() {
    anomaly =
        new Judgement.Anomaly(
            clock.now().minusSeconds(5),
            clock.now(),
            List.of(new Judgement.Contribution(plant.power, 0.8, 6, 130, 110)),
            List.of(
                new Judgement.Cause(
                    "heater-degraded",
                    new Label("Heater degraded", "히터 열화"),
                    0.7,
                    List.of(Label.of("power is 6 sigma high")))));
  }

  /** A person asks for a setpoint; runs until there is an answer. */
  SetpointAnswer ask(Tag tag, double value) {
    Reply<SetpointAnswer> reply =
        loop.submit(new OperatorProposal(Proposal.Source.OPERATOR, "kim", tag, value, ""));
    until(() -> reply.now().isPresent(), Duration.ofMinutes(10));
    return reply.now().orElseThrow();
  }

  DecisionRecord newest() {
    return book.all().get(0);
  }

  void untilClosed() {
    until(() -> !book.all().isEmpty() && newest().closed(), Duration.ofMinutes(20));
  }

  List<String> writesOf(Tag tag) {
    return plant.writes.stream().filter(write -> write.startsWith(tag.name() + "=")).toList();
  }

  boolean alarmRaised(String id) {
    return alarms.open().stream().anyMatch(view -> view.id().equals(id) && view.active());
  }
}
