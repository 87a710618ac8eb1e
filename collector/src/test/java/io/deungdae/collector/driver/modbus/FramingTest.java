package io.deungdae.collector.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deungdae.collector.driver.modbus.Framing.Found;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FramingTest {

  // The example of Modbus Application Protocol V1.1b3 §6.3.
  private static final byte[] ASK = hex("03006b0003");
  private static final byte[] SAY = hex("0306022b00000064");

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  @Test
  void tcpFramesCarryNumberLengthAndUnit() {
    MbapFraming framing = new MbapFraming();
    assertArrayEquals(hex("0001 0000 0006 11 03006b0003"), framing.wrap(0x11, ASK));
    assertArrayEquals(hex("0002 0000 0006 11 03006b0003"), framing.wrap(0x11, ASK));
    byte[] answer = hex("0002 0000 0009 11 0306022b00000064 ffff");
    assertEquals(Found.ANSWER, framing.look(answer, answer.length));
    assertArrayEquals(SAY, framing.unwrap(answer));
  }

  @Test
  void answerToAnEarlierRequestIsOldAndEveryPartOfAFrameIsAPart() {
    MbapFraming framing = new MbapFraming();
    framing.wrap(1, ASK);
    framing.wrap(1, ASK);
    byte[] late = hex("0001 0000 0009 01 0306022b00000064");
    for (int length = 0; length < late.length; length++) {
      assertEquals(Found.PART, framing.look(late, length), "length " + length);
    }
    assertEquals(Found.OLD, framing.look(late, late.length));
  }

  @Test
  void numbersRunThroughAll16Bits() {
    MbapFraming framing = new MbapFraming();
    for (int i = 0; i < 65_535; i++) {
      framing.wrap(1, ASK);
    }
    assertArrayEquals(hex("0000 0000"), Arrays.copyOf(framing.wrap(1, ASK), 4));
  }

  @Test
  void wrongProtocolAndImpossibleLengthsAreGarbage() {
    MbapFraming framing = new MbapFraming();
    framing.wrap(1, ASK);
    for (String header : new String[] {"000100010009", "000100000002", "0001000000ff"}) {
      assertEquals(Found.GARBAGE, framing.look(hex(header), 6), header);
    }
  }

  @Test
  void rtuFramesCarryTheirChecksum() {
    RtuFraming framing = new RtuFraming();
    assertArrayEquals(hex("01 0300 0000 0a c5cd"), framing.wrap(1, hex("030000000a")));
    byte[] refused = framing.wrap(1, hex("8302"));
    assertEquals(Found.ANSWER, framing.look(refused, refused.length));
    assertArrayEquals(hex("8302"), framing.unwrap(refused));
    byte[] answer = framing.wrap(0x11, SAY);
    for (int length = 0; length < answer.length; length++) {
      assertEquals(Found.PART, framing.look(answer, length), "length " + length);
    }
    assertEquals(Found.ANSWER, framing.look(answer, answer.length));
    answer[4] ^= 1;
    assertEquals(Found.GARBAGE, framing.look(answer, answer.length), "checksum");
    framing.wrap(2, ASK);
    assertEquals(Found.GARBAGE, framing.look(refused, refused.length), "another unit");
  }
}
