package io.deungdae.simulators.moulding;

import io.deungdae.simulators.plant.Shift;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The people at the machine. In LOCAL they stray from the recipe a little, every few minutes one to
 * three setpoints, and a {@link Setter} corrects what the parts show; every few hours the product
 * changes. When the heartbeat has been steady for a while they turn the key to REMOTE, unless
 * somebody asked for LOCAL.
 */
final class Operator {

  /** How long a heartbeat must be steady before the key is turned, in s. */
  static final double TRUST = 120;

  /** Mean time between two changes of setpoints, s. */
  private static final double BETWEEN_CHANGES = 480;

  /** Shortest and longest run of a product, s. */
  private static final double SHORTEST_RUN = 5 * 3600.0;

  private static final double LONGEST_RUN = 11 * 3600.0;

  private static final List<Knob> KNOBS = List.of(Knob.values());
  private static final List<Product> PRODUCTS = List.of(Product.values());

  private final MouldingSettings settings;
  private final RandomGenerator random;
  private final Setter setter;
  private boolean willing = true;
  private double untilChange;
  private double untilProduct;
  private double straying = 1;

  /** With the chance that makes them human, and the setter's. */
  Operator(MouldingSettings settings, RandomGenerator random, RandomGenerator errors) {
    this.settings = settings;
    this.random = random;
    setter = new Setter(errors);
    untilChange = 300;
    untilProduct = run();
  }

  /** Whether they hand over to a steady heartbeat. */
  void willing(boolean handOver) {
    willing = handOver;
  }

  /** Changes the product now. */
  void load(Plc plc, Product product) {
    untilProduct = run();
    plc.change(product);
    setter.begin();
  }

  /** A part falls. */
  void look(Plc plc, Shot shot, boolean good, Flaw flaw) {
    if (settings.rules() && !plc.station().remote()) {
      setter.look(plc, shot, good, flaw);
    }
  }

  /** Another shift comes on. */
  void relieve(Shift shift) {
    straying = shift.straying();
    setter.relieve(shift);
  }

  /** Lets time pass at the PLC's panel. */
  void step(Plc plc, double seconds) {
    untilProduct -= seconds;
    if (settings.productChanges() && untilProduct <= 0) {
      load(plc, next(plc.product()));
    }
    if (plc.station().remote()) {
      return;
    }
    if (willing && plc.station().watchdog().steadyFor() >= TRUST && !plc.interlocked()) {
      plc.turn(true);
      return;
    }
    untilChange -= seconds;
    if (settings.dither() > 0 && untilChange <= 0) {
      untilChange = -BETWEEN_CHANGES * Math.log(1 - random.nextDouble());
      stray(plc);
    }
  }

  private void stray(Plc plc) {
    int moves = 1 + random.nextInt(3);
    for (int i = 0; i < moves; i++) {
      Knob knob = KNOBS.get(random.nextInt(KNOBS.size()));
      double off =
          straying
              * settings.dither()
              * knob.dither()
              * Math.max(-1.5, Math.min(1.5, 0.7 * random.nextGaussian()));
      double value = plc.product().recipe(knob) + off;
      plc.place(knob, Math.round(value * 10) / 10.0);
    }
  }

  private double run() {
    return SHORTEST_RUN + (LONGEST_RUN - SHORTEST_RUN) * random.nextDouble();
  }

  private Product next(Product current) {
    int other = 1 + random.nextInt(PRODUCTS.size() - 1);
    return PRODUCTS.get((PRODUCTS.indexOf(current) + other) % PRODUCTS.size());
  }
}
