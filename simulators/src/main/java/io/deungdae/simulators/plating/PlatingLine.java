package io.deungdae.simulators.plating;

import io.deungdae.simulators.plant.Severity;
import io.deungdae.simulators.plc.Counter;
import java.util.SplittableRandom;

/** Physics, sensors, meters and inspection of the line; knows nothing of who controls it. */
final class PlatingLine {

  /** Step of the model, s. */
  static final double DT = 1;

  /** Electricity that always runs: fans, hoist, air, controls, kW. */
  static final double STANDING = 4;

  /** Heat that the chiller moves per electricity. */
  static final double CHILLER = 3.5;

  /** Fans more with the damper of the exhaust wide open, kW. */
  private static final double FANS = 8;

  private static final double PUMP = 0.8;
  private static final double ANODE_AREA = 12;
  private static final double ANODE_CORROSION = 0.3;
  private static final double OXYGEN = 0.35;
  private static final double ASSAY = 4 * 3600.0;
  private static final double SMOOTH = 1.0 / 6;

  private final Severity<PlatingFault> faults = new Severity<>(PlatingFault.values());
  private final Hall hall;
  private final Hoist hoist;
  private final Cell cell = new Cell();
  private final Rectifier rectifier = new Rectifier();
  private final Bath bath = new Bath(DT);
  private final Filter filter = new Filter();
  private final Rinses rinses = new Rinses();
  private final Degreaser degreaser = new Degreaser();
  private final Lot lot = new Lot();
  private final Instruments instruments;
  private final Laboratory laboratory;
  private final Counter energy = new Counter();
  private final SplittableRandom random;
  private final boolean noise;

  private int lots;
  private double lastLot;
  private double spent;
  private double spending = 32_000;
  private double power;
  private double iron = 0.08;

  PlatingLine(SplittableRandom random, boolean noise) {
    this.random = random;
    this.noise = noise;
    hall = new Hall(random.split(), noise, DT);
    hoist = new Hoist(random.split(), noise);
    instruments = new Instruments(random.split(), noise, DT);
    laboratory = new Laboratory(random.split(), noise);
  }

  /** One step of {@link #DT} under the PLC's outputs, ending at {@code time}. */
  void step(PlatingPlc plc, int product, double time) {
    faults.step(DT);
    hall.step(time);
    move(plc, product, time);
    conduct(plc);
    balance(plc);
    if (hoist.lowered()) {
      lot.plate(
          rectifier.current(),
          cell,
          rectifier.ripple(),
          bath,
          faults.of(PlatingFault.CONTACT),
          filter.particles(),
          DT);
    }
    meter();
    laboratory.step(time);
    if (time % ASSAY == 0) {
      iron = Math.max(0, bath.iron() + (noise ? 0.01 * random.nextGaussian() : 0));
    }
    instruments.look(bath, rectifier, filter, faults, time);
    instruments.look(degreaser, rinses);
  }

  private void move(PlatingPlc plc, int wanted, double time) {
    if (hoist.lowered() && plc.done()) {
      raise(time);
    } else if (hoist.lowers(wanted, time, DT)) {
      Product product = Product.of(hoist.product());
      degreaser.rack(product.mass(), hall.temperature());
      lot.start(++lots, product, degreaser.temperature());
      bath.lower(product.area(), product.mass(), hall.temperature());
    }
    Measured seen = instruments.seen();
    Product product = Product.of(hoist.product());
    seen.rack = hoist.lowered();
    seen.area = product.area() * (1 - 0.22 * faults.of(PlatingFault.RECIPE));
    seen.charge = product.charge();
  }

  private void raise(double time) {
    hoist.raise();
    double zinc = bath.zinc();
    double film = bath.raise(lot.product().area(), faults.of(PlatingFault.DRAG_OUT));
    rinses.rack(film, zinc);
    lot.rinse(rinses.rinsed());
    laboratory.take(lot, time - lastLot, time);
    spending += SMOOTH * (spent / (time - lastLot) * 3600 - spending);
    spent = 0;
    lastLot = time;
  }

