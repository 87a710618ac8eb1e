package io.deungdae.simulators.xgt;

import io.deungdae.simulators.modbus.RegisterMap;
import io.deungdae.simulators.modbus.RegisterMap.Place;
import io.deungdae.simulators.modbus.RegisterType;
import io.deungdae.simulators.plant.SharedPlant;
import io.deungdae.simulators.trouble.Outlook;
import io.deungdae.simulators.trouble.Trouble;
import io.deungdae.simulators.trouble.Troubles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plant's signals in the memory of an XGK or XGB, at the places of its Modbus map: registers are
 * words of area D, inputs are bits from M0000 on, coils are bits from K0000 on. What is not a
 * signal reads 0 and cannot be written.
 */
public final class PlantMemory implements Memory {

  private final Outlook plant;
  private final Map<Integer, Place> words = new HashMap<>();
  private final Map<Integer, Place> inputs = new HashMap<>();
  private final Map<Integer, Place> coils = new HashMap<>();

  /** The memory of a plant. */
  public PlantMemory(SharedPlant<?> plant) {
    this(new Outlook(plant, new Troubles(EnumSet.noneOf(Trouble.class))));
  }

  /** The memory of a plant as a server sees it. */
  PlantMemory(Outlook plant) {
    this.plant = plant;
    for (Place place : new RegisterMap(plant.signals()).places()) {
      switch (place.table()) {
        case HR -> {
          for (int i = 0; i < place.type().length(); i++) {
            words.put(place.address() + i, place);
          }
        }
        case DI -> inputs.put(place.address(), place);
        case CO -> coils.put(place.address(), place);
      }
    }
  }

  @Override
  public int read(char area, int at) {
    return switch (area) {
      case 'D' -> data(at);
      case 'M' -> bits(inputs, at);
      case 'K' -> bits(coils, at);
      default -> 0;
    };
  }

  private int data(int at) {
    @Nullable Place place = words.get(at / 2);
    if (place == null) {
      return 0;
    }
    long raw = raw(place.type(), plant.read(place.signal()));
    return (int) (raw >>> (Byte.SIZE * (at - 2 * place.address()))) & 0xFF;
  }

  private static long raw(RegisterType type, double value) {
    return type == RegisterType.FLOAT32 ? Float.floatToIntBits((float) value) : (long) value;
  }

  private int bits(Map<Integer, Place> places, int at) {
    int held = 0;
    for (int bit = 0; bit < Byte.SIZE; bit++) {
      @Nullable Place place = places.get(Byte.SIZE * at + bit);
      if (place != null && plant.read(place.signal()) != 0) {
        held |= 1 << bit;
      }
    }
    return held;
  }

  @Override
  public boolean write(char area, int start, byte[] bytes, int mask) {
    if (area == 'K' && bytes.length == 1 && Integer.bitCount(mask & 0xFF) == 1) {
      @Nullable Place place =
          coils.get(Byte.SIZE * start + Integer.numberOfTrailingZeros(mask & 0xFF));
      return place != null && plant.write(place.signal(), (bytes[0] & mask) == 0 ? 0 : 1);
    }
    @Nullable Place place = area == 'D' ? words.get(start / 2) : null;
    return place != null
        && start == 2 * place.address()
        && bytes.length == 2 * place.type().length()
        && plant.write(place.signal(), value(place.type(), bytes));
  }

  private static double value(RegisterType type, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return switch (type) {
      case FLOAT32 -> in.getFloat();
      case UINT32 -> in.getInt() & 0xFFFF_FFFFL;
      case UINT16, BOOL -> in.getShort() & 0xFFFF;
    };
  }
}
