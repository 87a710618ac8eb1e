package io.deungdae.simulators.plating;

import io.deungdae.simulators.plant.Fault;
import io.deungdae.simulators.plant.Panel;
import io.deungdae.simulators.plant.Plant;
import io.deungdae.simulators.plant.Shift;
import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.plant.Staffed;
import io.deungdae.simulators.plant.Ticks;
import io.deungdae.simulators.plant.Truthful;
import io.deungdae.simulators.plc.Station;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A rack line that plates steel parts with zinc from an acid bath, with its PLC and its operator.
 *
 * <p>Steps of one second of plant time inside, whatever is asked for. All chance comes from the
 * seed. Used by one thread at a time.
 */
public final class Plating implements Plant, Truthful, Staffed {

  private final PlatingLine line;
  private final PlatingPlc plc;
  private final PlatingOperator operator;
  private final Panel panel = new Panel(PlatingSignals.all());
  private final Ticks ticks = new Ticks(PlatingLine.DT);

  /** A warm line under its standing recipe. */
  public Plating(PlatingSettings settings) {
    SplittableRandom random = new SplittableRandom(settings.seed());
    line = new PlatingLine(random.split(), settings.noise());
    plc = new PlatingPlc(settings.watchdog());
    operator = new PlatingOperator(settings, random.split());
    wireHandles();
    wireCurrent(line.seen());
    wireBath(line.seen());
    wireLaboratory(line.laboratory());
    wireProduction(line.laboratory());
    wireManners(plc.station());
    wireAlarms();
    panel.complete();
  }

  private void wireHandles() {
    for (PlatingHandle handle : PlatingHandle.values()) {
      int slot = handle.slot();
      panel.show(handle.signal(), () -> plc.target(handle));
      panel.take(handle.signal(), value -> plc.station().write(slot, value));
    }
  }

  private void wireCurrent(Measured seen) {
    panel.show("Current", () -> seen.current);
    panel.show("Voltage", () -> seen.voltage);
    panel.show("ripple.pv", () -> seen.ripple);
    panel.show("density.pv", () -> seen.current * 10 / seen.area);
    panel.show("charge.pv", plc::passed);
  }

  private void wireBath(Measured seen) {
    panel.show("Temp", () -> seen.temperature);
    panel.show("temp.op", () -> 100 * plc.effort());
    panel.show("pH", () -> seen.ph);
    panel.show("ph.op", () -> 100 * plc.acid());
    panel.show("zinc.pv", () -> seen.zinc);
    panel.show("zinc.op", () -> 100 * plc.zinc());
    panel.show("brightener.op", () -> 3600 * plc.brightener());
    panel.show("level.pv", () -> seen.level);
    panel.show("flow.pv", () -> seen.flow);
    panel.show("filter.dp", () -> seen.pressure);
    panel.show("degreaser.pv", () -> seen.degreaser);
    panel.show("degreaser.op", () -> 100 * plc.degreaser());
    panel.show("rinse.pv", () -> seen.rinse);
  }

  private void wireLaboratory(Laboratory laboratory) {
    panel.show("lab.thickness", laboratory::thickness);
    panel.show("lab.thickness_min", laboratory::leastThickness);
    panel.show("lab.adhesion", laboratory::adhesion);
    panel.show("lab.gloss", laboratory::gloss);
    panel.show("lab.iron", line::iron);
    panel.show("lab.lot", laboratory::lot);
  }

  private void wireProduction(Laboratory laboratory) {
    panel.show("throughput", () -> line.throughput(time()));
    panel.show("good_rate", () -> line.throughput(time()) * (1 - laboratory.scrapShare()));
    panel.show("scrap_rate", () -> line.throughput(time()) * laboratory.scrapShare());
    panel.show("power", line::power);
    panel.show("energy", () -> Math.floor(line.energy()));
    panel.show("charge_total", () -> Math.floor(plc.charge()));
    panel.show("good_count", laboratory::good);
    panel.show("bad_count", laboratory::bad);
    panel.show("lot_count", plc::lots);
    panel.show("Lot", line::lot);
    panel.show("product", line::product);
  }

  private void wireManners(Station station) {
    panel.show("heartbeat", station.watchdog()::value);
    panel.take("heartbeat", station::beat);
    panel.flag("rack", () -> line.seen().rack);
    panel.flag("remote", station::remote);
    panel.flag("watchdog_ok", station.watchdog()::alive);
    panel.flag("interlock", plc::tripped);
  }

  private void wireAlarms() {
    panel.flag("alarm", plc::alarm);
    panel.flag("alarm.temp", plc::temperatureAlarm);
    panel.flag("alarm.ph", plc::phAlarm);
    panel.flag("alarm.current", plc::currentAlarm);
    panel.flag("alarm.voltage", plc::voltageAlarm);
    panel.flag("alarm.ripple", plc::rippleAlarm);
    panel.flag("alarm.filter", plc::filterAlarm);
    panel.flag("alarm.zinc", plc::zincAlarm);
    panel.flag("alarm.degreaser", plc::degreaserAlarm);
    panel.flag("alarm.level", plc::levelAlarm);
    panel.flag("alarm.rinse", plc::rinseAlarm);
  }

  @Override
  public String name() {
    return "plating";
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
    plc.scan(line.seen(), time, PlatingLine.DT);
    operator.look(plc, line, time, PlatingLine.DT);
    line.step(plc, operator.product(), time);
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

  /** {@inheritDoc} REMOTE is refused while an interlock stands. */
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
    return line.power();
  }

  /** Money per good part at present, won; what the line should make small. */
  public double objective() {
    return line.objective(time());
  }

  @Override
  public Map<String, Double> truth() {
    Map<String, Double> truth = new LinkedHashMap<>();
    Bath bath = line.bath();
    truth.put("objective", objective());
    truth.put("materials_won_per_h", line.spending());
    truth.put("power_kw", line.power());
    truth.put("throughput", line.throughput(time()));
    truth.put("scrap_share", line.laboratory().trueScrap());
    truth.put("temperature", bath.temperature());
    truth.put("ph", bath.ph());
    truth.put("zinc", bath.zinc());
    truth.put("brightener", bath.brightener());
    truth.put("iron", bath.iron());
    truth.put("particles", line.filter().particles());
    truth.put("volume", bath.volume());
    truth.put("hydrogen_share", line.hydrogenShare());
    truth.put("thickness", line.laboratory().quality().meanThickness());
    truth.put("thickness_min", line.laboratory().quality().leastThickness());
    truth.put("adhesion", line.laboratory().quality().adhesion());
    truth.put("gloss", line.laboratory().quality().gloss());
    return truth;
  }

  /** The line, for tests of its physics. */
  PlatingLine line() {
    return line;
  }

  /** Asks for this product from the first rack on; for studies. */
  void ask(int product) {
    operator.ask(product);
    line.hoist().set(product);
  }

  /** The PLC, for studies. */
  PlatingPlc plc() {
    return plc;
  }
}
