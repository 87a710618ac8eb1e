package io.deungdae.control.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.analytics.Judgement;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Unit;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.signal.WritePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever is proposed, in whatever situation, by whomever: what gets out keeps the law. */
class GuardLawsTest {

  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long INTERVAL_NS = 2 * SECOND_NS;
  private static final long MAX_AGE_NS = 5 * SECOND_NS;
  private static final double LOW = -50;
  private static final double HIGH = 250;
  private static final double RATE = 1.5;
  private static final double BUDGET = 400;
  private static final double TOLERANCE = 0.01;

  private final Tag sp = tag(0, "sp", policy());
  private final Tag pv = tag(1, "pv", null);
  private final Tag remote = tag(2, "remote", null);
  private final Tag watchdog = tag(3, "watchdog", null);
  private final Tag interlock = tag(4, "interlock", null);
  private final Tag other = tag(5, "other", policy());
  private final @Nullable Sample[] image = new @Nullable Sample[6];
  private final TagMemory memory = new TagMemory(sp);
  private final Situation situation = new Situation(image, List.of(memory));
  private final NeededInputs inputs =
      new NeededInputs(List.of(sp, pv), List.of(), MAX_AGE_NS, Long.MAX_VALUE);
  private final GuardChain chain = GuardChain.standard(rules(Operation.REAL));

  private static WritePolicy policy() {
    return new WritePolicy(
        new Range(LOW, HIGH), RATE, BUDGET, Duration.ofSeconds(5), Double.NaN, TOLERANCE);
  }

  private static Tag tag(int index, String name, @Nullable WritePolicy write) {
    return new Tag(index, name, "plc", Kind.NUMBER, Unit.NONE, Range.ALL, Label.of(name), write);
  }

  private Rules rules(Operation operation) {
    return new Rules(
        inputs,
        operation,
        Set.of("simulator"),
        Set.of(sp),
        remote,
        watchdog,
        List.of(new Interlock(interlock, 0)),
        INTERVAL_NS,
        0.001);
  }

  private Proposal proposal(Tag tag, double target, Proposal.Source source) {
    return new Proposal(
        source,
        "model-1",
        "",
        tag,
        target,
        Double.NaN,
        Proposal.Evidence.INSIDE_TRAINING,
        "",
        Label.of("test"));
  }

  private void sample(Tag tag, double value, Quality quality, long atNs) {
    Value v = Double.isFinite(value) ? Value.of(value) : Value.missing();
    Quality q = Double.isFinite(value) ? quality : Quality.BAD_NOT_FINITE;
    image[tag.index()] = new Sample(tag, v, q, NOW, NOW, atNs);
  }

  /** All is well at {@code nowNs}, the setpoint is ours and stands at {@code present}. */
  private void allIsWell(double present, long nowNs) {
    sample(sp, present, Quality.GOOD, nowNs);
    sample(pv, present, Quality.GOOD, nowNs);
    sample(remote, 1, Quality.GOOD, nowNs);
    sample(watchdog, 1, Quality.GOOD, nowNs);
    sample(interlock, 0, Quality.GOOD, nowNs);
    memory.confirmed(present, nowNs - 1);
    situation.begin(nowNs, Mode.AUTONOMOUS, Engagement.IN_FORCE, Judgement.State.READY);
    inputs.observe(situation);
  }

  private Verdict judge(Proposal proposal) {
    return chain.judge(proposal, situation, v -> {});
  }

  private Grounds grounds(Proposal proposal) {
    Verdict.Refused refused = assertInstanceOf(Verdict.Refused.class, judge(proposal));
    return refused.reason().grounds();
  }

  @Test
  void nothingOutsideRangeRateOrBudgetGetsOutWhateverIsProposed() {
    for (long seed = 0; seed < 100; seed++) {
      new Run(new Random(seed)).go(500);
    }
  }

  /** A random walk of proposals, situations and pauses. */
  private final class Run {

    private record Move(long atNs, double distance) {}

    private final Random random;
    private final TagMemory mine = new TagMemory(sp);
    private final Situation now = new Situation(image, List.of(mine));
    private final Deque<Move> moves = new ArrayDeque<>();
    private long nowNs = 7_000 * SECOND_NS;
    private double plant;

