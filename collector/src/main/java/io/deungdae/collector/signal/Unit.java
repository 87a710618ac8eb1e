package io.deungdae.collector.signal;

/**
 * Engineering unit of a tag, by its symbol as an engineer writes it, e.g. {@code °C}, {@code kW},
 * {@code mm/s}.
 *
 * @param symbol the symbol; empty for a dimensionless number
 */
public record Unit(String symbol) {

  /** Dimensionless. */
  public static final Unit NONE = new Unit("");

  public Unit {
    symbol = symbol.strip();
  }

  @Override
  public String toString() {
    return symbol;
  }
}