  private void conduct(PlatingPlc plc) {
    double area = Product.of(hoist.product()).area();
    cell.solve(
        rectifier.current() * 1000 / area,
        area,
        bath.temperature(),
        bath.zinc(),
        bath.protons(),
        bath.brightener(),
        bath.iron(),
        filter.flow() / Filter.CLEAN_FLOW,
        faults.of(PlatingFault.CONTACT),
        faults.of(PlatingFault.ANODES));
    double demand = hoist.lowered() ? plc.demand() : 0;
    rectifier.step(demand, cell, faults, DT);
    double current = rectifier.current();
    double wasted = Math.min(current, cell.hydrogen() * area / 1000);
    double passive = faults.of(PlatingFault.ANODES);
    double bare = ANODE_AREA * (1 - 0.55 * passive);
    double corroding = ANODE_CORROSION * cell.hydrogen() * bare / 1000;
    bath.react(current - wasted, wasted, OXYGEN * passive * current, corroding, DT);
  }

  private void balance(PlatingPlc plc) {
    double air = hall.temperature();
    bath.warm(rectifier.heat(), Math.max(0, -plc.effort()), plc.effort(), air, faults, DT);
    bath.dose(
        plc.zinc() * (1 - 0.92 * faults.of(PlatingFault.ZINC_PUMP)),
        plc.acid(),
        plc.brightener() * (1 - 0.55 * faults.of(PlatingFault.BRIGHTENER_PUMP)),
        air,
        DT);
    rinses.taken(bath.makeUp(plc.makeUp(), rinses.recovered(), air, DT));
    bath.age(rectifier.current(), faults.of(PlatingFault.IRON), DT);
    rinses.step(DT);
    filter.step(rectifier.current(), bath.volume(), faults.of(PlatingFault.FILTER), DT);
    degreaser.step(plc.degreaser(), air, faults.of(PlatingFault.DEGREASER_HEATER), DT);
  }

  private void meter() {
    power =
        rectifier.power()
            + bath.heaterPower()
            + bath.coilPower() / CHILLER
            + degreaser.power()
            + PUMP
            + STANDING
            + FANS * faults.of(PlatingFault.EXHAUST);
    double kilowattHours = power * DT / 3600;
    energy.add(kilowattHours);
    double anodes = rectifier.current() * DT / 3600 * Zinc.GRAMS_PER_AH;
    spent +=
        kilowattHours * Economy.POWER
            + anodes * Economy.ANODES
            + bath.dosedZinc() / 1000 * Economy.DOSED
            + rinses.wasted(DT) / 1000 * Economy.WASTE
            + Rinses.water() * DT / 3600 * Economy.WATER
            + bath.dosedAcid() * Economy.ACID
            + bath.dosedBrightener() * Economy.BRIGHTENER;
  }

  /** Money per good part at present, won; what the line should make small. */
  double objective(double time) {
    return Economy.perGoodPart(spending, throughput(time), laboratory.trueScrap());
  }

  /** Parts per hour, smoothed over some lots; falls when none comes out. */
  double throughput(double time) {
    double cycle = Math.max(laboratory.cycle(), time - lastLot);
    return laboratory.throughput() * laboratory.cycle() / cycle;
  }

  /** Share of the current that makes hydrogen at present; 0 without current. */
  double hydrogenShare() {
    double current = rectifier.current() * 1000;
    double area = Product.of(hoist.product()).area();
    return current > 0 ? Math.min(1, cell.hydrogen() * area / current) : 0;
  }

  /** Code of the product in the bath. */
  int product() {
    return hoist.product();
  }

  Severity<PlatingFault> faults() {
    return faults;
  }

  Hall hall() {
    return hall;
  }

  Hoist hoist() {
    return hoist;
  }

  Cell cell() {
    return cell;
  }

  Rectifier rectifier() {
    return rectifier;
  }

  Bath bath() {
    return bath;
  }

  Filter filter() {
    return filter;
  }

  Rinses rinses() {
    return rinses;
  }

  Degreaser degreaser() {
    return degreaser;
  }

  Laboratory laboratory() {
    return laboratory;
  }

  /** What the PLC sees. */
  Measured seen() {
    return instruments.seen();
  }

  /** Number of the lot in the bath or last in it. */
  int lot() {
    return lots;
  }

  /** Iron by the last assay, which is made every four hours, g/L. */
  double iron() {
    return iron;
  }

  /** Electrical power of the line, kW. */
  double power() {
    return power;
  }

  /** Energy since the start, kWh. */
  double energy() {
    return energy.exact();
  }

  /** Money for electricity, metal, chemicals and water, won per hour, smoothed. */
  double spending() {
    return spending;
  }
}
