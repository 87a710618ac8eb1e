package io.deungdae.simulators.furnace;

import io.deungdae.simulators.plant.Fault;
import io.deungdae.simulators.plant.Panel;
import io.deungdae.simulators.plant.Plant;
import io.deungdae.simulators.plant.Shift;
import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.plant.Staffed;
import io.deungdae.simulators.plant.Ticks;
import io.deungdae.simulators.plant.Truthful;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A continuous quench furnace line with its PLC and its operator.
 *
 * <p>Steps of one second of plant time inside, whatever is asked for. All chance comes from the
 * seed. Used by one thread at a time.
 */
public final class QuenchFurnace implements Plant, Truthful, Staffed {

  private final FurnaceLine line;
  private final FurnacePlc plc;
  private final FurnaceOperator operator;
  private final Panel panel = new Panel(FurnaceSignals.all());
  private final Ticks ticks = new Ticks(FurnaceLine.DT);

  /** A warm line under its standing recipe. */
  public QuenchFurnace(FurnaceSettings settings) {
    SplittableRandom random = new SplittableRandom(settings.seed());
    line = new FurnaceLine(random.split(), settings.noise());
    plc = new FurnacePlc(settings.watchdog(), FurnaceHandle.standing());
    operator = new FurnaceOperator(settings, random.split());
    wireLoops();
    wireQuality();
    wireManners();
    panel.complete();
  }

  private void wireLoops() {
    for (int i = 0; i < FurnaceHandle.ZONES; i++) {
      int zone = i;
      panel.show("zone" + (i + 1) + ".pv", () -> line.measured().zone(zone));
      panel.show("zone" + (i + 1) + ".op", () -> 100 * plc.duty()[zone]);
    }
    for (FurnaceHandle handle : FurnaceHandle.values()) {
      panel.show(handle.signal(), () -> plc.target(handle));
      panel.take(handle.signal(), value -> plc.station().write(handle.slot(), value));
    }
    panel.show("cp.pv", () -> line.measured().cp());
    panel.show("cp.op", () -> 100 * plc.valve());
    panel.show("belt.pv", () -> line.measured().belt());
    panel.show("salt.pv", () -> line.measured().salt());
    panel.show("salt.op", () -> 100 * plc.effort());
    panel.show("dryer.pv", line::dryer);
    panel.show("washer.pv", line::washer);
  }

  private void wireQuality() {
    Inspection inspection = line.inspection();
    panel.show("hardness", inspection::hardness);
    panel.show("distortion", inspection::distortion);
    panel.show("throughput", inspection::throughput);
    panel.show("good_rate", inspection::goodRate);
    panel.show("scrap_rate", inspection::scrapRate);
    panel.show("good_count", () -> (double) inspection.good());
    panel.show("bad_count", () -> (double) inspection.bad());
  }

  private void wireManners() {
    panel.show("product", operator::product);
    panel.show("heartbeat", plc.station().watchdog()::value);
    panel.take("heartbeat", plc.station()::beat);
    panel.flag("remote", () -> plc.station().remote());
    panel.flag("watchdog_ok", () -> plc.station().watchdog().alive());
    panel.flag("interlock", () -> plc.interlock());
    panel.flag("alarm", () -> plc.alarm());
  }

  @Override
  public String name() {
    return "furnace";
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
    plc.scan(line.measured(), time, FurnaceLine.DT);
    operator.look(plc, line.measured(), time, FurnaceLine.DT);
    operator.inspect(plc, line.inspection(), time);
    line.step(plc, Product.of(operator.product()), time);
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

  /** Electrical power of the line, kW. */
  public double electricPower() {
    return line.electric();
  }

  /** Gas that the line burns, kW of heat. */
  public double gasPower() {
    return line.gas(Product.of(operator.product()));
  }

  /** Air in the hall, °C. */
  public double ambientTemperature() {
    return line.ambient().temperature();
  }

  /** Air in the hall, relative humidity, %. */
  public double ambientHumidity() {
    return line.ambient().humidity();
  }

  /** Money per good part at present, won; what the line should make small. */
  public double objective() {
    Inspection inspection = line.inspection();
    return Economy.perGoodPart(
        electricPower(), gasPower(), inspection.scrapRate(), inspection.goodRate());
  }

  @Override
  public Map<String, Double> truth() {
    Map<String, Double> truth = new LinkedHashMap<>();
    truth.put("objective", objective());
    truth.put("electric_kw", electricPower());
    truth.put("gas_kw", gasPower());
    truth.put("good_rate", line.inspection().goodRate());
    truth.put("scrap_rate", line.inspection().scrapRate());
    for (int i = 0; i < FurnaceHandle.ZONES; i++) {
      truth.put("zone" + (i + 1), line.chamber().temperature(i));
    }
    truth.put("cp", line.atmosphere().potential());
    truth.put("belt", line.speed());
    truth.put("salt", line.bath().temperature());
    truth.put("load_exit", line.belt().exitTemperature());
    return truth;
  }

  /** The line, for tests of its physics. */
  FurnaceLine line() {
    return line;
  }

  /** The PLC, for studies. */
  FurnacePlc plc() {
    return plc;
  }
}
