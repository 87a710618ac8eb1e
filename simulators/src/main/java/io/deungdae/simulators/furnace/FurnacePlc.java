package io.deungdae.simulators.furnace;

import io.deungdae.simulators.plc.Pid;
import io.deungdae.simulators.plc.Recipe;
import io.deungdae.simulators.plc.Station;

/**
 * The line's PLC: key switch, watchdog, limits and ramps of setpoints, loops, interlock, alarm.
 *
 * <p>In LOCAL it takes setpoints from the operator and refuses those from outside; in REMOTE the
 * other way round. When the heartbeat has not changed for the watchdog's time it sheds to LOCAL and
 * ramps to the standing recipe. An over-temperature limiter with its own thermocouple trips the
 * interlock: heaters off, key to LOCAL, until the line has cooled and a person resets it.
 */
final class FurnacePlc {

  private static final double TRIP = 925;
  private static final double SALT_TRIP = 380;
  private static final double RESET_BELOW = 900;
  private static final double ALARM_DELAY = 240;

  private final Station station;
  private final Pid[] zones = new Pid[FurnaceHandle.ZONES];
  private final Pid cp = new Pid(4, 45, 0, 0, 1, 0.05);
  private final Pid salt = new Pid(0.35, 330, 0, -1, 1, 0.05);
  private final double[] filtered = new double[FurnaceHandle.ZONES];
  private final double[] duty = new double[FurnaceHandle.ZONES];

  private boolean interlock;
  private double trouble;
  private double valve;

  FurnacePlc(double watchdog, Recipe recipe) {
    station = new Station(watchdog, FurnaceHandle.values());
    recipe(recipe);
    for (int i = 0; i < zones.length; i++) {
      zones[i] = new Pid(0.05, 160, 6, 0, 1, 0.04);
      zones[i].track(0.5);
      filtered[i] = working(i);
    }
    cp.track(0.42);
    salt.track(0.35);
  }

  /** One scan of {@code dt} seconds ending at plant time {@code now}. */
  void scan(Measured in, double now, double dt) {
    interlock |= in.hottest() > TRIP || in.salt() > SALT_TRIP;
    station.scan(now, dt, interlock);
    control(in, dt);
    trouble = deviates(in) ? trouble + dt : Math.max(0, trouble - 4 * dt);
  }

  private void control(Measured in, double dt) {
    for (int i = 0; i < zones.length; i++) {
      filtered[i] += (in.zone(i) - filtered[i]) * Math.min(1, dt / 4);
      if (interlock) {
        zones[i].track(0);
        duty[i] = 0;
      } else {
        duty[i] = zones[i].step(working(i), filtered[i], dt);
      }
    }
    valve = interlock ? 0 : cp.step(working(FurnaceHandle.CP), in.cp(), dt);
    salt.step(-working(FurnaceHandle.SALT), -in.salt(), dt);
  }

  private boolean deviates(Measured in) {
    boolean off = Math.abs(in.cp() - working(FurnaceHandle.CP)) > 0.06;
    off |= Math.abs(in.salt() - working(FurnaceHandle.SALT)) > 8;
    for (int i = 0; i < zones.length; i++) {
      off |= Math.abs(in.zone(i) - working(i)) > 12;
    }
    return off;
  }

  /** Puts the line to a recipe at once, without ramps. For studies. */
  void recipe(Recipe recipe) {
    station.jump(recipe);
  }

  /** Resets a tripped interlock if the line has cooled. */
  void reset(Measured in) {
    if (interlock && in.hottest() < RESET_BELOW && in.salt() < SALT_TRIP - 10) {
      interlock = false;
    }
  }

  /** Key switch, watchdog and setpoints. */
  Station station() {
    return station;
  }

  boolean interlock() {
    return interlock;
  }

  /** True when a loop has been off its setpoint for minutes, or the interlock tripped. */
  boolean alarm() {
    return interlock || trouble > ALARM_DELAY;
  }

  /** Setpoint as last accepted, which is what reads back. */
  double target(FurnaceHandle handle) {
    return station.setpoint(handle.slot()).target();
  }

  /** Setpoint on its ramp. */
  double working(FurnaceHandle handle) {
    return working(handle.slot());
  }

  private double working(int slot) {
    return station.setpoint(slot).working();
  }

  /** Heater duty, 0 to 1, by zone; not to be changed. */
  double[] duty() {
    return duty;
  }

  /** Enriching gas valve, 0 to 1. */
  double valve() {
    return valve;
  }

  /** Salt bath, −1 heating to 1 cooling. */
  double effort() {
    return salt.output();
  }
}
