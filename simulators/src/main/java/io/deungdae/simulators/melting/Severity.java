package io.deungdae.simulators.melting;

/** How far each fault is at present, from 0 to 1; moves towards its size at the fault's pace. */
final class Severity {

  private static final MeltingFault[] ALL = MeltingFault.values();

  private final double[] wanted = new double[MeltingFault.values().length];
  private final double[] present = new double[MeltingFault.values().length];

  /** Sets the size the fault goes to; 0 ends it. */
  void aim(MeltingFault fault, double size) {
    wanted[fault.slot()] = size;
  }

  /** Puts the fault to this size at once; for studies. */
  void jump(MeltingFault fault, double size) {
    wanted[fault.slot()] = size;
    present[fault.slot()] = size;
  }

  /** Size the fault goes to. */
  double aim(MeltingFault fault) {
    return wanted[fault.slot()];
  }

  /** Size at present. */
  double of(MeltingFault fault) {
    return present[fault.slot()];
  }

  /** Lets {@code dt} seconds pass. */
  void step(double dt) {
    for (MeltingFault fault : ALL) {
      int i = fault.slot();
      double most = dt / fault.ramp();
      present[i] += Math.max(-most, Math.min(most, wanted[i] - present[i]));
    }
  }
}
