package io.deungdae.simulators.moulding;

import io.deungdae.simulators.plant.Cycle;
import io.deungdae.simulators.plant.Cyclic;
import io.deungdae.simulators.plant.Fault;
import io.deungdae.simulators.plant.Panel;
import io.deungdae.simulators.plant.Plant;
import io.deungdae.simulators.plant.Severity;
import io.deungdae.simulators.plant.Shift;
import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.plant.Staffed;
import io.deungdae.simulators.plant.Ticks;
import io.deungdae.simulators.plant.Truthful;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * An injection moulding machine of 150 t with a strip mould, run in ABS. Barrel and mould are
 * balanced in steps of half a second, shots are made one by one (see {@link ShotModel}).
 *
 * <p>What it costs: {@code (power x 150 KRW/kWh + scrap_rate x 400 KRW + 20000 KRW/h) / good_rate}.
 * A shorter cycle makes parts cheaper until they leave the mould too hot; a colder mould costs
 * chilling and surface; more hold pressure cures sink marks until the mould opens.
 */
public final class Moulding implements Plant, Truthful, Staffed, Cyclic {

  /** Watchdog time-out in plant time that is 5 s by the wall at sixty times real time. */
  public static final double WATCHDOG = 300;

  /** Length of a step, s. */
  static final double STEP = 0.5;

  /** The rates are over so many shots: about 25 minutes. */
  private static final int RATE_SHOTS = 100;

  /** The cushion's spread is over so many shots. */
  private static final int SPREAD_SHOTS = 40;

  /** Spread of the fill time: the screw's speed is controlled to half a per cent. */
  private static final double FILL_ERROR = 0.005;

  /** Averaging time of the power meter, s. */
  private static final double METER = 30;

  /** Hydraulic pump, controller, fans: W. */
  private static final double IDLE = 2100;

  /** Heat from the melt in ordinary running, W. */
  private static final double USUAL_HEAT = 1900;

  private static final double TOO_HOT = 285;
  private static final double TOO_COLD = 170;
  private static final double MOULD_TOO_HOT = 100;

  private final Plc plc;
  private final Operator operator;
  private final ShotModel model;
  private final Severity<Cause> severity = new Severity<>(Cause.values());
  private final Barrel barrel;
  private final Mould mould;
  private final Tally tally = new Tally(RATE_SHOTS);
  private final LastValues cushions = new LastValues(SPREAD_SHOTS);
  private final LateGauge laboratory;
  private final SplittableRandom sensors;
  private final SplittableRandom inspection;
  private final SplittableRandom gauges;
  private final SplittableRandom eyes;
  private final Balance balance = new Balance();
  private final List<Consumer<Cycle>> listeners = new ArrayList<>();
  private final double[] noise = new double[Barrel.ZONES + 1];
  private final double[] zoneSetpoints = new double[Barrel.ZONES];
  private final Panel panel = new Panel(MouldingSignals.all());
  private final Ticks ticks = new Ticks(STEP);

  private double ambient = Double.NaN;
  private double sinceShot;
  private Shot shot;
  private long shots;
  private double shownFill;
  private double expectedBad;
  private double work;
  private double power;
  private double restart;

  /** A warm machine with its people in LOCAL, with the usual watchdog. */
  public Moulding(long seed) {
    this(MouldingSettings.staffed(seed, WATCHDOG));
  }

  /** A warm machine in LOCAL. */
  public Moulding(MouldingSettings settings) {
    SplittableRandom root = new SplittableRandom(settings.seed());
    model = new ShotModel(root.split());
    SplittableRandom people = root.split();
    sensors = root.split();
    inspection = root.split();
    laboratory = new LateGauge(root.split());
    gauges = root.split();
    eyes = root.split();
    operator = new Operator(settings, people, root.split());
    plc = new Plc(settings.watchdog());
    readZoneSetpoints();
    barrel = new Barrel(zoneSetpoints);
    mould = new Mould(plc.active(Knob.MOLD));
    shot = model.make(conditions(USUAL_HEAT), 1);
    shownFill = shot.fillTime();
    power = 10_000;
    wire();
  }

