package io.deungdae.simulators.plating;

/**
 * What has gone in and out of the bath since the start: positive in, negative out. Heat in kJ
 * counted from liquid at 0 °C, zinc in g, liquid in L. A test closes the balances with it.
 */
final class Ledger {

  /** A way in or out. */
  enum Way {
    HEAT_CURRENT,
    HEAT_REACTIONS,
    HEAT_HEATER,
    HEAT_PUMP,
    HEAT_COIL,
    HEAT_WALL,
    HEAT_EVAPORATION,
    HEAT_RACK,
    HEAT_LIQUIDS,
    ZINC_ANODES,
    ZINC_CORROSION,
    ZINC_DOSED,
    ZINC_DEPOSITED,
    ZINC_DRAGGED_OUT,
    ZINC_RETURNED,
    ZINC_OVERFLOW,
    LIQUID_EVAPORATED,
    LIQUID_DOSED,
    LIQUID_DRAGGED_IN,
    LIQUID_DRAGGED_OUT,
    LIQUID_RETURNED,
    LIQUID_OVERFLOW
  }

  private final double[] sums = new double[Way.values().length];

  /** Books an amount and gives it back. */
  @SuppressWarnings("EnumOrdinal") // what is indexed lives in memory only
  double book(Way way, double amount) {
    sums[way.ordinal()] += amount;
    return amount;
  }

  /** Sum of one way. */
  @SuppressWarnings("EnumOrdinal")
  double of(Way way) {
    return sums[way.ordinal()];
  }

  /** Sum of all ways whose name starts so. */
  double total(String kind) {
    double total = 0;
    for (Way way : Way.values()) {
      if (way.name().startsWith(kind)) {
        total += of(way);
      }
    }
    return total;
  }

  /** What went through: sum of all amounts in of ways whose name starts so. */
  double turnover(String kind) {
    double total = 0;
    for (Way way : Way.values()) {
      if (way.name().startsWith(kind)) {
        total += Math.max(0, of(way));
      }
    }
    return total;
  }
}
