package io.deungdae.simulators.plant;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A crew, by how far it strays from the recipe. */
public enum Shift {
  /** Strays least. */
  DAY(0.8),
  /** Strays as people do. */
  EVENING(1.0),
  /** Strays most. */
  NIGHT(1.5);

  private final double straying;

  Shift(double straying) {
    this.straying = straying;
  }

  /** Factor on how far setpoints are moved about. */
  public double straying() {
    return straying;
  }

  /** Names of all. */
  public static List<String> names() {
    return Arrays.stream(values()).map(shift -> shift.name().toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * The shift of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Shift of(String name) {
    if (!names().contains(name)) {
      throw new IllegalArgumentException("no shift " + name + ", there are " + names());
    }
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