    Run(Random random) {
      this.random = random;
      this.plant = LOW + random.nextDouble() * (HIGH - LOW);
      mine.confirmed(plant, nowNs);
      mine.wrote(plant, plant, nowNs);
    }

    void go(int steps) {
      for (int i = 0; i < steps; i++) {
        step();
      }
    }

    private void step() {
      nowNs += (long) (random.nextDouble() * random.nextInt(90) * SECOND_NS / 10);
      boolean sound = situate();
      Proposal proposal = proposal();
      Verdict verdict = chain.judge(proposal, now, v -> {});
      if (verdict instanceof Verdict.Refused) {
        return;
      }
      assertTrue(sound, () -> "got out of an unsound situation: " + verdict);
      assertTrue(Double.isFinite(proposal.target()), () -> "not finite: " + proposal);
      obeys(verdict.value());
    }

    private void obeys(double value) {
      double distance = Math.abs(value - plant);
      assertTrue(value >= LOW && value <= HIGH, () -> "range: " + value);
      assertTrue(
          distance <= RATE * Math.min(nowNs - mine.writtenNs(), INTERVAL_NS) / 1e9 + 1e-9,
          () -> "rate: " + distance);
      moves.addLast(new Move(nowNs, distance));
      moves.removeIf(move -> nowNs - move.atNs() > 3600 * SECOND_NS);
      double hour = moves.stream().mapToDouble(Move::distance).sum();
      assertTrue(hour <= BUDGET + 1e-6, () -> "budget: " + hour);
      mine.wrote(value, plant, nowNs);
      plant = value;
      mine.confirmed(plant, nowNs);
    }

    /** Fills the situation, at times with something that must stop everything. */
    private boolean situate() {
      nowNs++;
      sample(sp, plant, Quality.GOOD, nowNs);
      sample(pv, plant, Quality.GOOD, nowNs);
      sample(remote, 1, Quality.GOOD, nowNs);
      sample(watchdog, 1, Quality.GOOD, nowNs);
      sample(interlock, 0, Quality.GOOD, nowNs);
      Mode mode = Mode.AUTONOMOUS;
      Engagement engagement = Engagement.IN_FORCE;
      Judgement.State model = Judgement.State.READY;
      int trouble = random.nextInt(30);
      switch (trouble) {
        case 0 -> sample(pv, plant, Quality.GOOD, nowNs - MAX_AGE_NS - 1);
        case 1 -> sample(pv, plant, Quality.UNCERTAIN_DEVICE, nowNs);
        case 2 -> sample(pv, Double.NaN, Quality.GOOD, nowNs);
        case 3 -> sample(remote, 0, Quality.GOOD, nowNs);
        case 4 -> sample(watchdog, 0, Quality.GOOD, nowNs);
        case 5 -> sample(interlock, 1, Quality.GOOD, nowNs);
        case 6 -> image[interlock.index()] = null;
        case 7 -> mode = Mode.ADVISE;
        case 8 -> engagement = Engagement.HOLDING;
        case 9 -> model = Judgement.State.DRIFTED;
        case 10 -> sample(sp, plant + 5, Quality.GOOD, nowNs);
        case 11 -> mode = Mode.SUPERVISED;
        case 12 -> sample(remote, 1, Quality.GOOD, nowNs - MAX_AGE_NS - 1);
        default -> trouble = -1;
      }
      now.begin(nowNs, mode, engagement, model);
      return trouble < 0;
    }

    private Proposal proposal() {
      double home = random.nextBoolean() ? Double.NaN : plant + random.nextGaussian() * 10;
      return new Proposal(
          random.nextBoolean() ? Proposal.Source.MODEL : Proposal.Source.OPTIMISER,
          "model-1",
          "",
          sp,
          target(),
          home,
          Proposal.Evidence.INSIDE_TRAINING,
          "",
          Label.of("test"));
    }

    private double target() {
      return switch (random.nextInt(8)) {
        case 0 -> Double.NaN;
        case 1 -> random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        case 2 -> Double.longBitsToDouble(random.nextLong());
        case 3 -> plant + random.nextGaussian() * 1e-6;
        default -> LOW - 100 + random.nextDouble() * (HIGH - LOW + 200);
      };
    }
  }

