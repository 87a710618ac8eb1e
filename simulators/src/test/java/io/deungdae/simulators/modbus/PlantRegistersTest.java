package io.deungdae.simulators.modbus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deungdae.simulators.furnace.FurnaceSettings;
import io.deungdae.simulators.furnace.QuenchFurnace;
import io.deungdae.simulators.modbus.RegisterMap.Place;
import io.deungdae.simulators.plant.SharedPlant;
import io.deungdae.simulators.trouble.Outlook;
import io.deungdae.simulators.trouble.Trouble;
import io.deungdae.simulators.trouble.Troubles;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlantRegistersTest {

  private final SharedPlant<QuenchFurnace> plant =
      new SharedPlant<>(new QuenchFurnace(FurnaceSettings.still()));
  private final RegisterMap map = new RegisterMap(plant.signals());
  private final PlantRegisters registers =
      new PlantRegisters(new Outlook(plant, new Troubles(EnumSet.noneOf(Trouble.class))), map);

  @Test
  void everySignalHasAPlaceOfItsOwn() {
    Set<String> taken = new HashSet<>();
    for (Place place : map.places()) {
      for (int i = 0; i < place.type().length(); i++) {
        assertEquals(true, taken.add(place.table() + ":" + (place.address() + i)));
      }
    }
    assertEquals(plant.signals().size(), map.places().size());
  }

  @Test
  void floatsComeLowWordFirst() {
    byte[] answer = registers.answer(pdu(3, 102, 2));
    int bits = Float.floatToIntBits(860f);
    assertArrayEquals(
        new byte[] {
          3, 4, (byte) (bits >>> 8), (byte) bits, (byte) (bits >>> 24), (byte) (bits >>> 16)
        },
        answer);
  }

  @Test
  void registersWithoutSignalReadZeroAndBeyondTheTableAreRefused() {
    assertArrayEquals(new byte[] {3, 2, 0, 0}, registers.answer(pdu(3, 0, 1)));
    assertArrayEquals(refusal(3, 2), registers.answer(pdu(3, 999, 2)));
    assertArrayEquals(refusal(3, 3), registers.answer(pdu(3, 0, 126)));
    assertArrayEquals(refusal(2, 2), registers.answer(pdu(2, 0, 5)));
    assertArrayEquals(refusal(4, 1), registers.answer(pdu(4, 0, 1)));
  }

  @Test
  void setpointIsRefusedInLocalAndTakenInRemote() {
    assertArrayEquals(refusal(16, 4), registers.answer(setpoint(102, 870)));
    plant.remote(true);
    assertArrayEquals(pdu(16, 102, 2), registers.answer(setpoint(102, 870)));
    assertArrayEquals(refusal(16, 3), registers.answer(setpoint(102, 900)));
    assertArrayEquals(refusal(16, 3), registers.answer(setpoint(102, Float.NaN)));
    assertArrayEquals(refusal(16, 2), registers.answer(setpoint(100, 870)));
    assertArrayEquals(refusal(16, 2), registers.answer(setpoint(101, 870)));
    assertArrayEquals(refusal(6, 3), registers.answer(pdu(6, 102, 1)));
  }

  @Test
  void limitThatNoFloatHitsExactlyIsStillTaken() {
    plant.remote(true);
    assertArrayEquals(pdu(16, 126, 2), registers.answer(setpoint(126, 0.35f)));
    assertArrayEquals(pdu(16, 126, 2), registers.answer(setpoint(126, 0.60f)));
  }

  @Test
  void heartbeatIsOneRegister() {
    assertArrayEquals(pdu(6, 306, 77), registers.answer(pdu(6, 306, 77)));
    assertArrayEquals(new byte[] {3, 2, 0, 77}, registers.answer(pdu(3, 306, 1)));
  }

  @Test
  void cutOffRequestsAreRefused() {
    assertArrayEquals(refusal(3, 3), registers.answer(new byte[] {3, 0}));
    assertArrayEquals(refusal(16, 3), registers.answer(new byte[] {16, 0, 102, 0, 2, 4, 0}));
  }

  private static byte[] refusal(int function, int code) {
    return new byte[] {(byte) (function | 0x80), (byte) code};
  }

  private static byte[] pdu(int function, int first, int second) {
    return ByteBuffer.allocate(5)
        .put((byte) function)
        .putShort((short) first)
        .putShort((short) second)
        .array();
  }

  private static byte[] setpoint(int address, double value) {
    int bits = Float.floatToIntBits((float) value);
    return ByteBuffer.allocate(10)
        .put((byte) 16)
        .putShort((short) address)
        .putShort((short) 2)
        .put((byte) 4)
        .putShort((short) bits)
        .putShort((short) (bits >>> 16))
        .array();
  }
}
