package io.deungdae.simulators.plant;

import java.util.List;

/**
 * How far each fault of a plant is at present, from 0 to 1; moves towards its size at the fault's
 * pace. Used by one thread at a time.
 *
 * @param <D> the plant's faults
 */
public final class Severity<D extends Defect> {

  private final List<D> defects;
  private final List<Fault> faults;
  private final double[] pace;
  private final double[] wanted;
  private final double[] present;

  /** A sound plant that could have these faults, by slot. */
  public Severity(D[] defects) {
    this.defects = List.of(defects);
    faults = this.defects.stream().map(Defect::fault).toList();
    pace = this.defects.stream().mapToDouble(Defect::ramp).toArray();
    wanted = new double[defects.length];
    present = new double[defects.length];
  }

  /** How the catalogue describes them. */
  public List<Fault> faults() {
    return faults;
  }

  /**
   * Sets the size that a fault of the catalogue goes to; 0 ends it.
   *
   * @throws IllegalArgumentException when the plant has no such fault or the size is not within 0
   *     and 1
   */
  public void aim(Fault fault, double size) {
    aim(of(fault), size);
  }

  /** Sets the size that the fault goes to, from 0 to 1; 0 ends it. */
  public void aim(D defect, double size) {
    if (!(size >= 0 && size <= 1)) {
      throw new IllegalArgumentException("size must be from 0 to 1, found " + size);
    }
    wanted[defect.slot()] = size;
  }

  private D of(Fault fault) {
    for (D known : defects) {
      if (known.fault().id().equals(fault.id())) {
        return known;
      }
    }
    throw new IllegalArgumentException("no fault " + fault.id());
  }

  /** Puts the fault to this size at once; for studies. */
  public void jump(D defect, double size) {
    aim(defect, size);
    present[defect.slot()] = size;
  }

  /** Size the fault goes to. */
  public double aim(D defect) {
    return wanted[defect.slot()];
  }

  /** Size at present. */
  public double of(D defect) {
    return present[defect.slot()];
  }

  /** Lets {@code dt} seconds pass. */
  public void step(double dt) {
    for (int i = 0; i < present.length; i++) {
      double most = dt / pace[i];
      present[i] += Math.max(-most, Math.min(most, wanted[i] - present[i]));
    }
  }
}
