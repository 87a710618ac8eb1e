package io.deungdae.simulators.melting;

import io.deungdae.simulators.plc.Alarm;
import io.deungdae.simulators.plc.Interlock;
import io.deungdae.simulators.plc.Pid;
import io.deungdae.simulators.plc.Recipe;
import io.deungdae.simulators.plc.Station;

/**
 * The tank's PLC: setpoints with key switch and watchdog, the batch program, three loops, an
 * interlock, alarms.
 *
 * <p>Temperature is a cascade: the outer loop asks for a jacket temperature, at most {@code
 * jacket_max.sp}; the inner one opens the steam valve or the cooling water. The outer loop's
 * integral sleeps while the error is above 4 °C, as batch units do. Flow to the dryer has a loop of
 * its own. A limiter with a well of its own above 92 °C trips the interlock: cooling water on,
 * program stopped, key to LOCAL, until somebody resets it. Steam stays off with less than 60 kg in
 * the tank.
 */
final class MeltingPlc {

  private static final double TRIP = 92;
  private static final double BATCH_BAND = 4;
  private static final double DRY = 60;
  private static final double COLDEST = 8;
  private static final double GAIN = 10;

  private final Station station;
  private final Batch batch = new Batch();
  private final Pid outer = new Pid(GAIN, 1500, 0, -60, 60, 60);
  private final Pid inner = new Pid(0.03, 30, 0, -1, 1, 0.25);
  private final Pid flow = new Pid(0.0006, 8, 0, 0, 1, 0.1);
  private final Interlock hot = new Interlock(2);
  private final Alarm offTemperature = Alarm.beyond(4, 1, 120, 30);
  private final Alarm slowHeating = Alarm.above(600, 0, 0, 0);
  private final Alarm offFlow = Alarm.beyond(80, 20, 120, 30);
  private final Alarm strainer = Alarm.above(45, 5, 30, 30);

  private final double[] working = new double[MeltingHandle.values().length];
  private Product product = Product.of(1);
  private double miskeyed;
  private double jacketWanted = 20;

  MeltingPlc(double watchdog) {
    station = new Station(watchdog, MeltingHandle.values());
  }

  /** One scan of {@code dt} seconds ending at plant time {@code time}. */
  void scan(Gauges in, double miskeyedWater, double time, double dt) {
    miskeyed = miskeyedWater;
    hot.scan(in.limiter() > TRIP, dt);
    boolean wasShed = station.shed();
    station.scan(time, dt, hot.tripped());
    if (station.shed() && !wasShed) {
      standing();
    }
    for (int i = 0; i < working.length; i++) {
      working[i] = station.setpoint(i).working();
    }
    if (!hot.tripped()) {
      batch.scan(this, in, time, dt);
    }
    control(in, dt);
    watch(in, dt);
  }

  private void control(Gauges in, double dt) {
    boolean heated = !hot.tripped() && batch.weighed() > DRY && wanted() > 0;
    if (heated) {
      double error = wanted() - in.melt();
      double push;
      if (Math.abs(error) > BATCH_BAND) {
        outer.track(0);
        push = GAIN * error;
      } else {
        push = outer.step(wanted(), in.melt(), dt);
      }
      jacketWanted =
          Math.max(COLDEST, Math.min(working(MeltingHandle.JACKET_MAX), wanted() + push));
      inner.step(jacketWanted, in.jacket(), dt);
    } else {
      outer.track(0);
      inner.track(hot.tripped() && in.limiter() > TRIP - 12 ? -1 : 0);
    }
    if (pumping()) {
      flow.step(working(MeltingHandle.FEED), in.feed(), dt);
    } else {
      flow.track(batch.phase() == Phase.DRAIN ? 1 : 0);
    }
  }

  private boolean pumping() {
    return batch.phase() == Phase.FEED && !hot.tripped();
  }

  /** Temperature that the phase wants, °C; 0 for none. */
  double wanted() {
    return switch (batch.phase()) {
      case HEAT, DISSOLVE -> working(MeltingHandle.DISSOLVE);
      case TEMPER, FEED -> working(MeltingHandle.HOLD);
      case FILL, CHARGE, RINSE, DRAIN -> 0;
    };
  }

  private void watch(Gauges in, double dt) {
    boolean steady = batch.phase() == Phase.DISSOLVE || batch.phase() == Phase.FEED;
    boolean full = batch.weighed() > 2 * DRY;
    offTemperature.scan(steady && full ? in.melt() - wanted() : 0, dt);
    slowHeating.scan(batch.phase() == Phase.HEAT ? batch.inPhase() : 0, dt);
    boolean running = pumping() && batch.weighed() > DRY;
    offFlow.scan(running ? in.feed() - working(MeltingHandle.FEED) : 0, dt);
    strainer.scan(in.pressure(), dt);
  }

  /** A product is loaded; in LOCAL its recipe comes with it. */
  void load(Product next) {
    product = next;
    if (!station.remote()) {
      standing();
    }
  }

  /** Every setpoint goes to the standing value of the product, by its ramp. */
  void standing() {
    for (MeltingHandle handle : MeltingHandle.values()) {
      station.setpoint(handle.slot()).place(product.standing(handle));
    }
  }

  /** Puts the tank to a recipe at once, without ramps and key. For studies. */
  void recipe(Recipe recipe) {
    station.jump(recipe);
  }

  /** Key switch, watchdog and setpoints. */
  Station station() {
    return station;
  }

  /** Somebody resets the interlock; it stays while its condition holds. */
  void reset() {
    hot.reset();
  }

  /** Setpoint on its ramp. */
  double working(MeltingHandle handle) {
    return working[handle.slot()];
  }

  /** Setpoint as last accepted, which is what reads back. */
  double target(MeltingHandle handle) {
    return station.setpoint(handle.slot()).target();
  }

  /** Share of the mis-keyed water, 0 to 1. */
  double miskeyed() {
    return miskeyed;
  }

  Batch batch() {
    return batch;
  }

  Product product() {
    return product;
  }

  /** −1 full cooling to 1 full steam; 0 in a narrow band about it. */
  double effort() {
    double effort = inner.output();
    return Math.abs(effort) < 0.01 ? 0 : effort;
  }

  /** Jacket temperature that the outer loop asks for, °C. */
  double jacketWanted() {
    return jacketWanted;
  }

  /** Speed of the discharge pump, 0 to 1. */
  double pump() {
    return flow.output();
  }

  /** Speed asked of the agitator, rpm. */
  double speed() {
    return batch.speed();
  }

  boolean interlock() {
    return hot.tripped();
  }

  boolean offTemperature() {
    return offTemperature.active();
  }

  boolean slowHeating() {
    return slowHeating.active();
  }

  boolean offFlow() {
    return offFlow.active();
  }

  boolean strainer() {
    return strainer.active();
  }

  /** Any of them. */
  boolean alarm() {
    return interlock() || offTemperature() || slowHeating() || offFlow() || strainer();
  }
}
