package io.deungdae.control.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.analytics.Effect.Fate;
import io.deungdae.analytics.Judgement;
import io.deungdae.analytics.Remedy;
import io.deungdae.control.audit.AuditKind;
import io.deungdae.control.decision.DecisionRecord;
import io.deungdae.control.decision.Milestone;
import io.deungdae.control.decision.Stage;
import io.deungdae.control.guard.Engagement;
import io.deungdae.control.guard.Mode;
import io.deungdae.control.guard.Operation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlLoopTest {

  @Test
  void firstWritesEqualWhatThePlantHas() {
    Rig rig = new Rig(Mode.AUTONOMOUS).takenOver();
    assertEquals(List.of("oven.zone1.sp=850.0", "oven.zone2.sp=850.0"), rig.plant.writes);
    assertEquals(Mode.AUTONOMOUS, rig.status().inForce());
  }

  @Test
  void usefulDecisionIsRampedVerifiedAndKept() {
    Rig rig = new Rig(Mode.AUTONOMOUS).takenOver();
    rig.propose(860, 858);
    rig.untilClosed();
    DecisionRecord record = rig.newest();
    assertEquals(Fate.KEPT, record.fate(), record.toString());
    assertEquals(860f, rig.plant.setpoints[0]);
    assertEquals(858f, rig.plant.setpoints[1]);
    DecisionRecord.EffectNote effect = record.effect();
    assertNotNull(effect);
    assertEquals(rig.plant.cost(850, 850), effect.before(), 0.3);
    assertEquals(rig.plant.cost(860, 858), effect.after(), 0.3);
    assertTrue(effect.gain() > 3, record.toString());
    assertEquals(
        List.of(
            Milestone.DETECTED,
            Milestone.PROPOSED,
            Milestone.FIRST_WRITE,
            Milestone.FIRST_CONFIRMED,
            Milestone.ARRIVED,
            Milestone.SETTLED,
            Milestone.VERIFIED,
            Milestone.CLOSED),
        record.timeline().stream().map(DecisionRecord.Passed::milestone).toList());
    assertEquals(1, rig.effects.size());
  }

  @Test
  void harmfulDecisionIsRolledBackAndTheLoopDemoted() {
    Rig rig = new Rig(Mode.AUTONOMOUS).takenOver();
    rig.propose(840, 850, rig.plant.cost(850, 850), rig.plant.cost(850, 850) - 3, true);
    rig.untilClosed();
    assertEquals(Fate.ROLLED_BACK, rig.newest().fate(), rig.newest().toString());
    assertEquals(850f, rig.plant.setpoints[0]);
    Demotion demotion = rig.status().demotion();
    assertNotNull(demotion);
    assertEquals(Demotion.Cause.VERIFICATION_FAILED, demotion.cause());
    assertEquals(Mode.AUTONOMOUS, rig.status().asked());
    rig.run(Duration.ofSeconds(5));
    assertEquals(Mode.ADVISE, rig.status().inForce());
    assertTrue(rig.alarmRaised("loop-demoted.oven"));
    assertTrue(rig.plant.remoteNow(), "the PLC is not made to shed by a demotion");
  }

  @Test
  void localInMidMoveEndsItAtOnceAndNothingMoreIsWritten() {
    Rig rig = new Rig(Mode.AUTONOMOUS).takenOver();
    rig.propose(880, 850);
    rig.until(() -> rig.plant.setpoints[0] > 853, Duration.ofMinutes(1));
    rig.plant.key = false;
    rig.run(Duration.ofSeconds(1));
    int writes = rig.plant.writes.size();
    rig.run(Duration.ofMinutes(2));
    assertEquals(writes, rig.plant.writes.size());
    assertEquals(Fate.ABANDONED, rig.newest().fate());
    assertEquals(Engagement.STANDBY, rig.status().engagement());
    Demotion demotion = rig.status().demotion();
    assertNotNull(demotion);
    assertEquals(Demotion.Cause.PLC_LOCAL, demotion.cause());
    rig.plant.key = true;
    rig.run(Duration.ofMinutes(1));
    assertEquals(Engagement.STANDBY, rig.status().engagement(), "going up needs a person");
    rig.remedy = null;
    rig.loop.requestMode("oven", Mode.AUTONOMOUS, "kim");
    rig.until(() -> rig.status().inForce() == Mode.AUTONOMOUS, Duration.ofSeconds(30));
    assertNull(rig.status().demotion());
  }

  @Test
  void writeRefusedBecauseTheKeyWasJustTurnedIsNotTakenForAFault() {
    Rig rig = new Rig(Mode.AUTONOMOUS).takenOver();
    rig.plant.localAtNextWrite = true;
    rig.propose(880, 850);
    rig.run(Duration.ofSeconds(5));
    Demotion demotion = rig.status().demotion();
    assertNotNull(demotion);
    assertEquals(Demotion.Cause.PLC_LOCAL, demotion.cause());
    assertFalse(rig.alarmRaised("read-back.oven"));
  }

  @Test
  void resumingSiteComesBackWhenTheKeyIsTurnedBack() {
    Rig rig = new Rig(Mode.AUTONOMOUS, true, Operation.REAL).takenOver();
    rig.plant.key = false;
    rig.run(Duration.ofSeconds(5));
    assertEquals(Mode.ADVISE, rig.status().inForce());
    rig.plant.key = true;
    rig.until(() -> rig.status().inForce() == Mode.AUTONOMOUS, Duration.ofSeconds(30));
  }

  @Test
  void operatorWhoMovesASetpointAtThePlantWins() {
    Rig rig = new Rig(Mode.AUTONOMOUS).takenOver();
    rig.propose(880, 850);
    rig.until(() -> rig.plant.setpoints[0] > 853, Duration.ofMinutes(1));
    rig.plant.setpoints[0] = 830;
    rig.run(Duration.ofSeconds(10));
    assertEquals(830f, rig.plant.setpoints[0]);
    assertEquals(Fate.ABANDONED, rig.newest().fate());
    Demotion demotion = rig.status().demotion();
    assertNotNull(demotion);
    assertEquals(Demotion.Cause.OPERATOR_OVERRIDE, demotion.cause());
  }

  @Test
  void deviceThatKeepsSomethingElseStopsTheLoopWithAnAlarm() {
    Rig rig = new Rig(Mode.AUTONOMOUS).takenOver();
    rig.propose(880, 850);
    rig.until(() -> rig.plant.setpoints[0] > 853, Duration.ofMinutes(1));
    rig.plant.stuckAt = 855;
    rig.run(Duration.ofSeconds(5));
    rig.plant.stuckAt = Double.NaN;
    rig.untilClosed();
    assertEquals(Fate.ROLLED_BACK, rig.newest().fate(), rig.newest().toString());
    assertEquals(850f, rig.plant.setpoints[0]);
    Demotion demotion = rig.status().demotion();
    assertNotNull(demotion);
    assertEquals(Demotion.Cause.READ_BACK_FAILED, demotion.cause());
    assertTrue(rig.alarmRaised("read-back.oven"));
  }

  @Test
  void lostLinkHoldsThenShedsAndThePlcFallsBack() {
    Rig rig = new Rig(Mode.AUTONOMOUS).takenOver();
    rig.plant.linkUp = false;
    rig.until(() -> rig.status().engagement() == Engagement.HOLDING, Duration.ofSeconds(5));
    rig.until(() -> rig.status().engagement() == Engagement.SHED, Duration.ofSeconds(15));
    Demotion demotion = rig.status().demotion();
    assertNotNull(demotion);
    assertEquals(Demotion.Cause.INPUTS_LOST, demotion.cause());
    rig.plant.linkUp = true;
    rig.run(Duration.ofSeconds(30));
    assertFalse(rig.plant.watchdogOk(), "no heartbeat after shedding");
    assertEquals(Engagement.SHED, rig.status().engagement());
  }

  @Test
  void shortLossOfTheLinkIsOnlyHeld() {
    Rig rig = new Rig(Mode.AUTONOMOUS).takenOver();
    rig.plant.linkUp = false;
    rig.run(Duration.ofSeconds(3));
    rig.plant.linkUp = true;
    rig.until(() -> rig.status().inForce() == Mode.AUTONOMOUS, Duration.ofSeconds(10));
    assertNull(rig.status().demotion());
  }

  @Test
  void frozenSensorHoldsThenSheds() {
    Rig rig = new Rig(Mode.AUTONOMOUS).takenOver();
    rig.plant.frozen = true;
    rig.until(() -> rig.status().engagement() == Engagement.HOLDING, Duration.ofSeconds(15));
    rig.propose(860, 850);
    rig.until(() -> rig.status().engagement() == Engagement.SHED, Duration.ofSeconds(15));
    assertEquals(850f, rig.plant.setpoints[0]);
  }

  @Test
  void shedSetpointGoesToItsSafeValue() {
    Rig rig = new Rig(Mode.SUPERVISED).takenOver();
    SetpointAnswer answer = rig.ask(rig.plant.sp2, 860);
    assertEquals(SetpointAnswer.Status.ARRIVED, answer.status());
    rig.plant.frozen = true;
    rig.until(() -> rig.plant.setpoints[1] == 850f, Duration.ofSeconds(60));
    assertEquals(Engagement.SHED, rig.status().engagement());
  }

  @Test
  void modelThatFallsSilentCostsAutonomyButNotTheHeartbeat() {
    Rig rig = new Rig(Mode.AUTONOMOUS).takenOver();
    rig.state = null;
    rig.run(Duration.ofSeconds(20));
    Demotion demotion = rig.status().demotion();
    assertNotNull(demotion);
    assertEquals(Demotion.Cause.JUDGEMENT_STALE, demotion.cause());
    assertEquals(Mode.ADVISE, rig.status().inForce());
    assertTrue(rig.plant.remoteNow());
  }

  @Test
  void modelThatDriftsWhileMovingHasItsMovesUndone() {
    Rig rig = new Rig(Mode.AUTONOMOUS).takenOver();
    rig.propose(880, 850);
    rig.until(() -> rig.plant.setpoints[0] > 855, Duration.ofMinutes(1));
    rig.state = Judgement.State.DRIFTED;
    rig.untilClosed();
    assertEquals(850f, rig.plant.setpoints[0]);
    assertEquals(Fate.ABANDONED, rig.newest().fate());
    Demotion demotion = rig.status().demotion();
    assertNotNull(demotion);
    assertEquals(Demotion.Cause.MODEL_DRIFTED, demotion.cause());
  }

  @Test
  void learningModelLeavesTheUnitSupervisedUntilItIsReady() {
    Rig rig = new Rig(Mode.AUTONOMOUS);
    rig.state = Judgement.State.LEARNING;
    rig.takenOver();
    assertEquals(Mode.SUPERVISED, rig.status().inForce());
    assertNull(rig.status().demotion());
    rig.state = Judgement.State.READY;
    rig.run(Duration.ofSeconds(1));
    assertEquals(Mode.AUTONOMOUS, rig.status().inForce());
  }

  @Test
  void interlockDemotes() {
    Rig rig = new Rig(Mode.AUTONOMOUS).takenOver();
    rig.propose(880, 850);
    rig.until(() -> rig.plant.setpoints[0] > 853, Duration.ofMinutes(1));
    rig.plant.tripped = true;
    rig.run(Duration.ofSeconds(2));
    Demotion demotion = rig.status().demotion();
    assertNotNull(demotion);
    assertEquals(Demotion.Cause.INTERLOCK, demotion.cause());
    assertEquals(Fate.ABANDONED, rig.newest().fate());
  }

  @Test
  void adviceIsShownAndNothingIsWritten() {
    Rig rig = new Rig(Mode.ADVISE);
    rig.anomaly();
    rig.run(Duration.ofSeconds(2));
    assertEquals(Stage.DETECTED, rig.newest().stage());
    rig.propose(860, 850);
    rig.run(Duration.ofMinutes(5));
    assertEquals(1, rig.book.all().size());
    assertEquals(Stage.PROPOSED, rig.newest().stage());
    assertEquals(List.of(), rig.plant.writes);
    assertEquals(0, rig.plant.beats());
    rig.remedy = null;
    rig.run(Duration.ofSeconds(1));
    assertEquals(Fate.ABANDONED, rig.newest().fate());
  }

  @Test
  void supervisedDecisionWaitsForAPerson() {
    Rig rig = new Rig(Mode.SUPERVISED).takenOver();
    rig.propose(860, 850);
    rig.run(Duration.ofMinutes(1));
    assertEquals(850f, rig.plant.setpoints[0]);
    Reply<Answer> reply = rig.loop.approve(rig.newest().id(), "lee");
    rig.untilClosed();
    assertTrue(reply.now().orElseThrow().done());
    assertEquals(Fate.KEPT, rig.newest().fate());
    assertEquals("lee", rig.newest().approvedBy());
  }

  @Test
  void approvalThatDoesNotComeExpires() {
    Rig rig = new Rig(Mode.SUPERVISED).takenOver();
    rig.propose(860, 850);
    rig.run(Duration.ofMinutes(3));
    assertEquals(Fate.ABANDONED, rig.newest().fate());
    assertFalse(rig.loop.approve(rig.newest().id(), "lee").now().isPresent());
    assertEquals(1, rig.book.all().size(), "the same remedy is not brought up again");
  }

  @Test
  void rejectedDecisionIsRefused() {
    Rig rig = new Rig(Mode.SUPERVISED).takenOver();
    rig.propose(860, 850);
    rig.run(Duration.ofSeconds(2));
    rig.loop.reject(rig.newest().id(), "lee");
    rig.run(Duration.ofSeconds(2));
    assertEquals(Fate.REFUSED, rig.newest().fate());
    assertEquals(Fate.REFUSED, rig.effects.get(0).fate());
  }

  @Test
  void remedyOutsideOfTheTrainingRangeIsRefused() {
    Rig rig = new Rig(Mode.AUTONOMOUS).takenOver();
    rig.propose(860, 850, 30, 20, false);
    rig.untilClosed();
    assertEquals(Fate.REFUSED, rig.newest().fate());
    assertTrue(
        rig.newest().verdicts().stream().anyMatch(v -> v.grounds().equals("OUTSIDE_TRAINING")));
    assertEquals(850f, rig.plant.setpoints[0]);
  }

  @Test
  void targetBeyondTheLimitEndsAtTheLimit() {
    Rig rig = new Rig(Mode.AUTONOMOUS);
    rig.plant.best = 890;
    rig.takenOver();
    rig.propose(850, 930, rig.plant.cost(850, 850), rig.plant.cost(850, 900), true);
    rig.untilClosed();
    assertEquals(900f, rig.plant.setpoints[1]);
    assertTrue(
        rig.newest().verdicts().stream().anyMatch(v -> v.guard().equals("range")),
        rig.newest().toString());
  }

  @Test
  void remedyThatMovesSomethingElseIsRefusedAsAWhole() {
    Rig rig = new Rig(Mode.AUTONOMOUS).takenOver();
    rig.propose(860, 850);
    Remedy sound = rig.remedy;
    assertNotNull(sound);
    rig.remedy =
        new Remedy(
            "strange",
            sound.fault(),
            sound.rationale(),
            List.of(sound.moves().get(0), new Remedy.Move(rig.plant.heartbeat, 0, 1)),
            sound.before(),
            sound.after(),
            sound.sigma(),
            List.of(),
            true);
    rig.untilClosed();
    assertEquals(Fate.REFUSED, rig.newest().fate());
    assertEquals(850f, rig.plant.setpoints[0]);
  }

  @Test
  void decisionsOfADayKeepTheHourlyBudget() {
    Rig rig = new Rig(Mode.AUTONOMOUS).takenOver();
    for (int i = 0; i < 12; i++) {
      rig.plant.best = i % 2 == 0 ? 890 : 810;
      rig.run(Duration.ofSeconds(70));
      rig.propose(rig.plant.best, 850);
      rig.untilClosed();
      assertTrue(rig.status().variables().get(0).movedInHour() <= 120, rig.status().toString());
      rig.loop.requestMode("oven", Mode.AUTONOMOUS, "kim");
      rig.until(() -> rig.status().inForce() == Mode.AUTONOMOUS, Duration.ofSeconds(60));
    }
    assertTrue(
        rig.book.all().stream()
            .anyMatch(d -> d.verdicts().stream().anyMatch(v -> v.guard().equals("budget"))));
  }

  @Test
  void changedProductEndsTheComparison() {
    Rig rig = new Rig(Mode.AUTONOMOUS).takenOver();
    rig.propose(860, 850);
    rig.run(Duration.ofSeconds(30));
    rig.plant.productCode = 8;
    rig.untilClosed();
    assertEquals(Fate.ABANDONED, rig.newest().fate());
  }

  @Test
  void simulatedSiteNeverWritesToARealDevice() {
    Rig rig = new Rig(Mode.AUTONOMOUS, false, Operation.SIMULATED);
    rig.run(Duration.ofMinutes(1));
    assertEquals(List.of(), rig.plant.writes);
    assertEquals(Engagement.INITIALISING, rig.status().engagement());
    assertTrue(rig.status().engagementWhy().en().contains("simulated"));
  }

  @Test
  void operatorsSetpointIsRampedAndAnswered() {
    Rig rig = new Rig(Mode.SUPERVISED).takenOver();
    SetpointAnswer answer = rig.ask(rig.plant.sp1, 855);
    assertEquals(SetpointAnswer.Status.ARRIVED, answer.status());
    assertEquals(855, answer.reached());
    assertTrue(answer.latencyMicros() >= 9_000_000, "0.5 °C/s: " + answer);
  }

  @Test
  void operatorsSetpointIsRefusedWhileTheUnitIsNotInForce() {
    Rig rig = new Rig(Mode.ADVISE);
    rig.run(Duration.ofSeconds(5));
    rig.state = null;
    SetpointAnswer answer = rig.ask(rig.plant.sp1, 855);
    assertEquals(SetpointAnswer.Status.REFUSED, answer.status());
    assertEquals(List.of(), rig.plant.writes);
  }

  @Test
  void jumpOfTheWallClockChangesNothingButIsRecorded() {
    Rig rig = new Rig(Mode.AUTONOMOUS).takenOver();
    rig.propose(860, 850);
    rig.run(Duration.ofSeconds(5));
    rig.clock.jump(Duration.ofHours(-7));
    rig.untilClosed();
    assertEquals(Fate.KEPT, rig.newest().fate());
    assertTrue(rig.audit.stream().anyMatch(e -> e.kind() == AuditKind.CLOCK));
  }

  @Test
  void hoursOfHoldingKeepTheSetpointsAlive() {
    Rig rig = new Rig(Mode.AUTONOMOUS).takenOver();
    rig.run(Duration.ofHours(1));
    assertEquals(2, rig.plant.writes.size());
    assertEquals(Mode.AUTONOMOUS, rig.status().inForce());
    assertTrue(rig.status().serviceFactor() > 0.99);
  }

  @Test
  void loweredModeGivesTheSetpointsBackAsTheyAre() {
    Rig rig = new Rig(Mode.AUTONOMOUS).takenOver();
    rig.propose(880, 850);
    rig.until(() -> rig.plant.setpoints[0] > 855, Duration.ofMinutes(1));
    rig.loop.requestMode("oven", Mode.ADVISE, "kim");
    rig.run(Duration.ofSeconds(1));
    float there = rig.plant.setpoints[0];
    rig.run(Duration.ofMinutes(1));
    assertEquals(there, rig.plant.setpoints[0]);
    assertEquals(Fate.ABANDONED, rig.newest().fate());
    assertFalse(rig.status().variables().get(0).held());
  }
}