  @Override
  public String name() {
    return "moulding";
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
    ticks.pass(seconds, this::advance);
  }

  @Override
  public double time() {
    return ticks.time();
  }

  @Override
  public List<Fault> faults() {
    return severity.faults();
  }

  @Override
  public void start(Fault fault, double size) {
    severity.aim(fault, size);
  }

  @Override
  public void stop(Fault fault) {
    severity.aim(fault, 0);
  }

  /** {@inheritDoc} True also needs a heartbeat; false stays LOCAL until true is asked for. */
  @Override
  public void remote(boolean remote) {
    operator.willing(remote);
    plc.turn(remote);
  }

  @Override
  public List<Integer> products() {
    return Arrays.stream(Product.values()).map(Product::code).toList();
  }

  @Override
  public void product(int code) {
    for (Product product : Product.values()) {
      if (product.code() == code) {
        operator.load(plc, product);
      }
    }
  }

  @Override
  public void shift(String name) {
    operator.relieve(Shift.of(name));
  }

  @Override
  public void listen(Consumer<Cycle> listener) {
    listeners.add(listener);
  }

  /** Sets the temperature of the hall, °C; without it the hall follows a day of its own. */
  public void ambient(double celsius) {
    ambient = celsius;
  }

  /** Electric energy of the last parts, kWh per part, at the present power and cycle. */
  public double energyPerPart() {
    return power / 1000 * shot.cycleTime() / 3600;
  }

  /**
   * {@inheritDoc} {@code objective} is the money per good part at the present conditions, KRW;
   * scrap is the expected share of the last shot, not what was counted.
   */
  @Override
  public Map<String, Double> truth() {
    double bad = shot.chances().bad();
    double partsPerHour = 3600 / shot.cycleTime();
    Map<String, Double> truth = new LinkedHashMap<>();
    truth.put("objective", cost(partsPerHour * (1 - bad), partsPerHour * bad));
    truth.put("expected_scrap", bad);
    truth.put("power_kw", power / 1000);
    truth.put("energy_kwh", energy());
    truth.put("kwh_per_part", energyPerPart());
    shot.chances().byName().forEach((name, chance) -> truth.put("chance_" + name, chance));
    truth.put("melt", barrel.melt());
    truth.put("hottest_zone", barrel.hottest());
    truth.put("coldest_zone", barrel.coldest());
    truth.put("cavity_face", shot.face());
    truth.put("ejection", shot.ejection());
    truth.put("shrinkage", shot.shrinkage());
    truth.putAll(balance.terms());
    return truth;
  }

  /** KRW per good part, from parts per hour. */
  private double cost(double good, double bad) {
    return (power / 1000 * 150 + bad * 400 + 20_000) / Math.max(1e-9, good);
  }

  /** Bad parts that were to be expected since the start; the counted ones scatter about it. */
  double expectedBad() {
    return expectedBad;
  }

  /** Electric energy used since the start, kWh. */
  double energy() {
    return work / 3.6e6;
  }

  /** What went in and where it went, since the start. */
  Balance balance() {
    return balance;
  }

  /** Heat kept in barrel and mould, J. */
  double stored() {
    return barrel.stored() + mould.stored();
  }

  /** The last shot. */
  Shot shot() {
    return shot;
  }

  /** Sets a setpoint at the panel. */
  void place(Knob knob, double value) {
    plc.place(knob, value);
  }

  // ---- one step

