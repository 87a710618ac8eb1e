package io.deungdae.simulators.melting;

import io.deungdae.simulators.plant.Fault;
import io.deungdae.simulators.plant.Panel;
import io.deungdae.simulators.plant.Plant;
import io.deungdae.simulators.plant.Shift;
import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.plant.Staffed;
import io.deungdae.simulators.plant.Ticks;
import io.deungdae.simulators.plant.Truthful;
import io.deungdae.simulators.plc.Counter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A melting tank for creamer with its PLC, its laboratory and its operator.
 *
 * <p>Steps of one second of plant time inside, whatever is asked for. All chance comes from the
 * seed. Used by one thread at a time.
 */
public final class MeltingTank implements Plant, Truthful, Staffed {

  private final TankLine line;
  private final MeltingPlc plc;
  private final Laboratory laboratory;
  private final MeltingOperator operator;
  private final Counter steam = new Counter();
  private final Counter energy = new Counter();
  private final Panel panel = new Panel(MeltingSignals.all());
  private final Ticks ticks = new Ticks(TankLine.DT);

  /** An empty tank that begins its first batch under the standing recipe of product 1. */
  public MeltingTank(MeltingSettings settings) {
    SplittableRandom random = new SplittableRandom(settings.seed());
    line = new TankLine(random.split(), settings.noise());
    plc = new MeltingPlc(settings.watchdog());
    laboratory = new Laboratory(random.split(), settings.noise());
    operator = new MeltingOperator(settings, random.split());
    wireTank();
    wireQuality();
    wireManners();
    panel.complete();
  }

  private void wireTank() {
    Gauges gauges = line.gauges();
    panel.show("MELT_TEMP", gauges::melt);
    panel.show("MOTORSPEED", gauges::speed);
    panel.show("MELT_WEIGHT", gauges::weight);
    for (MeltingHandle handle : MeltingHandle.values()) {
      panel.show(handle.signal(), () -> plc.target(handle));
      panel.take(handle.signal(), value -> plc.station().write(handle.slot(), value));
    }
    panel.show("melt.sp", plc::wanted);
    panel.show("jacket.pv", gauges::jacket);
    panel.show("jacket.sp", plc::jacketWanted);
    panel.show("jacket.pressure", () -> line.shell().pressure());
    panel.show("steam.op", () -> 100 * Math.max(0, plc.effort()));
    panel.show("cooling.op", () -> 100 * Math.max(0, -plc.effort()));
    panel.show("steam.flow", () -> 3600 * line.shell().steam());
    panel.show("motor.power", () -> line.agitator().electric());
    panel.show("feed.pv", gauges::feed);
    panel.show("feed.op", () -> 100 * plc.pump());
    panel.show("strainer.dp", gauges::pressure);
    panel.show("power", line::electric);
    panel.show("steam_total", () -> (double) steam.whole());
    panel.show("energy_total", () -> (double) energy.whole());
  }

  private void wireQuality() {
    Batch batch = plc.batch();
    panel.show("INSP", laboratory::moisture);
    panel.flag("TAG", () -> laboratory.ok());
    panel.show("lumps", laboratory::lumps);
    panel.show("specks", laboratory::specks);
    panel.show("heating_time", batch::heatSeconds);
    panel.show("batch_time", batch::lastMinutes);
    panel.show("good_rate", laboratory::goodRate);
    panel.show("scrap_rate", laboratory::badRate);
    panel.show("good_count", () -> Math.floor(laboratory.goodKg()));
    panel.show("bad_count", () -> Math.floor(laboratory.badKg()));
    panel.show("batch", () -> (double) batch.count());
    panel.show("tests", () -> (double) laboratory.tests());
    panel.show("phase", () -> batch.phase().code());
    panel.show("product", () -> plc.product().code());
  }

  private void wireManners() {
    panel.show("heartbeat", () -> plc.station().watchdog().value());
    panel.take("heartbeat", plc.station()::beat);
    panel.flag("remote", () -> plc.station().remote());
    panel.flag("watchdog_ok", () -> plc.station().watchdog().alive());
    panel.flag("interlock", () -> plc.interlock());
    panel.flag("alarm", () -> plc.alarm());
    panel.flag("alarm.temperature", () -> plc.offTemperature());
    panel.flag("alarm.heating", () -> plc.slowHeating());
    panel.flag("alarm.feed", () -> plc.offFlow());
    panel.flag("alarm.strainer", () -> plc.strainer());
  }

  @Override
  public String name() {
    return "melting";
  }

  @Override
  public List<Signal> signals() {
    return panel.signals();
  }

  @Override
  public double read(Signal signal) {
    return panel.read(signal);
  }

  @Override
  public boolean write(Signal signal, double value) {
    return panel.write(signal, value);
  }

  @Override
  public void step(double seconds) {
    ticks.pass(seconds, this::tick);
  }

  private void tick() {
    double time = time();
    plc.scan(line.gauges(), line.faults().of(MeltingFault.RECIPE), time, TankLine.DT);
    operator.look(plc, laboratory, time, TankLine.DT);
    line.step(plc, time);
    laboratory.step(line, plc, time, TankLine.DT);
    steam.add(line.steamed());
    energy.add(line.electric() * TankLine.DT / 3600);
  }

  @Override
  public double time() {
    return ticks.time();
  }

  @Override
  public List<Fault> faults() {
    return line.faults().faults();
  }

  @Override
  public void start(Fault fault, double size) {
    line.faults().aim(fault, size);
  }

  @Override
  public void stop(Fault fault) {
    line.faults().aim(fault, 0);
  }

  @Override
  public List<Integer> products() {
    return IntStream.rangeClosed(1, Product.count()).boxed().toList();
  }

  @Override
  public void product(int code) {
    operator.load(code);
  }

  @Override
  public void shift(String name) {
    operator.relieve(Shift.of(name));
  }

  @Override
  public void remote(boolean remote) {
    operator.keyTurned(remote);
    if (remote) {
      plc.station().toRemote();
    } else {
      plc.station().toLocal();
    }
  }

  /** Electrical power of agitator, pump and panel, kW. */
  public double electricPower() {
    return line.electric();
  }

  /** Money per good kilogram of creamer over the last batches, won; what should be small. */
  public double objective() {
    return laboratory.objective();
  }

  @Override
  public Map<String, Double> truth() {
    Vessel vessel = line.vessel();
    Map<String, Double> truth = new LinkedHashMap<>();
    truth.put("objective", objective());
    truth.put("spent", laboratory.spent());
    truth.put("good_kg", laboratory.expectedGood());
    truth.put("good_share", laboratory.expectedShare());
    truth.put("temperature", vessel.temperature());
    truth.put("wall", line.shell().skin());
    truth.put("speed", line.agitator().speed());
    truth.put("weight", vessel.mass());
    truth.put("solids", 100 * vessel.solids());
    truth.put("viscosity_mpas", 1000 * vessel.viscosity());
    truth.put("moisture", laboratory.told().moisture());
    truth.put("lumps", 100 * vessel.lumps());
    truth.put("specks", vessel.specks());
    truth.put("steam_valve", 100 * line.shell().steamValve());
    return truth;
  }

  /** The tank, for tests of its physics. */
  TankLine line() {
    return line;
  }

  /** The PLC, for studies. */
  MeltingPlc plc() {
    return plc;
  }

  /** The laboratory, for studies. */
  Laboratory laboratory() {
    return laboratory;
  }
}
