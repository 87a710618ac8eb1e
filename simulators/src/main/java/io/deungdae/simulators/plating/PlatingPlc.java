package io.deungdae.simulators.plating;

import io.deungdae.simulators.plc.Alarm;
import io.deungdae.simulators.plc.Counter;
import io.deungdae.simulators.plc.Interlock;
import io.deungdae.simulators.plc.Pid;
import io.deungdae.simulators.plc.Recipe;
import io.deungdae.simulators.plc.Station;

/**
 * The line's PLC: station, loops, lot program, interlocks, alarms, totals.
 *
 * <p>Current flows only with a rack in the bath and no interlock tripped; it ramps to density ×
 * area of the recipe, and the lot ends when the ampere-hour meter has charge × recipe. Level below
 * 80 %, filter flow below 1.2 m³/h and bath above 45 °C (a limiter of its own) trip: no current,
 * LOCAL, standing recipe, until the cause is gone and a person resets it.
 */
final class PlatingPlc {

  /** Setpoint of the degreaser, °C. */
  static final double DEGREASER = 60;

  private static final double LEVEL_TRIP = 80;
  private static final double FLOW_TRIP = 1.2;
  private static final double HEAT_TRIP = 45;
  private static final double SOFT_START = 0.4;
  private static final double MAKE_UP_ON = 99.2;
  private static final double MAKE_UP_OFF = 99.8;
  private static final double SHORT = 0.05;

  private final Station station;
  private final Pid heat = new Pid(0.9, 1500, 0, -1, 1, 0.02);
  private final Pid acid = new Pid(9, 2400, 0, 0, 1, 0.02);
  private final Pid dosing = new Pid(0.2, 36_000, 0, 0, 1, 0.01);
  private final Pid degreaser = new Pid(0.25, 1200, 0, 0, 1, 0.05);
  private final Interlock level = new Interlock(10);
  private final Interlock flow = new Interlock(20);
  private final Interlock hot = new Interlock(2);
  private final Alarm temperatureAlarm = Alarm.beyond(2.5, 0.5, 600, 60);
  private final Alarm phAlarm = Alarm.beyond(0.2, 0.05, 900, 60);
  private final Alarm currentAlarm = Alarm.above(SHORT, 0.02, 20, 120);
  private final Alarm voltageAlarm = Alarm.above(4.75, 0.2, 30, 300);
  private final Alarm rippleAlarm = Alarm.above(10, 2, 60, 120);
  private final Alarm filterAlarm = Alarm.above(90, 8, 60, 60);
  private final Alarm zincAlarm = Alarm.beyond(6, 1.5, 1800, 60);
  private final Alarm degreaserAlarm = Alarm.below(54, 2, 300, 60);
  private final Alarm levelAlarm = Alarm.below(97, 1, 60, 60);
  private final Alarm rinseAlarm = Alarm.above(1100, 80, 600, 60);
  private final Counter charge = new Counter();
  private final Counter lots = new Counter();

  private double demand;
  private double passed;
  private boolean done;
  private boolean makeUp;
  private double brightener;

  PlatingPlc(double watchdog) {
    station = new Station(watchdog, PlatingHandle.values());
    heat.track(0.35);
    acid.track(0.1);
    dosing.track(0.1);
    degreaser.track(0.33);
  }

  /** One scan of {@code dt} seconds ending at plant time {@code now}. */
  void scan(Measured in, double now, double dt) {
    protect(in, dt);
    station.scan(now, dt, tripped());
    plate(in, dt);
    heat.step(-working(PlatingHandle.TEMPERATURE), -in.temperature, dt);
    // Acid lowers pH, so its loop works on the negative.
    acid.step(-working(PlatingHandle.PH), -in.ph, dt);
    dosing.step(working(PlatingHandle.ZINC), in.zinc, dt);
    degreaser.step(DEGREASER, in.degreaser, dt);
    brightener = working(PlatingHandle.BRIGHTENER) * in.current / 3600;
    makeUp = makeUp ? in.level < MAKE_UP_OFF : in.level < MAKE_UP_ON;
    supervise(in, dt);
  }

  private void protect(Measured in, double dt) {
    level.scan(in.level < LEVEL_TRIP, dt);
    flow.scan(in.flow < FLOW_TRIP, dt);
    hot.scan(in.hottest > HEAT_TRIP, dt);
  }

