package io.deungdae.simulators.furnace;

import io.deungdae.simulators.plant.Shift;
import java.util.SplittableRandom;

/**
 * What the shift does at the panel. While the key is in LOCAL it moves one setpoint or another
 * every few minutes, each on its own, within ordinary habits about the standing recipe. It changes
 * the product every few hours, resets a trip once the line has cooled, and turns the key to REMOTE
 * when the gateway's heartbeat has been steady for a while. Once somebody has turned the key to
 * LOCAL by hand it stays there until somebody turns it back.
 */
final class FurnaceOperator {

  private static final double MOVE_EVERY = 300;
  private static final double MOVE_LEAST = 90;
  private static final double PRODUCT_EVERY = 3 * 3600.0;
  private static final double AGAIN_AFTER_SHED = 1200;
  private static final double TRUSTED_AFTER = 600;
  private static final double RESET_AFTER = 600;
  private static final double TIDY_AFTER = 60;

  private final FurnaceSettings settings;
  private final SplittableRandom random;
  private final Hardener hardener = new Hardener();
  private final double[] nextMove = new double[FurnaceHandle.values().length];
  private double nextProduct;
  private double shedAt = Double.NEGATIVE_INFINITY;
  private double trippedFor;
  private boolean handsOff;
  private boolean tidied;
  private boolean trusted;
  private int product = 1;
  private double straying = 1;

  FurnaceOperator(FurnaceSettings settings, SplittableRandom random) {
    this.settings = settings;
    this.random = random;
    for (int i = 0; i < nextMove.length; i++) {
      nextMove[i] = wait(MOVE_LEAST, MOVE_EVERY);
    }
    nextProduct = settings.campaign() > 0 ? settings.campaign() : wait(3600, PRODUCT_EVERY);
  }

  /** Somebody turned the key by hand. */
  void keyTurned(boolean remote) {
    handsOff = !remote;
  }

  /** Loads another product. */
  void load(int code) {
    product = code;
  }

  /** Another shift comes on. */
  void relieve(Shift shift) {
    straying = shift.straying();
  }

  /** Sees what the inspection shows, every second of plant time; a {@link Hardener} may act. */
  void inspect(FurnacePlc plc, Inspection inspection, double time) {
    if (settings.rules() && !plc.station().remote()) {
      hardener.look(plc, inspection, time);
    }
  }

  /** Looks at the line, every second of plant time. */
  void look(FurnacePlc plc, Measured in, double time, double dt) {
    trippedFor = plc.interlock() ? trippedFor + dt : 0;
    if (trippedFor > RESET_AFTER) {
      plc.reset(in);
    }
    if (plc.station().shed() && shedAt == Double.NEGATIVE_INFINITY) {
      shedAt = time;
    }
    if (!plc.station().remote()) {
      attend(plc, time);
    }
    if (settings.productChanges() && time >= nextProduct) {
      load(time);
    }
  }

  private void load(double time) {
    product = another();
    nextProduct =
        time + (settings.campaign() > 0 ? settings.campaign() : wait(3600, PRODUCT_EVERY));
  }

  private int another() {
    return 1 + (product + random.nextInt(Product.count() - 1)) % Product.count();
  }

  private void attend(FurnacePlc plc, double time) {
    boolean rested = time - shedAt > AGAIN_AFTER_SHED;
    double trial =
        trusted ? Math.min(TRUSTED_AFTER, settings.remoteAfter()) : settings.remoteAfter();
    if (!handsOff && rested && !plc.interlock() && plc.station().watchdog().steadyFor() > trial) {
      plc.station().toRemote();
      trusted = true;
      shedAt = Double.NEGATIVE_INFINITY;
      return;
    }
    if (plc.station().watchdog().steadyFor() > Math.min(TIDY_AFTER, trial / 4)) {
      tidy(plc);
    } else if (settings.dither() > 0) {
      tidied = false;
      dither(plc, time);
    }
  }

  /** Somebody wants to take over: the line is handed over under its standing recipe. */
  private void tidy(FurnacePlc plc) {
    if (!tidied) {
      tidied = true;
      for (FurnaceHandle handle : FurnaceHandle.values()) {
        plc.station().place(handle.slot(), handle.reference());
      }
    }
  }

  private void dither(FurnacePlc plc, double time) {
    for (FurnaceHandle handle : FurnaceHandle.values()) {
      int i = handle.slot();
      if (time >= nextMove[i]) {
        nextMove[i] = time + wait(MOVE_LEAST, MOVE_EVERY);
        double usual = handle.habit(random.nextDouble());
        double move = straying * settings.dither() * (usual - handle.reference());
        plc.station().place(handle.slot(), round(handle.reference() + move, handle));
      }
    }
  }

  private static double round(double value, FurnaceHandle handle) {
    double grid = handle == FurnaceHandle.CP ? 0.005 : 0.5;
    return Math.rint(value / grid) * grid;
  }

  private double wait(double least, double mean) {
    return least - (mean - least) * Math.log(1 - random.nextDouble());
  }

  /** Code of the product that is loaded now. */
  int product() {
    return product;
  }
}
