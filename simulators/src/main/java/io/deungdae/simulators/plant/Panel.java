package io.deungdae.simulators.plant;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoublePredicate;
import java.util.function.DoubleSupplier;

/**
 * The variables of a plant's PLC: what each shows and what becomes of what is written to it. Used
 * by one thread at a time.
 */
public final class Panel {

  private final List<Signal> signals;
  private final Map<String, DoubleSupplier> reads = new HashMap<>();
  private final Map<String, DoublePredicate> writes = new HashMap<>();

  /** A panel on which nothing is wired yet. */
  public Panel(List<Signal> signals) {
    this.signals = List.copyOf(signals);
  }

  /** Wires what a signal shows. */
  public void show(String signal, DoubleSupplier value) {
    reads.put(signal, value);
  }

  /** Wires what a signal shows, 1 for true. */
  public void flag(String signal, BooleanSupplier value) {
    reads.put(signal, () -> value.getAsBoolean() ? 1 : 0);
  }

  /** Wires what becomes of finite values written to a signal; false is a refusal. */
  public void take(String signal, DoublePredicate write) {
    writes.put(signal, write);
  }

  /**
   * To be called when all is wired.
   *
   * @return itself
   * @throws IllegalStateException when a signal shows nothing, or takes nothing and says it does
   */
  public Panel complete() {
    for (Signal signal : signals) {
      if (!reads.containsKey(signal.name())
          || signal.writable() != writes.containsKey(signal.name())) {
        throw new IllegalStateException("not wired: " + signal.name());
      }
    }
    return this;
  }

  /** Everything on it. */
  public List<Signal> signals() {
    return signals;
  }

  /**
   * Present value.
   *
   * @throws IllegalArgumentException when it is none of this panel
   */
  public double read(Signal signal) {
    DoubleSupplier supplier = reads.get(signal.name());
    if (supplier == null) {
      throw new IllegalArgumentException("no signal " + signal.name());
    }
    return supplier.getAsDouble();
  }

  /** Writes; false when it is refused: not writable, not finite, or the PLC does not want it. */
  public boolean write(Signal signal, double value) {
    DoublePredicate write = writes.get(signal.name());
    return write != null && Double.isFinite(value) && write.test(value);
  }
}
