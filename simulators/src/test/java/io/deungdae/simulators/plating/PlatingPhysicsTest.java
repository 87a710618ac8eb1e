package io.deungdae.simulators.plating;

import static io.deungdae.simulators.plating.Platings.read;
import static io.deungdae.simulators.plating.Platings.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.plating.Ledger.Way;
import org.junit.jupiter.api.Test;

/** What docs/plants/plating.md says of the physics. */
class PlatingPhysicsTest {

  private static final double DAY = 24 * 3600;

  /** A day with disturbances, breaks, a fault that boils off and one that makes oxygen. */
  private static Plating aDay() {
    Plating plating = new Plating(PlatingSettings.attended(6));
    plating.start(PlatingFault.EXHAUST.fault(), 0.4);
    plating.start(PlatingFault.ANODES.fault(), 0.3);
    return plating;
  }

  @Test
  void heatBalanceOfTheBathClosesOverADay() {
    Plating plating = aDay();
    Bath bath = plating.line().bath();
    double before = bath.heat();
    plating.step(DAY);
    double through = bath.ledger().turnover("HEAT");
    assertTrue(through > 1e6, "kJ " + through);
    assertEquals(bath.heat() - before, bath.ledger().total("HEAT"), 1e-6 * through);
  }

  @Test
  void zincBalanceOfTheBathClosesOverADay() {
    Plating plating = aDay();
    Bath bath = plating.line().bath();
    double before = bath.zincMass();
    plating.step(DAY);
    double through = bath.ledger().turnover("ZINC");
    assertTrue(through > 50_000, "g " + through);
    assertEquals(bath.zincMass() - before, bath.ledger().total("ZINC"), 1e-6 * through);
  }

  @Test
  void liquidBalanceOfTheBathClosesOverADay() {
    Plating plating = aDay();
    Bath bath = plating.line().bath();
    plating.step(DAY);
    double through = bath.ledger().turnover("LIQUID");
    assertEquals(bath.volume() - Bath.NOMINAL, bath.ledger().total("LIQUID"), 1e-6 * through);
  }

  @Test
  void coatingsWeighWhatTheBathGave() {
    Plating plating = new Plating(PlatingSettings.still());
    double grams = 0;
    double gone = 0;
    int lot = 0;
    while (plating.time() < DAY) {
      plating.step(1);
      if (plating.plc().lots() > lot && read(plating, "rack") == 0) {
        lot++;
        double area = Product.of(1).area();
        grams += plating.line().laboratory().quality().meanThickness() * Zinc.DENSITY * area;
        gone = -plating.line().bath().ledger().of(Way.ZINC_DEPOSITED);
      }
    }
    assertTrue(lot > 140, "lots " + lot);
    assertEquals(gone, grams, 1e-3 * gone);
  }

  @Test
  void energyMeterIsTheSumOfItsConsumers() {
    Plating plating = new Plating(PlatingSettings.still());
    double joules = 0;
    PlatingLine line = plating.line();
    for (int i = 0; i < DAY; i++) {
      plating.step(1);
      Bath bath = line.bath();
      joules += line.rectifier().power() + line.degreaser().power() + bath.heaterPower();
      joules += bath.coilPower() / PlatingLine.CHILLER + 0.8 + PlatingLine.STANDING;
    }
    assertEquals(joules / 3600, line.energy(), 1e-3 * joules / 3600);
  }

  @Test
  void thicknessFollowsFaraday() {
    // 0.465 Ah/dm² of zinc are 7.94 µm, of which hydrogen took the rest.
    Plating plating = new Plating(PlatingSettings.still());
    plating.step(3 * 3600);
    double share = 1 - read(plating, "lab.thickness") / (0.465 * 17.08);
    assertEquals(0.062, share, 0.005);
  }

  @Test
  void acidCostsEfficiencyAndWarmthRaisesTheLimitingCurrent() {
    Cell cell = new Cell();
    cell.solve(373, 10, 24.5, 70, 1e-3, 4, 0.08, 1, 0, 0);
    double weak = cell.hydrogen();
    double cold = cell.limiting();
    cell.solve(373, 10, 24.5, 70, 1e-2, 4, 0.08, 1, 0, 0);
    assertEquals(10, cell.hydrogen() / weak, 1e-9);
    cell.solve(373, 10, 34.5, 70, 1e-2, 4, 0.08, 1, 0, 0);
    assertEquals(1.26, cell.limiting() / cold, 0.02);
  }

  @Test
  void brightenerEvensTheCoatingOut() {
    Cell cell = new Cell();
    cell.solve(373, 10, 24.5, 70, 5e-3, 0, 0.08, 1, 0, 0);
    double bare = cell.evenness();
    cell.solve(373, 10, 24.5, 70, 5e-3, 6, 0.08, 1, 0, 0);
    assertTrue(cell.evenness() < bare - 0.05, bare + " " + cell.evenness());
  }

  @Test
  void bisulphateHoldsThePhByItsEquation() {
    Bath bath = new Bath(1);
    for (double ph = 1.6; ph <= 4; ph += 0.2) {
      bath.put(24.5, ph, 70, 4);
      bath.age(0, 0, 1);
      assertEquals(ph, bath.ph(), 1e-6);
    }
  }

  @Test
  void resultsAreKnownTwentyMinutesLate() {
    Plating plating = new Plating(PlatingSettings.still());
    double raised = 0;
    while (read(plating, "lab.lot") == 0) {
      plating.step(1);
      if (raised == 0 && plating.plc().lots() == 1 && read(plating, "rack") == 0) {
        raised = plating.time();
      }
    }
    assertEquals(Laboratory.DELAY, plating.time() - raised, 1);
  }

  @Test
  void sameSeedGivesTheSameBitsOverWritesAndFaults() {
    Plating one = new Plating(PlatingSettings.demo(9, 60).remoteAfter(300));
    Plating other = new Plating(PlatingSettings.demo(9, 60).remoteAfter(300));
    Plating third = new Plating(PlatingSettings.demo(10, 60).remoteAfter(300));
    boolean differs = false;
    for (int minute = 0; minute < 12 * 60; minute++) {
      for (Plating plating : new Plating[] {one, other, third}) {
        write(plating, "heartbeat", minute % 1000);
        write(plating, "density.sp", 3.5 + minute % 10 / 10.0);
        if (minute == 200) {
          plating.start(PlatingFault.CONTACT.fault(), 0.7);
        }
        if (minute == 400) {
          plating.stop(PlatingFault.CONTACT.fault());
        }
      }
      // The same time in other steps.
      one.step(60);
      other.step(17.5);
      other.step(42.5);
      third.step(60);
      for (Signal signal : one.signals()) {
        assertEquals(one.read(signal), other.read(signal), 0.0, signal.name());
        differs |= one.read(signal) != third.read(signal);
      }
    }
    assertEquals(1, read(one, "remote"));
    assertNotEquals(false, differs);
  }
}