  @Test
  void wayBackStaysWithinTheBudget() {
    TagMemory mine = new TagMemory(sp);
    Situation now = new Situation(image, List.of(mine));
    double home = 0;
    double plant = 0;
    long nowNs = 7_000 * SECOND_NS;
    mine.confirmed(0, nowNs);
    for (int i = 0; i < 400; i++) {
      double target = i < 200 ? HIGH : home;
      nowNs += INTERVAL_NS;
      allIsWell(plant, nowNs);
      mine.confirmed(plant, nowNs - 1);
      now.begin(nowNs, Mode.AUTONOMOUS, Engagement.IN_FORCE, Judgement.State.READY);
      Proposal proposal =
          new Proposal(
              i < 200 ? Proposal.Source.MODEL : Proposal.Source.ROLLBACK,
              "model-1",
              "",
              sp,
              target,
              i < 200 ? home : Double.NaN,
              Proposal.Evidence.INSIDE_TRAINING,
              "",
              Label.of("test"));
      double value = chain.judge(proposal, now, v -> {}).value();
      mine.wrote(value, plant, nowNs);
      plant = value;
      if (i == 199) {
        assertEquals(BUDGET / 2, plant, 1e-6, "half of the budget is kept for the way back");
      }
    }
    assertEquals(home, plant, 1e-6);
  }

  @Test
  void eachTroubleIsNamedByItsGuard() {
    long nowNs = 100 * SECOND_NS;
    Proposal up = proposal(sp, 20, Proposal.Source.MODEL);
    allIsWell(10, nowNs);
    assertInstanceOf(Verdict.Limited.class, judge(up));

    sample(pv, 10, Quality.GOOD, nowNs - MAX_AGE_NS - 1);
    assertEquals(Grounds.INPUT_STALE, grounds(up));
    image[pv.index()] = null;
    assertEquals(Grounds.INPUT_MISSING, grounds(up));
    allIsWell(10, nowNs);
    sample(pv, 10, Quality.UNCERTAIN_RANGE, nowNs);
    assertEquals(Grounds.INPUT_NOT_GOOD, grounds(up));
    allIsWell(10, nowNs);
    sample(remote, 0, Quality.GOOD, nowNs);
    assertEquals(Grounds.PLC_LOCAL, grounds(up));
    allIsWell(10, nowNs);
    sample(watchdog, 0, Quality.GOOD, nowNs);
    assertEquals(Grounds.WATCHDOG, grounds(up));
    allIsWell(10, nowNs);
    sample(interlock, 1, Quality.GOOD, nowNs);
    assertEquals(Grounds.INTERLOCK, grounds(up));
    image[interlock.index()] = null;
    assertEquals(Grounds.INTERLOCK_UNKNOWN, grounds(up));
    allIsWell(10, nowNs);
    sample(sp, 12, Quality.GOOD, nowNs);
    assertEquals(Grounds.OVERRIDDEN, grounds(up));
    allIsWell(HIGH + 1, nowNs);
    assertEquals(Grounds.PRESENT_OUTSIDE, grounds(up));
    allIsWell(10, nowNs);
    assertEquals(Grounds.NOT_MANIPULATED, grounds(proposal(other, 20, Proposal.Source.OPERATOR)));
    assertEquals(Grounds.NOT_WRITABLE, grounds(proposal(pv, 20, Proposal.Source.OPERATOR)));
    assertEquals(Grounds.NOT_FINITE, grounds(proposal(sp, Double.NaN, Proposal.Source.API)));
  }

  @Test
  void peopleAndProgramsPassTheSameLimits() {
    long nowNs = 100 * SECOND_NS;
    allIsWell(10, nowNs);
    memory.wrote(10, 10, nowNs - INTERVAL_NS);
    for (Proposal.Source source : List.of(Proposal.Source.OPERATOR, Proposal.Source.API)) {
      assertEquals(10 + RATE * INTERVAL_NS / 1e9, judge(proposal(sp, 9999, source)).value(), 1e-9);
    }
    situation.begin(nowNs, Mode.ADVISE, Engagement.IN_FORCE, Judgement.State.READY);
    assertEquals(Grounds.MODE_TOO_LOW, grounds(proposal(sp, 11, Proposal.Source.OPERATOR)));
  }

