package io.deungdae.simulators.modbus;

import io.deungdae.simulators.modbus.RegisterMap.Place;
import io.deungdae.simulators.modbus.RegisterMap.Table;
import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.trouble.Outlook;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Answers Modbus requests from a plant: function codes 1, 2, 3, 5, 6, 15 and 16.
 *
 * <p>All registers of one request are read at one moment, so a float is never torn. A write of part
 * of a float and one outside the signal's limits are illegal values (3), a write to what cannot be
 * written is an illegal address (2), and what the PLC refuses, e.g. a setpoint in LOCAL, is a
 * device failure (4). A request that writes several signals writes them in order and ends at the
 * first that is refused. Thread-safe.
 */
final class PlantRegisters {

  private final Outlook plant;
  private final RegisterMap map;

  PlantRegisters(Outlook plant, RegisterMap map) {
    this.plant = plant;
    this.map = map;
  }

  /** The answer to a request, both from the function code on. */
  byte[] answer(byte[] request) {
    int function = request[0] & 0xFF;
    ByteBuffer in = ByteBuffer.wrap(request, 1, request.length - 1);
    try {
      return switch (function) {
        case 1 -> bits(function, Table.CO, in);
        case 2 -> bits(function, Table.DI, in);
        case 3 -> registers(function, in);
        case 5 -> writeCoil(request, in);
        case 6 -> writeRegister(request, in);
        case 15 -> writeCoils(request, in);
        case 16 -> writeRegisters(request, in);
        default -> throw new Refusal(Refusal.ILLEGAL_FUNCTION);
      };
    } catch (Refusal refusal) {
      return refusal.answer(function);
    } catch (BufferUnderflowException e) {
      return Refusal.answer(function, Refusal.ILLEGAL_VALUE);
    }
  }

  private byte[] bits(int function, Table table, ByteBuffer in) throws Refusal {
    int start = word(in);
    int count = count(word(in), 2000);
    within(start, count, map.bits(table));
    byte[] packed = new byte[(count + 7) / 8];
    plant.together(
        read -> {
          for (int i = 0; i < count; i++) {
            Place place = map.bit(table, start + i).orElseThrow();
            int bit = read.applyAsDouble(place.signal()) != 0 ? 1 : 0;
            packed[i / 8] |= (byte) (bit << (i % 8));
          }
          return packed;
        });
    return answer(function, packed);
  }

  private byte[] registers(int function, ByteBuffer in) throws Refusal {
    int start = word(in);
    int count = count(word(in), 125);
    within(start, count, RegisterMap.REGISTERS);
    ByteBuffer out = ByteBuffer.allocate(2 * count);
    plant.together(read -> fill(read, start, out));
    return answer(function, out.array());
  }

  private ByteBuffer fill(ToDoubleFunction<Signal> read, int start, ByteBuffer out) {
    @Nullable Place held = null;
    double value = 0;
    for (int address = start; out.hasRemaining(); address++) {
      @Nullable Place place = map.register(address).orElse(null);
      if (place == null) {
        out.putShort((short) 0);
      } else {
        boolean again = held != null && held.address() == place.address();
        value = again ? value : read.applyAsDouble(place.signal());
        held = place;
        out.putShort((short) place.type().word(value, address - place.address()));
      }
    }
    return out;
  }

  private static byte[] answer(int function, byte[] data) {
    ByteBuffer out = ByteBuffer.allocate(2 + data.length);
    return out.put((byte) function).put((byte) data.length).put(data).array();
  }

  private byte[] writeCoil(byte[] request, ByteBuffer in) throws Refusal {
    int address = word(in);
    int value = word(in);
    if (value != 0 && value != 0xFF00) {
      throw new Refusal(Refusal.ILLEGAL_VALUE);
    }
    coil(address, value == 0 ? 0 : 1);
    return request.clone();
  }

  private byte[] writeCoils(byte[] request, ByteBuffer in) throws Refusal {
    int start = word(in);
    int count = count(word(in), 1968);
    bytes(in, (count + 7) / 8);
    within(start, count, map.bits(Table.CO));
    for (int i = 0; i < count; i++) {
      coil(start + i, in.get(in.position() + i / 8) >> (i % 8) & 1);
    }
    return echo(request);
  }

  private void coil(int address, int value) throws Refusal {
    Place place =
        map.bit(Table.CO, address).orElseThrow(() -> new Refusal(Refusal.ILLEGAL_ADDRESS));
    write(place, value);
  }

  private byte[] writeRegister(byte[] request, ByteBuffer in) throws Refusal {
    int address = word(in);
    int value = word(in);
    Place place = writable(address);
    if (place.type().length() != 1) {
      throw new Refusal(Refusal.ILLEGAL_VALUE);
    }
    write(place, place.type().value(value, 0));
    return request.clone();
  }

  private byte[] writeRegisters(byte[] request, ByteBuffer in) throws Refusal {
    int start = word(in);
    int count = count(word(in), 123);
    bytes(in, 2 * count);
    for (int i = 0; i < count; ) {
      Place place = writable(start + i);
      int length = place.type().length();
      if (place.address() != start + i || i + length > count) {
        throw new Refusal(Refusal.ILLEGAL_VALUE);
      }
      int low = word(in);
      write(place, place.type().value(low, length == 2 ? word(in) : 0));
      i += length;
    }
    return echo(request);
  }

  private Place writable(int address) throws Refusal {
    return map.register(address)
        .filter(place -> place.signal().writable())
        .orElseThrow(() -> new Refusal(Refusal.ILLEGAL_ADDRESS));
  }

  private void write(Place place, double value) throws Refusal {
    double low = place.signal().low();
    double high = place.signal().high();
    double slack = place.type() == RegisterType.FLOAT32 ? 1e-6 * Math.max(1, Math.abs(high)) : 0;
    if (!(value >= low - slack && value <= high + slack)) {
      throw new Refusal(Refusal.ILLEGAL_VALUE);
    }
    if (!plant.write(place.signal(), Math.max(low, Math.min(high, value)))) {
      throw new Refusal(Refusal.DEVICE_FAILURE);
    }
  }

  private static byte[] echo(byte[] request) {
    return ByteBuffer.allocate(5).put(request, 0, 5).array();
  }

  private static void bytes(ByteBuffer in, int expected) throws Refusal {
    if ((in.get() & 0xFF) != expected || in.remaining() != expected) {
      throw new Refusal(Refusal.ILLEGAL_VALUE);
    }
  }

  private static int count(int count, int most) throws Refusal {
    if (count < 1 || count > most) {
      throw new Refusal(Refusal.ILLEGAL_VALUE);
    }
    return count;
  }

  private static void within(int start, int count, int size) throws Refusal {
    if (start + count > size) {
      throw new Refusal(Refusal.ILLEGAL_ADDRESS);
    }
  }

  private static int word(ByteBuffer in) {
    return in.getShort() & 0xFFFF;
  }
}
