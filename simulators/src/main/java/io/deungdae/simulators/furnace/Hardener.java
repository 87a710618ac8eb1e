package io.deungdae.simulators.furnace;

/**
 * The hardener, who corrects the line by rule while it is in LOCAL: every half hour he looks at
 * what the inspection has shown since and moves one thing by a usual step.
 *
 * <pre>
 * mean hardness more than 0.5 HRC from 47   salt bath 3 °C colder when soft, warmer when hard
 * mean distortion above 0.25 mm             zones 2 and 3 3 °C colder
 * bad parts above 4 %                       belt 4 mm/min slower
 * bad parts below 2 %                       belt 2 mm/min faster, at most 12 above the recipe
 * </pre>
 *
 * <p>The first rule that applies is followed.
 */
final class Hardener {

  private static final double LOOK_EVERY = 1800;
  private static final double WANTED = 47;
  private static final double HARDNESS_OFF = 0.5;
  private static final double DISTORTED = 0.25;
  private static final double TOO_BAD = 0.04;
  private static final double WELL = 0.02;
  private static final double FASTER = 12;

  private double next = LOOK_EVERY;
  private double hardness;
  private double distortion;
  private double bad;
  private int seen;

  /** Sees what the inspection shows, once a scan, and acts when it is time. */
  void look(FurnacePlc plc, Inspection inspection, double time) {
    hardness += inspection.hardness();
    distortion += inspection.distortion();
    bad += inspection.scrapRate() / Math.max(1, inspection.throughput());
    seen++;
    if (time >= next) {
      next = time + LOOK_EVERY;
      judge(plc, hardness / seen, distortion / seen, bad / seen);
      hardness = 0;
      distortion = 0;
      bad = 0;
      seen = 0;
    }
  }

  private static void judge(FurnacePlc plc, double hrc, double millimetres, double share) {
    if (Math.abs(hrc - WANTED) > HARDNESS_OFF) {
      move(plc, FurnaceHandle.SALT, hrc < WANTED ? -3 : 3);
    } else if (millimetres > DISTORTED) {
      move(plc, FurnaceHandle.ZONE2, -3);
      move(plc, FurnaceHandle.ZONE3, -3);
    } else if (share > TOO_BAD) {
      move(plc, FurnaceHandle.BELT, -4);
    } else if (share < WELL && belt(plc) + 2 <= FurnaceHandle.BELT.reference() + FASTER) {
      move(plc, FurnaceHandle.BELT, 2);
    }
  }

  private static double belt(FurnacePlc plc) {
    return plc.station().setpoint(FurnaceHandle.BELT.slot()).target();
  }

  private static void move(FurnacePlc plc, FurnaceHandle handle, double by) {
    double target = plc.station().setpoint(handle.slot()).target();
    boolean unused = plc.station().place(handle.slot(), target + by);
  }
}
