package io.deungdae.simulators.melting;

import io.deungdae.simulators.plant.Fault;
import io.deungdae.simulators.plant.Plant;
import io.deungdae.simulators.plant.Shift;
import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.plant.Staffed;
import io.deungdae.simulators.plant.Truthful;
import io.deungdae.simulators.plc.Counter;
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
 * A melting tank for creamer with its PLC, its laboratory and its operator.
 *
 * <p>Steps of one second of plant time inside, whatever is asked for. All chance comes from the
 * seed. Used by one thread at a time.
 */
public final class MeltingTank implements Plant, Truthful, Staffed {

  private static final List<Signal> SIGNALS = MeltingSignals.all();

  private final TankLine line;
  private final MeltingPlc plc;
  private final Laboratory laboratory;
  private final MeltingOperator operator;
  private final Counter steam = new Counter();
  private final Counter energy = new Counter();
  private final Map<String, DoubleSupplier> reads = new HashMap<>();
  private final Map<String, DoublePredicate> writes = new HashMap<>();
  private long ticks;
  private double owed;

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
    for (Signal signal : SIGNALS) {
      if (!reads.containsKey(signal.name())) {
        throw new IllegalStateException("nothing to read for " + signal.name());
      }
    }
  }

  private void wireTank() {
    Gauges gauges = line.gauges();
    reads.put("MELT_TEMP", gauges::melt);
    reads.put("MOTORSPEED", gauges::speed);
    reads.put("MELT_WEIGHT", gauges::weight);
    for (Handle handle : Handle.values()) {
      reads.put(handle.signal(), () -> plc.target(handle));
      writes.put(handle.signal(), value -> plc.station().write(handle.slot(), value));
    }
    reads.put("melt.sp", plc::wanted);
    reads.put("jacket.pv", gauges::jacket);
    reads.put("jacket.sp", plc::jacketWanted);
    reads.put("jacket.pressure", () -> line.shell().pressure());
    reads.put("steam.op", () -> 100 * Math.max(0, plc.effort()));
    reads.put("cooling.op", () -> 100 * Math.max(0, -plc.effort()));
    reads.put("steam.flow", () -> 3600 * line.shell().steam());
    reads.put("motor.power", () -> line.agitator().electric());
    reads.put("feed.pv", gauges::feed);
    reads.put("feed.op", () -> 100 * plc.pump());
    reads.put("strainer.dp", gauges::pressure);
    reads.put("power", line::electric);
    reads.put("steam_total", () -> (double) steam.whole());
    reads.put("energy_total", () -> (double) energy.whole());
  }

  private void wireQuality() {
    Batch batch = plc.batch();
    reads.put("INSP", laboratory::moisture);
    reads.put("TAG", () -> laboratory.ok() ? 1 : 0);
    reads.put("lumps", laboratory::lumps);
    reads.put("specks", laboratory::specks);
    reads.put("heating_time", batch::heatSeconds);
    reads.put("batch_time", batch::lastMinutes);
    reads.put("good_rate", laboratory::goodRate);
    reads.put("scrap_rate", laboratory::badRate);
    reads.put("good_count", () -> Math.floor(laboratory.goodKg()));
    reads.put("bad_count", () -> Math.floor(laboratory.badKg()));
    reads.put("batch", () -> (double) batch.count());
    reads.put("tests", () -> (double) laboratory.tests());
    reads.put("phase", () -> batch.phase().code());
    reads.put("product", () -> plc.product().code());
  }

  private void wireManners() {
    reads.put("heartbeat", () -> plc.station().watchdog().value());
    writes.put("heartbeat", plc.station()::beat);
    reads.put("remote", () -> plc.station().remote() ? 1 : 0);
    reads.put("watchdog_ok", () -> plc.station().watchdog().alive() ? 1 : 0);
    reads.put("interlock", () -> plc.interlock() ? 1 : 0);
    reads.put("alarm", () -> plc.alarm() ? 1 : 0);
    reads.put("alarm.temperature", () -> plc.offTemperature() ? 1 : 0);
    reads.put("alarm.heating", () -> plc.slowHeating() ? 1 : 0);
    reads.put("alarm.feed", () -> plc.offFlow() ? 1 : 0);
    reads.put("alarm.strainer", () -> plc.strainer() ? 1 : 0);
  }

  @Override
  public String name() {
    return "melting";
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
    while (owed >= TankLine.DT) {
      owed -= TankLine.DT;
      tick();
    }
  }

  private void tick() {
    ticks++;
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
    return ticks * TankLine.DT;
  }

  @Override
  public List<Fault> faults() {
    List<Fault> all = new ArrayList<>();
    for (MeltingFault fault : MeltingFault.values()) {
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

  private static MeltingFault find(Fault fault) {
    for (MeltingFault known : MeltingFault.values()) {
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
