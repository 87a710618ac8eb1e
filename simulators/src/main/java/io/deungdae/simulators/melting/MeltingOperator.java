package io.deungdae.simulators.melting;

import io.deungdae.simulators.plant.Shift;
import java.util.SplittableRandom;

/**
 * What the shift does at the panel.
 *
 * <p>By rule, while the key is in LOCAL, after each laboratory result: moisture of 3.22 % or more,
 * 0.5 °C warmer in the tank; of 3.18 % or less, 0.5 °C colder; too many lumps, 30 s longer at
 * temperature; too many specks, 3 °C less in the jacket; five good results in a row, a quarter of
 * the way back to the standing recipe. Beside the rules each shift of eight hours has its own
 * habits: every hour or so it moves one setpoint or another a little.
 *
 * <p>It changes the product, resets a trip once the tank has cooled, and turns the key to REMOTE
 * when the gateway's heartbeat has been steady for a while. Once somebody has turned the key to
 * LOCAL by hand it stays there until somebody turns it back.
 */
final class MeltingOperator {

  private static final double MOVE_LEAST = 1200;
  private static final double MOVE_EVERY = 5400;
  private static final double SHIFT = 8 * 3600.0;
  private static final double AGAIN_AFTER_SHED = 1200;
  private static final double TRUSTED_AFTER = 600;
  private static final double RESET_AFTER = 900;

  private final MeltingSettings settings;
  private final SplittableRandom random;
  private final double[] nextMove = new double[MeltingHandle.values().length];
  private double nextProduct;
  private double nextShift;
  private double care = 1;
  private double shedAt = Double.NEGATIVE_INFINITY;
  private double trippedFor;
  private boolean handsOff;
  private boolean trusted;
  private long seen;
  private int goodRun;
  private int asked;
  private double straying = 1;

  MeltingOperator(MeltingSettings settings, SplittableRandom random) {
    this.settings = settings;
    this.random = random;
    for (int i = 0; i < nextMove.length; i++) {
      nextMove[i] = wait(MOVE_LEAST, MOVE_EVERY);
    }
    nextProduct = campaign();
  }

  private double campaign() {
    return settings.campaign() > 0
        ? settings.campaign()
        : 6 * 3600 + 18 * 3600 * random.nextDouble();
  }

  /** Somebody turned the key by hand. */
  void keyTurned(boolean remote) {
    handsOff = !remote;
  }

  /** Has another product loaded with the next batch. */
  void load(int code) {
    asked = code;
  }

  /** Another shift comes on. */
  void relieve(Shift shift) {
    straying = shift.straying();
  }

  /** Looks at the tank, every second of plant time. */
  void look(MeltingPlc plc, Laboratory laboratory, double time, double dt) {
    trippedFor = plc.interlock() ? trippedFor + dt : 0;
    if (trippedFor > RESET_AFTER) {
      plc.reset();
    }
    if (plc.station().shed() && shedAt == Double.NEGATIVE_INFINITY) {
      shedAt = time;
    }
    if (time >= nextShift) {
      nextShift += SHIFT;
      care = 0.6 + 0.75 * random.nextDouble();
    }
    if (asked > 0 && plc.batch().phase() == Phase.FILL) {
      plc.load(Product.of(asked));
      asked = 0;
    }
    if (settings.productChanges() && time >= nextProduct && plc.batch().phase() == Phase.FILL) {
      nextProduct = time + campaign();
      int code = plc.product().code();
      plc.load(Product.of(1 + (code + random.nextInt(Product.count() - 1)) % Product.count()));
    }
    if (!plc.station().remote()) {
      attend(plc, laboratory, time);
    }
    seen = laboratory.tests();
  }

  private void attend(MeltingPlc plc, Laboratory laboratory, double time) {
    boolean rested = time - shedAt > AGAIN_AFTER_SHED;
    double trial =
        trusted ? Math.min(TRUSTED_AFTER, settings.remoteAfter()) : settings.remoteAfter();
    boolean steady = plc.station().watchdog().steadyFor() > trial;
    if (!handsOff && rested && !plc.interlock() && steady) {
      plc.station().toRemote();
      trusted = true;
      shedAt = Double.NEGATIVE_INFINITY;
      return;
    }
    if (settings.rules() && laboratory.tests() != seen) {
      correct(plc, laboratory);
    }
    if (settings.dither() > 0) {
      dither(plc, time);
    }
  }

  private void correct(MeltingPlc plc, Laboratory laboratory) {
    if (laboratory.moisture() >= 3.215) {
      move(plc, MeltingHandle.HOLD, 0.5);
    } else if (laboratory.moisture() <= 3.185) {
      move(plc, MeltingHandle.HOLD, -0.5);
    }
    if (laboratory.lumps() > Quality.LUMPS) {
      move(plc, MeltingHandle.DISSOLVE_TIME, 30);
    }
    if (laboratory.specks() > Quality.SPECKS) {
      move(plc, MeltingHandle.JACKET_MAX, -3);
    }
    goodRun = laboratory.ok() ? goodRun + 1 : 0;
    if (goodRun >= 5) {
      goodRun = 0;
      for (MeltingHandle handle : MeltingHandle.values()) {
        double home = plc.product().standing(handle);
        move(plc, handle, 0.25 * (home - plc.target(handle)));
      }
    }
  }

  private static void move(MeltingPlc plc, MeltingHandle handle, double by) {
    plc.station().place(handle.slot(), plc.target(handle) + by);
  }

  private void dither(MeltingPlc plc, double time) {
    for (MeltingHandle handle : MeltingHandle.values()) {
      int i = handle.slot();
      if (time >= nextMove[i]) {
        nextMove[i] = time + wait(MOVE_LEAST, MOVE_EVERY);
        double off = straying * settings.dither() * care * handle.stray(random.nextDouble());
        double wanted = plc.product().standing(handle) + off;
        plc.station().place(handle.slot(), Math.rint(10 * wanted) / 10);
      }
    }
  }

  private double wait(double least, double mean) {
    return least - (mean - least) * Math.log(1 - random.nextDouble());
  }
}
