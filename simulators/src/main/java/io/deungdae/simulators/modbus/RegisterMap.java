package io.deungdae.simulators.modbus;

import io.deungdae.simulators.plant.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where each signal lies. The map follows from the order of the signals alone:
 *
 * <ul>
 *   <li>numbers: holding registers from 100 (LS: D00100), two each, float32, low word first
 *   <li>whole numbers: holding registers from 300 (D00300), two each; uint32 low word first when
 *       they may pass 65,535, else uint16 with the second register unused
 *   <li>flags: discrete inputs from 0 when read-only, coils from 0 when writable
 * </ul>
 *
 * <p>Holding registers 0 to 999 exist; those without a signal read 0. Addresses are zero-based as
 * on the wire. Immutable.
 */
public final class RegisterMap {

  /** Holding registers there are. */
  static final int REGISTERS = 1000;

  private static final int NUMBERS = 100;
  private static final int WHOLES = 300;

  /** A table of the Modbus data model. */
  public enum Table {
    /** Discrete inputs. */
    DI,
    /** Coils. */
    CO,
    /** Holding registers. */
    HR
  }

  /**
   * Place of a signal.
   *
   * @param signal the signal
   * @param table the table
   * @param address zero-based address of its first register or bit
   * @param type how it lies there
   */
  public record Place(Signal signal, Table table, int address, RegisterType type) {

    /** As a tag file writes it, e.g. {@code hr:100}. */
    public String text() {
      return table.name().toLowerCase(java.util.Locale.ROOT) + ":" + address;
    }
  }

  private final List<Place> places = new ArrayList<>();
  private final Map<Integer, Place> registers = new HashMap<>();
  private final Map<Integer, Place> inputs = new HashMap<>();
  private final Map<Integer, Place> coils = new HashMap<>();

  /** Map of the given signals, in their order. */
  public RegisterMap(List<Signal> signals) {
    int number = NUMBERS;
    int whole = WHOLES;
    for (Signal signal : signals) {
      switch (signal.kind()) {
        case NUMBER -> {
          register(new Place(signal, Table.HR, number, RegisterType.FLOAT32));
          number += 2;
        }
        case WHOLE -> {
          RegisterType type = signal.high() > 65_535 ? RegisterType.UINT32 : RegisterType.UINT16;
          register(new Place(signal, Table.HR, whole, type));
          whole += 2;
        }
        case FLAG -> flag(signal);
      }
    }
    if (number > WHOLES || whole > REGISTERS) {
      throw new IllegalArgumentException("too many signals for the register map");
    }
  }

  private void register(Place place) {
    places.add(place);
    for (int i = 0; i < place.type().length(); i++) {
      registers.put(place.address() + i, place);
    }
  }

  private void flag(Signal signal) {
    Map<Integer, Place> table = signal.writable() ? coils : inputs;
    Table kind = signal.writable() ? Table.CO : Table.DI;
    Place place = new Place(signal, kind, table.size(), RegisterType.BOOL);
    places.add(place);
    table.put(place.address(), place);
  }

  /** All places, in the order of the signals. */
  public List<Place> places() {
    return List.copyOf(places);
  }

  /** What lies at a holding register, its first or its second. */
  Optional<Place> register(int address) {
    return Optional.ofNullable(registers.get(address));
  }

  /** What lies at a bit of the table. */
  Optional<Place> bit(Table table, int address) {
    return Optional.ofNullable((table == Table.CO ? coils : inputs).get(address));
  }

  /** Number of bits in the table. */
  int bits(Table table) {
    return (table == Table.CO ? coils : inputs).size();
  }
}
