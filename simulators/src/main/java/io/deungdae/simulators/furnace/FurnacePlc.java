package io.deungdae.simulators.furnace;

import java.util.Arrays;

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

  private final double watchdog;
  private final double[] target = new double[Handle.values().length];
  private final double[] working = new double[Handle.values().length];
  private final Pid[] zones = new Pid[Handle.ZONES];
  private final Pid cp = new Pid(4, 45, 0, 0, 1, 0.05);
  private final Pid salt = new Pid(0.35, 330, 0, -1, 1, 0.05);
  private final double[] filtered = new double[Handle.ZONES];
  private final double[] duty = new double[Handle.ZONES];

  private boolean key;
  private boolean beating;
  private boolean shed;
  private boolean interlock;
  private double heartbeat;
  private double beatAt = Double.NEGATIVE_INFINITY;
  private double beatingSince = Double.NaN;
  private double trouble;
  private double valve;
  private double time;

  FurnacePlc(double watchdog, Recipe recipe) {
    this.watchdog = watchdog;
    for (Handle handle : Handle.values()) {
      target[handle.slot()] = recipe.value(handle);
      working[handle.slot()] = recipe.value(handle);
    }
    for (int i = 0; i < zones.length; i++) {
      zones[i] = new Pid(0.05, 160, 6, 0, 1, 0.04);
      zones[i].track(0.5);
      filtered[i] = working[i];
    }
    cp.track(0.42);
    salt.track(0.35);
  }

  /** One scan of {@code dt} seconds ending at plant time {@code now}. */
  void scan(Measured in, double now, double dt) {
    time = now;
    watch();
    protect(in);
    for (Handle handle : Handle.values()) {
      int i = handle.slot();
      double most = handle.ramp() * dt;
      working[i] += Math.max(-most, Math.min(most, target[i] - working[i]));
    }
    control(in, dt);
    trouble = deviates(in) ? trouble + dt : Math.max(0, trouble - 4 * dt);
  }

  private void watch() {
    boolean fresh = time - beatAt <= watchdog;
    if (beating && !fresh) {
      beatingSince = Double.NaN;
      if (key) {
        shed = true;
        local();
        fallBack();
      }
    }
    beating = fresh;
  }

  private void protect(Measured in) {
    if (in.hottest() > TRIP || in.salt() > SALT_TRIP) {
      interlock = true;
      if (key) {
        local();
        fallBack();
      }
    }
  }

  private void control(Measured in, double dt) {
    for (int i = 0; i < zones.length; i++) {
      filtered[i] += (in.zone(i) - filtered[i]) * Math.min(1, dt / 4);
      if (interlock) {
        zones[i].track(0);
        duty[i] = 0;
      } else {
        duty[i] = zones[i].step(working[i], filtered[i], dt);
      }
    }
    valve = interlock ? 0 : cp.step(working(Handle.CP), in.cp(), dt);
    salt.step(-working(Handle.SALT), -in.salt(), dt);
  }

  private boolean deviates(Measured in) {
    boolean off = Math.abs(in.cp() - working(Handle.CP)) > 0.06;
    off |= Math.abs(in.salt() - working(Handle.SALT)) > 8;
    for (int i = 0; i < zones.length; i++) {
      off |= Math.abs(in.zone(i) - working[i]) > 12;
    }
    return off;
  }

  /** A setpoint from outside. False when refused: LOCAL, tripped, not finite, beyond the limits. */
  boolean remoteSetpoint(Handle handle, double value) {
    if (!remote() || !(value >= handle.low() && value <= handle.high())) {
      return false;
    }
    target[handle.slot()] = value;
    return true;
  }

  /** A setpoint from the operator's panel; moved to the nearest limit. Only in LOCAL. */
  void localSetpoint(Handle handle, double value) {
    if (!key) {
      target[handle.slot()] = handle.clamp(value);
    }
  }

  /** A heartbeat from outside; only a change counts. */
  boolean beat(double value) {
    if (!(value >= 0 && value <= 65_535) || value != Math.rint(value)) {
      return false;
    }
    if (value != heartbeat) {
      heartbeat = value;
      beatAt = time;
      if (Double.isNaN(beatingSince)) {
        beatingSince = time;
      }
    }
    return true;
  }

  /** Turns the key to REMOTE. Nothing moves; the working setpoints stand. */
  void remoteKey() {
    if (!interlock) {
      key = true;
      shed = false;
      System.arraycopy(working, 0, target, 0, target.length);
    }
  }

  /** Turns the key to LOCAL. */
  void local() {
    key = false;
  }

  /** Goes to the standing recipe by the ramps. */
  void fallBack() {
    for (Handle handle : Handle.values()) {
      target[handle.slot()] = handle.reference();
    }
  }

  /** Puts the line to a recipe at once, without ramps. For studies. */
  void recipe(Recipe recipe) {
    for (Handle handle : Handle.values()) {
      target[handle.slot()] = recipe.value(handle);
      working[handle.slot()] = recipe.value(handle);
    }
  }

  /** Resets a tripped interlock if the line has cooled. */
  void reset(Measured in) {
    if (interlock && in.hottest() < RESET_BELOW && in.salt() < SALT_TRIP - 10) {
      interlock = false;
    }
  }

  /** True when setpoints from outside are taken: key in REMOTE, not tripped. */
  boolean remote() {
    return key && !interlock;
  }

  /** True while the heartbeat is alive. */
  boolean watchdogOk() {
    return beating;
  }

  /** How long the heartbeat has been steady, s; 0 when it is not. */
  double steadyFor() {
    return Double.isNaN(beatingSince) || !beating ? 0 : time - beatingSince;
  }

  /** True when the watchdog shed and no one has turned the key since. */
  boolean shed() {
    return shed;
  }

  boolean interlock() {
    return interlock;
  }

  /** True when a loop has been off its setpoint for minutes, or the interlock tripped. */
  boolean alarm() {
    return interlock || trouble > ALARM_DELAY;
  }

  double heartbeat() {
    return heartbeat;
  }

  /** Setpoint as last accepted, which is what reads back. */
  double target(Handle handle) {
    return target[handle.slot()];
  }

  /** Setpoint on its ramp. */
  double working(Handle handle) {
    return working[handle.slot()];
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

  @Override
  public String toString() {
    return "targets " + Arrays.toString(target);
  }
}
