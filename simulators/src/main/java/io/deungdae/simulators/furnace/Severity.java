package io.deungdae.simulators.furnace;

/** How far each fault is at present, from 0 to 1; moves towards its size at the fault's pace. */
final class Severity {

  private final double[] wanted = new double[FurnaceFault.values().length];
  private final double[] present = new double[FurnaceFault.values().length];

  /** Sets the size the fault goes to; 0 ends it. */
  void aim(FurnaceFault fault, double size) {
    wanted[fault.slot()] = size;
  }

  /** Size the fault goes to. */
  double aim(FurnaceFault fault) {
    return wanted[fault.slot()];
  }

  /** Size at present. */
  double of(FurnaceFault fault) {
    return present[fault.slot()];
  }

  /** Lets {@code dt} seconds pass. */
  void step(double dt) {
    for (FurnaceFault fault : FurnaceFault.values()) {
      int i = fault.slot();
      double most = dt / fault.ramp();
      present[i] += Math.max(-most, Math.min(most, wanted[i] - present[i]));
    }
  }
}
