package io.deungdae.simulators.plc;

import java.util.Arrays;
import java.util.List;

/**
 * Who sets a PLC's setpoints: key switch, watchdog, limits.
 *
 * <p>In LOCAL setpoints come from the panel and those from outside are refused; in REMOTE the other
 * way round. When the heartbeat dies, or does not start within its time-out, or an interlock trips,
 * in REMOTE, it sheds: LOCAL, and every setpoint goes back to its standing value by its ramp.
 * Turning the key to REMOTE moves nothing: targets track what is at work. Used by one thread at a
 * time.
 */
public final class Station {

  private final double timeout;
  private final Watchdog watchdog;
  private final List<Setpoint> setpoints;
  private boolean remote;
  private boolean shed;
  private boolean tripped;
  private double silent;

  /**
   * A station in LOCAL.
   *
   * @param timeout heartbeat time-out in seconds of plant time
   * @param handles the setpoints that it guards, by slot
   */
  public Station(double timeout, Handle[] handles) {
    this.timeout = timeout;
    this.watchdog = new Watchdog(timeout);
    this.setpoints = Arrays.stream(handles).map(Station::setpoint).toList();
  }

  private static Setpoint setpoint(Handle handle) {
    return new Setpoint(handle.low(), handle.high(), handle.reference(), handle.ramp());
  }

  /**
   * One scan: watches the heartbeat, sheds when it must, lets the setpoints follow their targets.
   *
   * @param time plant time, s
   * @param dt length of the scan, s
   * @param trip true while an interlock stands that the outside must not control through
   */
  public void scan(double time, double dt, boolean trip) {
    boolean died = watchdog.scan(time);
    boolean trips = trip && !tripped;
    tripped = trip;
    silent = watchdog.alive() ? 0 : silent + dt;
    if (remote && (died || trips || silent > timeout)) {
      shed = true;
      remote = false;
      fallBack();
    }
    for (int i = 0; i < setpoints.size(); i++) {
      setpoints.get(i).step(dt);
    }
  }

  /** A setpoint from outside; false when it is refused: LOCAL, not finite, outside the limits. */
  public boolean write(int slot, double value) {
    return remote && setpoints.get(slot).aim(value);
  }

  /** A setpoint at the panel, moved to the nearest limit; false when it is refused: REMOTE. */
  public boolean place(int slot, double value) {
    if (!remote && Double.isFinite(value)) {
      setpoints.get(slot).place(value);
    }
    return !remote;
  }

  /** A heartbeat; false when it is no whole number from 0 to 65,535. */
  public boolean beat(double heartbeat) {
    return watchdog.beat(heartbeat);
  }

  /**
   * Turns the key to REMOTE unless an interlock stands; targets track what is at work.
   *
   * @return true when it is in REMOTE
   */
  public boolean toRemote() {
    if (!tripped && !remote) {
      remote = true;
      shed = false;
      silent = 0;
      setpoints.forEach(Setpoint::track);
    }
    return remote;
  }

  /** Turns the key to LOCAL. Nothing moves. */
  public void toLocal() {
    remote = false;
  }

  /** Sends every setpoint to its standing value. */
  public void fallBack() {
    setpoints.forEach(Setpoint::fallBack);
  }

  /** Aims every setpoint at a recipe, by its ramp, whoever has the key. */
  public void load(Recipe recipe) {
    for (Handle handle : recipe.handles()) {
      setpoint(handle.slot()).place(recipe.value(handle));
    }
  }

  /** Puts every setpoint to a recipe at once, without ramps and key. For studies. */
  public void jump(Recipe recipe) {
    for (Handle handle : recipe.handles()) {
      setpoint(handle.slot()).jump(recipe.value(handle));
    }
  }

  /** The setpoint of this slot. */
  public Setpoint setpoint(int slot) {
    return setpoints.get(slot);
  }

  /** True while setpoints from outside are taken. */
  public boolean remote() {
    return remote;
  }

  /** True when it shed and nobody has turned the key since. */
  public boolean shed() {
    return shed;
  }

  /** The heartbeat's watchdog. */
  public Watchdog watchdog() {
    return watchdog;
  }
}