  private void plate(Measured in, double dt) {
    if (!in.rack) {
      demand = 0;
      passed = 0;
      done = false;
      return;
    }
    passed += in.current * dt / 3600;
    charge.add(in.current * dt / 3600);
    double whole = in.area * 100 * in.charge * working(PlatingHandle.CHARGE) / 100 / 1000;
    if (!done && passed >= whole) {
      done = true;
      lots.add(1);
    }
    double wanted = done || tripped() ? 0 : working(PlatingHandle.DENSITY) * in.area / 10;
    demand = Math.min(wanted, demand + SOFT_START * dt);
  }

  private void supervise(Measured in, double dt) {
    temperatureAlarm.scan(in.temperature - working(PlatingHandle.TEMPERATURE), dt);
    phAlarm.scan(in.ph - working(PlatingHandle.PH), dt);
    filterAlarm.scan(in.pressure, dt);
    zincAlarm.scan(in.zinc - working(PlatingHandle.ZINC), dt);
    degreaserAlarm.scan(in.degreaser, dt);
    levelAlarm.scan(in.level, dt);
    rinseAlarm.scan(in.rinse, dt);
    if (demand > 0) {
      currentAlarm.scan(1 - in.current / demand, dt);
      voltageAlarm.scan(in.voltage, dt);
      rippleAlarm.scan(in.ripple, dt);
    }
  }

  /** Resets what has tripped and is clear again. */
  void reset() {
    level.reset();
    flow.reset();
    hot.reset();
  }

  /** Key, heartbeat, setpoints. */
  Station station() {
    return station;
  }

  /** The value at work. */
  double working(PlatingHandle handle) {
    return station.setpoint(handle.slot()).working();
  }

  /** Setpoint as last accepted, which is what reads back. */
  double target(PlatingHandle handle) {
    return station.setpoint(handle.slot()).target();
  }

  /** Puts the line to a recipe at once, without ramps. For studies. */
  void recipe(Recipe recipe) {
    station.jump(recipe);
  }

  /** Takes the temperature and pH loops over at outputs that hold a bath. For studies. */
  void settle(double effort, double acidDuty, double zincDuty) {
    heat.track(effort);
    acid.track(acidDuty);
    dosing.track(zincDuty);
  }

  boolean tripped() {
    return level.tripped() || flow.tripped() || hot.tripped();
  }

  /** Current that the rectifier is told, kA. */
  double demand() {
    return demand;
  }

  /** Charge of the present lot so far, kAh. */
  double passed() {
    return passed;
  }

  /** True when the rack may come out. */
  boolean done() {
    return done;
  }

  /** Bath, −1 heating to 1 cooling. */
  double effort() {
    return heat.output();
  }

  /** Acid pump, 0 to 1. */
  double acid() {
    return acid.output();
  }

  /** Zinc pump, 0 to 1. */
  double zinc() {
    return dosing.output();
  }

  /** Brightener pump, mL/s. */
  double brightener() {
    return brightener;
  }

  /** Heater of the degreaser, 0 to 1. */
  double degreaser() {
    return degreaser.output();
  }

  /** True while the bath is made up from the drag-out tank. */
  boolean makeUp() {
    return makeUp;
  }

  /** Charge since the start, kAh. */
  double charge() {
    return charge.exact();
  }

  /** Lots since the start. */
  long lots() {
    return lots.whole();
  }

  boolean temperatureAlarm() {
    return temperatureAlarm.active();
  }

  boolean phAlarm() {
    return phAlarm.active();
  }

  /** Current below what it was told. */
  boolean currentAlarm() {
    return currentAlarm.active();
  }

  boolean voltageAlarm() {
    return voltageAlarm.active();
  }

  boolean rippleAlarm() {
    return rippleAlarm.active();
  }

  boolean filterAlarm() {
    return filterAlarm.active();
  }

  boolean zincAlarm() {
    return zincAlarm.active();
  }

  boolean degreaserAlarm() {
    return degreaserAlarm.active();
  }

  boolean levelAlarm() {
    return levelAlarm.active();
  }

  boolean rinseAlarm() {
    return rinseAlarm.active();
  }

  /** True when any alarm stands or an interlock has tripped. */
  boolean alarm() {
    return tripped()
        || temperatureAlarm()
        || phAlarm()
        || currentAlarm()
        || voltageAlarm()
        || rippleAlarm()
        || filterAlarm()
        || zincAlarm()
        || degreaserAlarm()
        || levelAlarm()
        || rinseAlarm();
  }
}