  @Test
  void supervisedModelNeedsAPersonsLeave() {
    long nowNs = 100 * SECOND_NS;
    allIsWell(10, nowNs);
    memory.wrote(10, 10, nowNs - INTERVAL_NS);
    situation.begin(nowNs, Mode.SUPERVISED, Engagement.IN_FORCE, Judgement.State.READY);
    Proposal wish = proposal(sp, 11, Proposal.Source.OPTIMISER);
    assertEquals(Grounds.NOT_APPROVED, grounds(wish));
    Proposal approved =
        new Proposal(
            wish.source(),
            wish.by(),
            "lee",
            sp,
            11,
            Double.NaN,
            wish.evidence(),
            "",
            wish.reason());
    assertEquals(11, judge(approved).value());
  }

  @Test
  void firstWriteOfAHandshakeMayNotMoveAnything() {
    long nowNs = 100 * SECOND_NS;
    allIsWell(10, nowNs);
    situation.begin(nowNs, Mode.ADVISE, Engagement.INITIALISING, null);
    assertEquals(10, judge(proposal(sp, 10, Proposal.Source.HANDSHAKE)).value());
    assertEquals(Grounds.NOT_BUMPLESS, grounds(proposal(sp, 10.5, Proposal.Source.HANDSHAKE)));
  }

  @Test
  void modelMayNotActWhileItIsUnfit() {
    long nowNs = 100 * SECOND_NS;
    for (Judgement.State state : Judgement.State.values()) {
      allIsWell(10, nowNs);
      memory.wrote(10, 10, nowNs - INTERVAL_NS);
      situation.begin(nowNs, Mode.AUTONOMOUS, Engagement.IN_FORCE, state);
      Verdict verdict = judge(proposal(sp, 11, Proposal.Source.MODEL));
      assertEquals(state == Judgement.State.READY, !(verdict instanceof Verdict.Refused));
    }
  }

  @Test
  void writeWhoseOutcomeIsUnknownIsNotTakenForAnOverride() {
    long nowNs = 100 * SECOND_NS;
    allIsWell(10, nowNs);
    memory.doubt(11);
    sample(sp, 11, Quality.GOOD, nowNs);
    memory.wrote(11, 10, nowNs - INTERVAL_NS);
    assertEquals(12, judge(proposal(sp, 12, Proposal.Source.MODEL)).value());
  }

  @Test
  void simulatedSiteIsKeptFromRealDevices() {
    allIsWell(10, 100 * SECOND_NS);
    GuardChain simulated = GuardChain.standard(rules(Operation.SIMULATED));
    Verdict verdict = simulated.judge(proposal(sp, 11, Proposal.Source.MODEL), situation, v -> {});
    Verdict.Refused refused = assertInstanceOf(Verdict.Refused.class, verdict);
    assertEquals(Grounds.NOT_SIMULATED, refused.reason().grounds());
  }

  @Test
  void guardsStandInTheListedOrder() {
    assertEquals(
        List.of(
            "fresh",
            "finite",
            "quality",
            "simulation",
            "writable",
            "mode",
            "interlock",
            "range",
            "rate",
            "budget",
            "tracking",
            "training"),
        chain.names());
  }

  @Test
  void everyVerdictCanBeTakenApart() {
    Reason reason = Reason.of(Grounds.RATE, sp);
    for (Class<?> kind : Verdict.class.getPermittedSubclasses()) {
      Verdict verdict =
          kind == Verdict.Allowed.class
              ? new Verdict.Allowed(1)
              : kind == Verdict.Limited.class
                  ? new Verdict.Limited(2, 1, reason)
                  : new Verdict.Refused(2, reason);
      assertInstanceOf(kind, verdict);
      assertEquals(kind != Verdict.Allowed.class, GuardChain.reasonOf(verdict) != null);
    }
  }

  @Test
  void reasonsReadWell() {
    Reason reason = new Reason(Grounds.RATE, sp, 12.3456789, 0.1);
    assertEquals(
        "a step of 12.3457 is more than the rate of sp allows now, 0.1", reason.label().en());
    for (Grounds grounds : Grounds.values()) {
      Label label = new Reason(grounds, sp, 1, 2).label();
      assertTrue(!label.en().contains("{") && !label.ko().contains("{"), label.toString());
    }
  }
}