  private void advance() {
    severity.step(STEP);
    operator.step(plc, STEP);
    plc.scan(time(), STEP);
    watchInterlock();
    boolean running = !plc.interlocked();
    readZoneSetpoints();
    double flow = running ? shot.drawn() * 1e-3 / shot.cycleTime() : 0;
    double heat = running ? shot.heat() / shot.cycleTime() : 0;
    double hall = hall();
    double shear = running ? ShotModel.shear(barrel.melt(), plc.active(Knob.BACK_PRESSURE)) : 0;
    barrel.step(
        STEP,
        zoneSetpoints,
        hall,
        flow,
        shear,
        1 - 0.85 * severity.of(Cause.HEATER_Z2_DEGRADED),
        -24 * severity.of(Cause.THERMOCOUPLE_Z3_DRIFT));
    double fouling = 0.62 * severity.of(Cause.COOLING_CHANNEL_FOULED);
    mould.step(STEP, plc.active(Knob.MOLD), hall, heat, fouling);
    balance.step(barrel, mould, flow, shear, STEP);
    if (running) {
      sinceShot += STEP;
      finishShots();
    }
    meter(running);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = 0.07 * sensors.nextGaussian();
    }
  }

  private void readZoneSetpoints() {
    zoneSetpoints[0] = plc.active(Knob.BARREL_1);
    zoneSetpoints[1] = plc.active(Knob.BARREL_2);
    zoneSetpoints[2] = plc.active(Knob.BARREL_3);
    zoneSetpoints[3] = plc.active(Knob.BARREL_4);
  }

  private void finishShots() {
    while (sinceShot >= shot.cycleTime()) {
      sinceShot -= shot.cycleTime();
      boolean good = inspection.nextDouble() >= shot.chances().bad();
      expectedBad += shot.chances().bad();
      tally.add(good, shot.cycleTime());
      operator.look(plc, shot, good, shot.chances().flaw(good ? 0 : eyes.nextDouble()));
      balance.add(shot, good, barrel.melt());
      shots++;
      tell(good);
      cushions.add(shot.cushion());
      laboratory.take(shot, time());
      double heat = shot.heat() / shot.cycleTime();
      double unevenness = barrel.unevenness(zoneSetpoints);
      shot = model.make(conditions(heat), ShotModel.spread(backPressure(), unevenness));
      shownFill = shot.fillTime() * (1 + FILL_ERROR * gauges.nextGaussian());
    }
  }

  private void tell(boolean good) {
    if (listeners.isEmpty()) {
      return;
    }
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("fill.time", shownFill);
    values.put("injection.peak_pressure", shot.peakPressure());
    values.put("cushion", shot.cushion());
    values.put("plasticizing.time", shot.plasticizingTime());
    values.put("vp.position", shot.switchPosition());
    values.put("part.weight", shot.weight());
    values.put("dose.sp", plc.active(Knob.DOSE));
    values.put("mold.pv", mould.measured());
    for (int i = 0; i < Barrel.ZONES; i++) {
      values.put("barrel.z" + (i + 1) + ".pv", barrel.measured(i));
    }
    Cycle cycle =
        new Cycle(
            shots,
            plc.product().code(),
            good,
            tally.goods(),
            tally.bads(),
            shot.cycleTime(),
            values);
    listeners.forEach(listener -> listener.accept(cycle));
  }

  private double backPressure() {
    return plc.active(Knob.BACK_PRESSURE);
  }

  private Conditions conditions(double heat) {
    double hotSpot = 9 * severity.of(Cause.COOLING_CHANNEL_FOULED);
    return new Conditions(
        plc.product(),
        barrel.melt(),
        barrel.hottest(),
        barrel.coldest(),
        mould.face(heat, hotSpot),
        plc.active(Knob.SPEED),
        plc.active(Knob.HOLD_PRESSURE),
        plc.active(Knob.HOLD_TIME),
        plc.active(Knob.COOLING_TIME),
        backPressure(),
        plc.active(Knob.DOSE),
        plc.active(Knob.SWITCH_OVER),
        severity);
  }

  private double hall() {
    if (Double.isFinite(ambient)) {
      return ambient;
    }
    return 24 + 4 * Math.sin(2 * Math.PI * (time() / 86_400 - 0.35));
  }

  private void meter(boolean running) {
    double drive = running ? shot.work() / shot.cycleTime() : 0;
    double leaking = 2600 * severity.of(Cause.HYDRAULIC_LEAK);
    double now = IDLE + leaking + drive + barrel.heaters() + mould.power();
    work += now * STEP;
    power += (now - power) * STEP / METER;
  }

  /** Trips on a zone far too hot or cold or a mould too hot; people restart it after 5 minutes. */
  private void watchInterlock() {
    boolean bad =
        barrel.hottest() > TOO_HOT
            || barrel.coldest() < TOO_COLD
            || mould.measured() > MOULD_TOO_HOT;
    restart = bad ? 300 : Math.max(0, restart - STEP);
    plc.interlock(restart > 0);
  }

  private boolean alarm() {
    return plc.interlocked() || offBarrel() || offMould() || noCushion() || fullPressure();
  }

  private boolean offBarrel() {
    for (int i = 0; i < Barrel.ZONES; i++) {
      if (Math.abs(barrel.measured(i) - zoneSetpoints[i]) > 10) {
        return true;
      }
    }
    return false;
  }

  private boolean offMould() {
    return Math.abs(mould.measured() - plc.active(Knob.MOLD)) > 8;
  }

  private boolean noCushion() {
    return shot.cushion() < 1.0;
  }

  private boolean fullPressure() {
    return shot.peakPressure() > 138;
  }

  // ---- what can be read

  private void wire() {
    for (int i = 0; i < Barrel.ZONES; i++) {
      int zone = i;
      panel.show(
          "barrel.z" + (i + 1) + ".pv", () -> rounded(barrel.measured(zone) + noise[zone], 10));
    }
    for (Knob knob : Knob.values()) {
      panel.show(knob.signal(), () -> plc.target(knob));
      panel.take(knob.signal(), value -> plc.station().write(knob.slot(), value));
    }
    panel.show("mold.pv", () -> rounded(mould.measured() + noise[Barrel.ZONES], 10));
    panel.show("injection.peak_pressure", () -> rounded(shot.peakPressure(), 10));
    panel.show("cycle.time", () -> rounded(shot.cycleTime(), 100));
    panel.show("cushion", () -> rounded(shot.cushion(), 100));
    panel.show("plasticizing.time", () -> rounded(shot.plasticizingTime(), 100));
    panel.show("vp.position", () -> rounded(shot.switchPosition(), 100));
    panel.show("part.weight", () -> rounded(shot.weight(), 100));
    panel.show("shot", () -> shots);
    panel.show("good_count", tally::goods);
    panel.show("bad_count", tally::bads);
    panel.show("good_rate", tally::goodRate);
    panel.show("scrap_rate", tally::scrapRate);
    panel.show("power", () -> rounded(power / 1000, 1000));
    panel.flag("remote", () -> plc.station().remote());
    panel.show(MouldingSignals.HEARTBEAT, plc.station().watchdog()::value);
    panel.take(MouldingSignals.HEARTBEAT, plc.station()::beat);
    panel.flag("watchdog_ok", () -> plc.station().watchdog().alive());
    panel.flag("interlock", () -> plc.interlocked());
    panel.flag("alarm", this::alarm);
    panel.show("product", () -> plc.product().code());
    wireMore();
  }

  private void wireMore() {
    for (int i = 0; i < Barrel.ZONES; i++) {
      int zone = i;
      panel.show("barrel.z" + (i + 1) + ".op", () -> rounded(100 * barrel.duty(zone), 10));
    }
    panel.show("mold.water.pv", () -> rounded(mould.water(), 10));
    panel.show("fill.time", () -> rounded(shownFill, 1000));
    panel.show("cushion.spread", () -> rounded(cushions.spread(), 1000));
    panel.show("energy", () -> Math.floor(energy()));
    panel.show("lab.length", () -> rounded(laboratory.length(), 100));
    panel.show("lab.number", laboratory::number);
    panel.flag("alarm.barrel", this::offBarrel);
    panel.flag("alarm.mold", this::offMould);
    panel.flag("alarm.cushion", this::noCushion);
    panel.flag("alarm.pressure", this::fullPressure);
    panel.complete();
  }

  private static double rounded(double value, double parts) {
    return Math.rint(value * parts) / parts;
  }
}
