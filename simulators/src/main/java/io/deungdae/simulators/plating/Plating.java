package io.deungdae.simulators.plating;

import io.deungdae.simulators.plant.Fault;
import io.deungdae.simulators.plant.Plant;
import io.deungdae.simulators.plant.Shift;
import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.plant.Staffed;
import io.deungdae.simulators.plant.Truthful;
import io.deungdae.simulators.plc.Station;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.DoublePredicate;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * A rack line that plates steel parts with zinc from an acid bath, with its PLC and its operator.
 *
 * <p>Steps of one second of plant time inside, whatever is asked for. All chance comes from the
 * seed. Used by one thread at a time.
 */
public final class Plating implements Plant, Truthful, Staffed {

  private static final List<Signal> SIGNALS = PlatingSignals.all();

  private final PlatingLine line;
  private final PlatingPlc plc;
  private final PlatingOperator operator;
  private final Map<String, DoubleSupplier> reads = new HashMap<>();
  private final Map<String, DoublePredicate> writes = new HashMap<>();
  private long ticks;
  private double owed;

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
    for (Signal signal : SIGNALS) {
      if (!reads.containsKey(signal.name())) {
        throw new IllegalStateException("nothing to read for " + signal.name());
      }
    }
  }

  private void wireHandles() {
    for (Handle handle : Handle.values()) {
      int slot = handle.slot();
      reads.put(handle.signal(), () -> plc.target(handle));
      writes.put(handle.signal(), value -> plc.station().write(slot, value));
    }
  }

  private void wireCurrent(Measured seen) {
    reads.put("Current", () -> seen.current);
    reads.put("Voltage", () -> seen.voltage);
    reads.put("ripple.pv", () -> seen.ripple);
    reads.put("density.pv", () -> seen.current * 10 / seen.area);
    reads.put("charge.pv", plc::passed);
  }

  private void wireBath(Measured seen) {
    reads.put("Temp", () -> seen.temperature);
    reads.put("temp.op", () -> 100 * plc.effort());
    reads.put("pH", () -> seen.ph);
    reads.put("ph.op", () -> 100 * plc.acid());
    reads.put("zinc.pv", () -> seen.zinc);
    reads.put("zinc.op", () -> 100 * plc.zinc());
    reads.put("brightener.op", () -> 3600 * plc.brightener());
    reads.put("level.pv", () -> seen.level);
    reads.put("flow.pv", () -> seen.flow);
    reads.put("filter.dp", () -> seen.pressure);
    reads.put("degreaser.pv", () -> seen.degreaser);
    reads.put("degreaser.op", () -> 100 * plc.degreaser());
    reads.put("rinse.pv", () -> seen.rinse);
  }

  private void wireLaboratory(Laboratory laboratory) {
    reads.put("lab.thickness", laboratory::thickness);
    reads.put("lab.thickness_min", laboratory::leastThickness);
    reads.put("lab.adhesion", laboratory::adhesion);
    reads.put("lab.gloss", laboratory::gloss);
    reads.put("lab.iron", line::iron);
    reads.put("lab.lot", laboratory::lot);
  }

  private void wireProduction(Laboratory laboratory) {
    reads.put("throughput", () -> line.throughput(time()));
    reads.put("good_rate", () -> line.throughput(time()) * (1 - laboratory.scrapShare()));
    reads.put("scrap_rate", () -> line.throughput(time()) * laboratory.scrapShare());
    reads.put("power", line::power);
    reads.put("energy", () -> Math.floor(line.energy()));
    reads.put("charge_total", () -> Math.floor(plc.charge()));
    reads.put("good_count", laboratory::good);
    reads.put("bad_count", laboratory::bad);
    reads.put("lot_count", plc::lots);
    reads.put("Lot", line::lot);
    reads.put("product", line::product);
  }

  private void wireManners(Station station) {
    reads.put("heartbeat", station.watchdog()::value);
    writes.put("heartbeat", station::beat);
    flag("rack", () -> line.seen().rack);
    flag("remote", station::remote);
    flag("watchdog_ok", station.watchdog()::alive);
    flag("interlock", plc::tripped);
  }

  private void wireAlarms() {
    flag("alarm", plc::alarm);
    flag("alarm.temp", plc::temperatureAlarm);
    flag("alarm.ph", plc::phAlarm);
    flag("alarm.current", plc::currentAlarm);
    flag("alarm.voltage", plc::voltageAlarm);
    flag("alarm.ripple", plc::rippleAlarm);
    flag("alarm.filter", plc::filterAlarm);
    flag("alarm.zinc", plc::zincAlarm);
    flag("alarm.degreaser", plc::degreaserAlarm);
    flag("alarm.level", plc::levelAlarm);
    flag("alarm.rinse", plc::rinseAlarm);
  }

  private void flag(String name, BooleanSupplier flag) {
    reads.put(name, () -> flag.getAsBoolean() ? 1 : 0);
  }

  @Override
  public String name() {
    return "plating";
  }

  @Override
  public List<Signal> signals() {
    return SIGNALS;
  }

  @Override
  public double read(Signal signal) {
    DoubleSupplier supplier = reads.get(signal.name());
    if (supplier == null) {
      throw new IllegalArgumentException("no signal " + signal.name());
    }
    return supplier.getAsDouble();
  }

  @Override
  public boolean write(Signal signal, double value) {
    DoublePredicate write = writes.get(signal.name());
    return write != null && Double.isFinite(value) && write.test(value);
  }

  @Override
  public void step(double seconds) {
    owed += seconds;
    while (owed >= PlatingLine.DT) {
      owed -= PlatingLine.DT;
      tick();
    }
  }

  private void tick() {
    ticks++;
    double time = time();
    plc.scan(line.seen(), time, PlatingLine.DT);
    operator.look(plc, line, time, PlatingLine.DT);
    line.step(plc, operator.product(), time);
  }

  @Override
  public double time() {
    return ticks * PlatingLine.DT;
  }

  @Override
  public List<Fault> faults() {
    List<Fault> all = new ArrayList<>();
    for (PlatingFault fault : PlatingFault.values()) {
      all.add(fault.fault());
    }
    return all;
  }

  @Override
  public void start(Fault fault, double size) {
    if (!(size >= 0 && size <= 1)) {
      throw new IllegalArgumentException("size must be from 0 to 1, found " + size);
    }
    line.faults().aim(find(fault), size);
  }

  @Override
  public void stop(Fault fault) {
    line.faults().aim(find(fault), 0);
  }

  private static PlatingFault find(Fault fault) {
    for (PlatingFault known : PlatingFault.values()) {
      if (known.fault().id().equals(fault.id())) {
        return known;
      }
    }
    throw new IllegalArgumentException("no fault " + fault.id());
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
