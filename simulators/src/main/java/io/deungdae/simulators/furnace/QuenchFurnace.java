package io.deungdae.simulators.furnace;

import io.deungdae.simulators.plant.Fault;
import io.deungdae.simulators.plant.Plant;
import io.deungdae.simulators.plant.Shift;
import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.plant.Staffed;
import io.deungdae.simulators.plant.Truthful;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoublePredicate;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * A continuous quench furnace line with its PLC and its operator.
 *
 * <p>Steps of one second of plant time inside, whatever is asked for. All chance comes from the
 * seed. Used by one thread at a time.
 */
public final class QuenchFurnace implements Plant, Truthful, Staffed {

  private static final List<Signal> SIGNALS = FurnaceSignals.all();

  private final FurnaceLine line;
  private final FurnacePlc plc;
  private final FurnaceOperator operator;
  private final Map<String, DoubleSupplier> reads = new HashMap<>();
  private final Map<String, DoublePredicate> writes = new HashMap<>();
  private long ticks;
  private double owed;

  /** A warm line under its standing recipe. */
  public QuenchFurnace(FurnaceSettings settings) {
    SplittableRandom random = new SplittableRandom(settings.seed());
    line = new FurnaceLine(random.split(), settings.noise());
    plc = new FurnacePlc(settings.watchdog(), Recipe.standing());
    operator = new FurnaceOperator(settings, random.split());
    wireLoops();
    wireQuality();
    wireManners();
    for (Signal signal : SIGNALS) {
      if (!reads.containsKey(signal.name())) {
        throw new IllegalStateException("nothing to read for " + signal.name());
      }
    }
  }

  private void wireLoops() {
    for (int i = 0; i < Handle.ZONES; i++) {
      int zone = i;
      reads.put("zone" + (i + 1) + ".pv", () -> line.measured().zone(zone));
      reads.put("zone" + (i + 1) + ".op", () -> 100 * plc.duty()[zone]);
    }
    for (Handle handle : Handle.values()) {
      reads.put(handle.signal(), () -> plc.target(handle));
      writes.put(handle.signal(), value -> plc.remoteSetpoint(handle, value));
    }
    reads.put("cp.pv", () -> line.measured().cp());
    reads.put("cp.op", () -> 100 * plc.valve());
    reads.put("belt.pv", () -> line.measured().belt());
    reads.put("salt.pv", () -> line.measured().salt());
    reads.put("salt.op", () -> 100 * plc.effort());
    reads.put("dryer.pv", line::dryer);
    reads.put("washer.pv", line::washer);
  }

  private void wireQuality() {
    Inspection inspection = line.inspection();
    reads.put("hardness", inspection::hardness);
    reads.put("distortion", inspection::distortion);
    reads.put("throughput", inspection::throughput);
    reads.put("good_rate", inspection::goodRate);
    reads.put("scrap_rate", inspection::scrapRate);
    reads.put("good_count", () -> (double) inspection.good());
    reads.put("bad_count", () -> (double) inspection.bad());
  }

  private void wireManners() {
    reads.put("product", operator::product);
    reads.put("heartbeat", plc::heartbeat);
    writes.put("heartbeat", plc::beat);
    reads.put("remote", () -> plc.remote() ? 1 : 0);
    reads.put("watchdog_ok", () -> plc.watchdogOk() ? 1 : 0);
    reads.put("interlock", () -> plc.interlock() ? 1 : 0);
    reads.put("alarm", () -> plc.alarm() ? 1 : 0);
  }

  @Override
  public String name() {
    return "furnace";
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
    while (owed >= FurnaceLine.DT) {
      owed -= FurnaceLine.DT;
      tick();
    }
  }

  private void tick() {
    ticks++;
    double time = time();
    plc.scan(line.measured(), time, FurnaceLine.DT);
    operator.look(plc, line.measured(), time, FurnaceLine.DT);
    line.step(plc, Product.of(operator.product()), time);
  }

  @Override
  public double time() {
    return ticks * FurnaceLine.DT;
  }

  @Override
  public List<Fault> faults() {
    List<Fault> all = new ArrayList<>();
    for (FurnaceFault fault : FurnaceFault.values()) {
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

  private static FurnaceFault find(Fault fault) {
    for (FurnaceFault known : FurnaceFault.values()) {
      if (known.fault().id().equals(fault.id())) {
        return known;
      }
    }
    throw new IllegalArgumentException("no fault " + fault.id());
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
      plc.remoteKey();
    } else {
      plc.local();
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
    for (int i = 0; i < Handle.ZONES; i++) {
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
