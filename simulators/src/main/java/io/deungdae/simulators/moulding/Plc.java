package io.deungdae.simulators.moulding;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * The machine's PLC: setpoints with limits and ramps, key switch, watchdog, interlock.
 *
 * <p>A setpoint is taken from outside only in REMOTE: key on REMOTE, heartbeat alive, no interlock.
 * When the heartbeat stands still for longer than the time-out, or the interlock trips, or the key
 * is turned, the machine is LOCAL again. After a time-out and after a trip the setpoints go back to
 * the recipe. The active values follow the setpoints with a ramp of the PLC's own.
 */
final class Plc {

  private final double timeout;
  private final Map<Knob, Setpoint> setpoints = new EnumMap<>(Knob.class);
  private Product product = Product.LEFT;
  private boolean key;
  private boolean interlock;
  private double heartbeat;
  private double sinceBeat = Double.POSITIVE_INFINITY;
  private double steady;

  /** With a watchdog time-out in seconds of plant time. */
  Plc(double timeout) {
    this.timeout = timeout;
    for (Knob knob : Knob.values()) {
      setpoints.put(knob, new Setpoint(product.recipe(knob)));
    }
  }

  /** Lets time pass. */
  void step(double seconds) {
    boolean wasAlive = alive();
    sinceBeat += seconds;
    steady = alive() ? steady + seconds : 0;
    if (wasAlive && !alive()) {
      shed();
    }
    setpoints.forEach((knob, setpoint) -> setpoint.follow(knob.ramp() * seconds));
  }

  /** LOCAL, and the recipe. */
  void shed() {
    if (key) {
      key = false;
      recipe();
    }
  }

  /** Loads the recipe of the product. */
  void recipe() {
    setpoints.forEach((knob, setpoint) -> setpoint.target = product.recipe(knob));
  }

  /** Turns the key. Without a heartbeat it springs back to LOCAL. */
  void turn(boolean remote) {
    key = remote && alive() && !interlock;
  }

  /** Takes a heartbeat; alive while it changes. */
  void beat(double value) {
    if (value != heartbeat) {
      heartbeat = value;
      sinceBeat = 0;
    }
  }

  /** Takes a setpoint from outside; false when it is refused. */
  boolean write(Knob knob, double value) {
    return remote() && place(knob, value);
  }

  /** Takes a setpoint at the machine's panel; false when it is outside the limits. */
  boolean place(Knob knob, double value) {
    if (!(value >= knob.low() && value <= knob.high())) {
      return false;
    }
    of(knob).target = value;
    return true;
  }

  /** Sets the interlock; a trip takes the machine from REMOTE. */
  void interlock(boolean tripped) {
    interlock = tripped;
    if (tripped) {
      shed();
    }
  }

  /** Changes the product; the recipe is loaded in LOCAL, and left to whoever controls in REMOTE. */
  void change(Product to) {
    product = to;
    if (!remote()) {
      recipe();
    }
  }

  /** The setpoint as written. */
  double target(Knob knob) {
    return of(knob).target;
  }

  /** The value at work. */
  double active(Knob knob) {
    return of(knob).active;
  }

  private Setpoint of(Knob knob) {
    return Objects.requireNonNull(setpoints.get(knob));
  }

  /** What is moulded. */
  Product product() {
    return product;
  }

  /** True in REMOTE. */
  boolean remote() {
    return key;
  }

  /** True while the heartbeat changes. */
  boolean alive() {
    return sinceBeat <= timeout;
  }

  /** How long the heartbeat has been alive without a break, in seconds. */
  double steady() {
    return steady;
  }

  /** True when the interlock has tripped. */
  boolean interlocked() {
    return interlock;
  }

  /** The last heartbeat. */
  double heartbeat() {
    return heartbeat;
  }

  /** A setpoint as written and the value at work. */
  private static final class Setpoint {

    private double target;
    private double active;

    Setpoint(double value) {
      target = value;
      active = value;
    }

    void follow(double most) {
      active += Math.min(most, Math.max(-most, target - active));
    }
  }
}
