package io.deungdae.simulators.plating;

/** How far each fault is at present, from 0 to 1; moves towards its size at the fault's pace. */
final class Severity {

  private static final PlatingFault[] FAULTS = PlatingFault.values();

  private final double[] wanted = new double[FAULTS.length];
  private final double[] present = new double[FAULTS.length];

  /** Sets the size the fault goes to; 0 ends it. */
  void aim(PlatingFault fault, double size) {
    wanted[fault.slot()] = size;
  }

  /** Puts the fault to its size without its slope, for studies. */
  void jump(PlatingFault fault, double size) {
    wanted[fault.slot()] = size;
    present[fault.slot()] = size;
  }

  /** Size at present. */
  double of(PlatingFault fault) {
    return present[fault.slot()];
  }

  /** Lets {@code dt} seconds pass. */
  void step(double dt) {
    for (int i = 0; i < present.length; i++) {
      double most = dt / FAULTS[i].ramp();
      present[i] += Math.max(-most, Math.min(most, wanted[i] - present[i]));
    }
  }
}
