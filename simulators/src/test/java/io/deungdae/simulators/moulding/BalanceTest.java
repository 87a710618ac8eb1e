package io.deungdae.simulators.moulding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing comes from nowhere: mass and energy of the machine over hours, sound and not. */
class BalanceTest {

  private static final double HOURS = 8;

  /** Share of the heat brought in that may be missing. */
  private static final double TOLERANCE = 0.001;

  @ParameterizedTest
  @EnumSource(Cause.class)
  void whatGoesInComesOutOrStaysWhateverIsBroken(Cause cause) {
    Moulding machine = new Moulding(MouldingSettings.unattended(3));
    machine.start(cause.fault(), 1);
    machine.step(3600);
    assertCloses(machine);
  }

  @Test
  void whatGoesInComesOutOrStaysWhilePeopleMoveSetpointsAndChangeTheProduct() {
    Moulding machine = new Moulding(MouldingSettings.staffed(5, Moulding.WATCHDOG));
    machine.step(3600);
    assertCloses(machine);
  }

  @Test
  void aLeakingNozzleDrawsInMoreThanLeavesAsParts() {
    Moulding machine = new Moulding(MouldingSettings.unattended(3));
    machine.start(Cause.NOZZLE_LEAK.fault(), 1);
    machine.step(8 * 3600);
    double drool = machine.truth().getOrDefault("drool_kg", 0.0);
    assertTrue(drool > 0.03 * machine.balance().granulate(), drool + " kg");
  }

  private static void assertCloses(Moulding machine) {
    Balance balance = machine.balance();
    double granulate = balance.granulate();
    double left = balance.left();
    double in = balance.heatIn();
    double out = balance.heatOut();
    double stored = machine.stored();
    machine.step(HOURS * 3600);
    // What is in the barrel differs by less than a shot.
    assertEquals(balance.granulate() - granulate, balance.left() - left, 0.1, "kg of resin");
    double brought = balance.heatIn() - in;
    double kept = machine.stored() - stored;
    assertEquals(brought, balance.heatOut() - out + kept, TOLERANCE * brought, "J of heat");
  }
}
