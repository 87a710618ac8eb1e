package io.deungdae.collector.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.modbus.Framing.Found;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FramingTest {

  // The example of Modbus Application Protocol V1.1b3 §6.3.
  private static final byte[] ASK = hex("03006b0003");
  private static final byte[] SAY = hex("0306022b00000064");

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static Asked asked(int number, int unit, byte[] pdu) {
    return new Asked(0, number, unit, pdu);
  }

  @Test
  void tcpFramesCarryNumberLengthAndUnit() {
    MbapFraming framing = new MbapFraming();
    Asked second = asked(0x102, 0x11, ASK);
    assertArrayEquals(hex("0102 0000 0006 11 03006b0003"), framing.wrap(second));
    byte[] answer = hex("0102 0000 0009 11 0306022b00000064 ffff");
    assertEquals(Found.WHOLE, framing.look(answer, answer.length));
    assertTrue(framing.answers(answer, second));
    assertArrayEquals(SAY, framing.unwrap(answer));
  }

  @Test
  void answerToAnotherRequestIsNoAnswerAndEveryPartOfAFrameIsAPart() {
    MbapFraming framing = new MbapFraming();
    byte[] late = hex("0001 0000 0009 01 0306022b00000064");
    for (int length = 0; length < late.length; length++) {
      assertEquals(Found.PART, framing.look(late, length), "length " + length);
    }
    assertEquals(Found.WHOLE, framing.look(late, late.length));
    assertFalse(framing.answers(late, asked(2, 1, ASK)));
  }

  @Test
  void wrongProtocolAndImpossibleLengthsAreGarbage() {
    MbapFraming framing = new MbapFraming();
    for (String header : new String[] {"000100010009", "000100000002", "0001000000ff"}) {
      assertEquals(Found.GARBAGE, framing.look(hex(header), 6), header);
    }
  }

  @Test
  void rtuFramesCarryTheirChecksum() {
    RtuFraming framing = new RtuFraming();
    assertArrayEquals(hex("01 0300 0000 0a c5cd"), framing.wrap(asked(1, 1, hex("030000000a"))));
    byte[] answer = framing.wrap(asked(1, 0x11, SAY));
    for (int length = 0; length < answer.length; length++) {
      assertEquals(Found.PART, framing.look(answer, length), "length " + length);
    }
    assertEquals(Found.WHOLE, framing.look(answer, answer.length));
    assertArrayEquals(SAY, framing.unwrap(answer));
    answer[4] ^= 1;
    assertEquals(Found.GARBAGE, framing.look(answer, answer.length), "checksum");
  }

  @Test
  void rtuAnswerHasToFitTheRequestInAllThatItTells() {
    RtuFraming framing = new RtuFraming();
    byte[] answer = framing.wrap(asked(1, 0x11, SAY));
    assertTrue(framing.answers(answer, asked(2, 0x11, ASK)));
    assertFalse(framing.answers(answer, asked(2, 0x12, ASK)), "unit");
    assertFalse(framing.answers(answer, asked(2, 0x11, hex("04006b0003"))), "function");
    assertFalse(framing.answers(answer, asked(2, 0x11, hex("03006b0004"))), "length");
    byte[] refused = framing.wrap(asked(1, 0x11, hex("8302")));
    assertTrue(framing.answers(refused, asked(2, 0x11, ASK)));
    byte[] written = framing.wrap(asked(1, 0x11, hex("0600010003")));
    assertTrue(framing.answers(written, asked(2, 0x11, hex("0600010003"))));
    assertFalse(framing.answers(written, asked(2, 0x11, hex("0600020003"))), "address");
  }
}
