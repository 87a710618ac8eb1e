package io.deungdae.simulators.plating;

import io.deungdae.simulators.plant.Shift;
import java.util.SplittableRandom;

/**
 * What the shift does. It changes the product every few hours, puts a new cartridge into a loaded
 * filter, resets a trip once its cause is gone, and turns the key to REMOTE when the gateway's
 * heartbeat has been steady for a while. Once somebody has turned the key to LOCAL by hand it stays
 * there until somebody turns it back.
 *
 * <p>While the key is in LOCAL it keeps a fixed recipe and corrects it in steps by rule from late
 * laboratory results, which is the baseline that control is compared with: charge +2 % when the
 * mean margin of four lots over the least thickness is below 0.20 µm, −2 % above 0.60 µm;
 * brightener ±10 mL/kAh when gloss leaves 76 to 90. With dither it also moves setpoints about
 * within ordinary habits, each on its own; each shift of eight hours leans its own way.
 */
final class PlatingOperator {

  private static final PlatingHandle[] HANDLES = PlatingHandle.values();
  private static final double MOVE_EVERY = 2400;
  private static final double MOVE_LEAST = 600;
  private static final double PRODUCT_EVERY = 4 * 3600.0;
  private static final double AGAIN_AFTER_SHED = 1200;
  private static final double TRUSTED_AFTER = 600;
  private static final double TIDY_AFTER = 60;
  private static final double RESET_AFTER = 600;
  private static final double CHANGE_AFTER = 1800;
  private static final double SHIFT = 8 * 3600.0;

  /** Where in their habit the day's, the evening's and the night's shift like it. */
  private static final double[] LEANS = {0.4, 0.2, 0.9};

  private static final int LOTS = 4;

  private final PlatingSettings settings;
  private final SplittableRandom random;
  private final double[] nextMove = new double[HANDLES.length];
  private double nextProduct;
  private double shedAt = Double.NEGATIVE_INFINITY;
  private double trippedFor;
  private double cloggedFor;
  private boolean handsOff;
  private boolean tidied;
  private boolean trusted;
  private int product = 1;
  private double straying = 1;
  private int lastLot;
  private int seenLots;
  private double margin;
  private double gloss;

  PlatingOperator(PlatingSettings settings, SplittableRandom random) {
    this.settings = settings;
    this.random = random;
    for (int i = 0; i < nextMove.length; i++) {
      nextMove[i] = wait(MOVE_LEAST, MOVE_EVERY);
    }
    nextProduct = campaign();
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

  /** Looks at the line, every second of plant time. */
  void look(PlatingPlc plc, PlatingLine line, double time, double dt) {
    maintain(plc, line, dt);
    if (plc.station().shed() && shedAt == Double.NEGATIVE_INFINITY) {
      shedAt = time;
    }
    if (!plc.station().remote()) {
      attend(plc, time);
      if (settings.corrections()) {
        correct(plc, line.laboratory());
      }
    }
    if (settings.productChanges() && time >= nextProduct) {
      product = 1 + (product + random.nextInt(Product.count() - 1)) % Product.count();
      nextProduct = time + campaign();
    }
  }

  private double campaign() {
    return settings.campaign() > 0 ? settings.campaign() : wait(3600, PRODUCT_EVERY);
  }

  private void maintain(PlatingPlc plc, PlatingLine line, double dt) {
    trippedFor = plc.tripped() ? trippedFor + dt : 0;
    if (trippedFor > RESET_AFTER) {
      plc.reset();
    }
    cloggedFor = plc.filterAlarm() ? cloggedFor + dt : 0;
    if (cloggedFor > CHANGE_AFTER) {
      line.filter().change();
      cloggedFor = 0;
    }
  }

  private void attend(PlatingPlc plc, double time) {
    boolean rested = time - shedAt > AGAIN_AFTER_SHED;
    double trial =
        trusted ? Math.min(TRUSTED_AFTER, settings.remoteAfter()) : settings.remoteAfter();
    double steady = plc.station().watchdog().steadyFor();
    if (!handsOff && rested && steady > trial && plc.station().toRemote()) {
      trusted = true;
      shedAt = Double.NEGATIVE_INFINITY;
    } else if (steady > Math.min(TIDY_AFTER, trial / 4)) {
      tidy(plc);
    } else if (settings.dither() > 0) {
      tidied = false;
      dither(plc, time);
    }
  }

  /** Somebody wants to take over: the line is handed over under its standing recipe. */
  private void tidy(PlatingPlc plc) {
    if (!tidied) {
      tidied = true;
      plc.station().fallBack();
    }
  }

  private void dither(PlatingPlc plc, double time) {
    for (PlatingHandle handle : HANDLES) {
      int i = handle.slot();
      if (time >= nextMove[i]) {
        nextMove[i] = time + wait(MOVE_LEAST, MOVE_EVERY);
        double lean = LEANS[(int) (time / SHIFT) % LEANS.length];
        double usual = handle.habit(0.6 * random.nextDouble() + 0.4 * lean);
        double move = straying * settings.dither() * (usual - handle.reference());
        plc.station().place(i, handle.round(handle.reference() + move));
      }
    }
  }

  private void correct(PlatingPlc plc, Laboratory laboratory) {
    if (laboratory.lot() == lastLot) {
      return;
    }
    lastLot = laboratory.lot();
    if (laboratory.product() != product) {
      forget();
      return;
    }
    margin += laboratory.leastThickness() - Product.of(product).least();
    gloss += laboratory.gloss();
    if (++seenLots == LOTS) {
      nudge(plc, PlatingHandle.CHARGE, margin / LOTS, 0.20, 0.60, 2);
      nudge(plc, PlatingHandle.BRIGHTENER, gloss / LOTS, 76, 90, 10);
      forget();
    }
  }

  private static void nudge(
      PlatingPlc plc, PlatingHandle handle, double value, double low, double high, double by) {
    double now = plc.target(handle);
    if (value < low) {
      plc.station().place(handle.slot(), now + by);
    } else if (value > high) {
      plc.station().place(handle.slot(), now - by);
    }
  }

  private void forget() {
    seenLots = 0;
    margin = 0;
    gloss = 0;
  }

  private double wait(double least, double mean) {
    return least - (mean - least) * Math.log(1 - random.nextDouble());
  }

  /** Asks for this product; for studies. */
  void ask(int code) {
    product = code;
  }

  /** Code of the product that is asked for. */
  int product() {
    return product;
  }
}
