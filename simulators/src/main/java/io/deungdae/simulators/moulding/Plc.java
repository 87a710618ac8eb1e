package io.deungdae.simulators.moulding;

import io.deungdae.simulators.plc.Station;

/**
 * The machine's PLC: setpoints with limits and ramps, key switch, watchdog, interlock.
 *
 * <p>A setpoint is taken from outside only in REMOTE. When the heartbeat stands still for longer
 * than the time-out, or the interlock trips, the machine is LOCAL again and its setpoints go back
 * to the recipe of the product, by ramps of the PLC's own.
 */
final class Plc {

  private final Station station;
  private Product product = Product.LEFT;
  private boolean interlock;

  /** With a watchdog time-out in seconds of plant time. */
  Plc(double timeout) {
    station = new Station(timeout, Knob.values());
    station.jump(product.recipe());
  }

  /** One scan of {@code dt} seconds at plant time {@code time}. */
  void scan(double time, double dt) {
    boolean wasShed = station.shed();
    station.scan(time, dt, interlock);
    if (station.shed() && !wasShed) {
      station.load(product.recipe());
    }
  }

  /** Turns the key. */
  void turn(boolean remote) {
    if (remote) {
      station.toRemote();
    } else {
      station.toLocal();
    }
  }

  /** Sets a setpoint at the machine's panel; refused in REMOTE. */
  void place(Knob knob, double value) {
    boolean unused = station.place(knob.slot(), value);
  }

  /** Sets the interlock; it acts with the next scan. */
  void interlock(boolean tripped) {
    interlock = tripped;
  }

  /** Changes the product; the recipe is loaded in LOCAL, and left to whoever controls in REMOTE. */
  void change(Product to) {
    product = to;
    if (!station.remote()) {
      station.load(to.recipe());
    }
  }

  /** Key switch, watchdog and setpoints. */
  Station station() {
    return station;
  }

  /** The setpoint as last accepted. */
  double target(Knob knob) {
    return station.setpoint(knob.slot()).target();
  }

  /** The value at work. */
  double active(Knob knob) {
    return station.setpoint(knob.slot()).working();
  }

  /** What is moulded. */
  Product product() {
    return product;
  }

  /** True when the interlock has tripped. */
  boolean interlocked() {
    return interlock;
  }
}
