package io.deungdae.collector.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.PushedClock;
import io.deungdae.collector.driver.modbus.Link.Urgency;
import io.deungdae.collector.signal.Clock;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What comes in on a line, and what is taken for an answer. */
class FramedLinkTest {

  private static final byte[] ASK = hex("03006b0003");
  private static final byte[] SAY = hex("0306022b00000064");
  private static final RtuFraming RTU = new RtuFraming();

  private final PushedClock clock = new PushedClock();
  private final ScriptedLine line = new ScriptedLine();

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  /** Brings its pieces one a read, to who waits; waits by pushing the clock. */
  private final class ScriptedLine implements Line {
    final Deque<byte[]> pieces = new ArrayDeque<>();
    long byteNs;

    @Override
    public void open() {}

    @Override
    public void write(byte[] bytes) {}

    @Override
    public int read(byte[] buffer, int from, long waitNs) {
      byte[] piece = waitNs > 0 ? pieces.poll() : null;
      if (piece == null) {
        clock.push(Duration.ofNanos(Math.max(0, waitNs)));
        return 0;
      }
      System.arraycopy(piece, 0, buffer, from, piece.length);
      return piece.length;
    }

    @Override
    public long carryNs(int bytes) {
      return bytes * byteNs;
    }

    @Override
    public boolean canHangUp() {
      return false;
    }

    @Override
    public void close() {}
  }

  private static ModbusSettings settings(LinkSettings.Framed framing, Duration pause) {
    return ModbusDeviceTest.settings(
        new LinkSettings(
            framing,
            "plc",
            502,
            Duration.ofSeconds(1),
            pause,
            1,
            1,
            false,
            null,
            new SerialSettings("", 9600, 8, SerialSettings.Parity.EVEN, 1, Duration.ZERO, false)));
  }

  private FramedLink rtu() throws DeviceException {
    ModbusSettings settings = settings(LinkSettings.Framed.RTU_OVER_TCP, Duration.ZERO);
    FramedLink link = new FramedLink("plc", settings, line, RTU, clock);
    link.open();
    return link;
  }

  private byte @Nullable [] ask(FramedLink link, byte[] pdu) throws DeviceException {
    link.send(1, pdu, Urgency.IN_TURN);
    return link.receive().pdu();
  }

  private static byte[] frame(int unit, byte[] pdu) {
    return RTU.wrap(new Asked(0, 0, unit, pdu));
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  @Test
  void bytesThatAConverterMakesBeforeAnAnswerAreLeftOut() throws DeviceException {
    for (String noise : new String[] {"00", "ff", "00ff", "01", "0103"}) {
      line.pieces.add(join(hex(noise), frame(1, SAY)));
      assertArrayEquals(SAY, ask(rtu(), ASK), noise);
    }
  }

  @Test
  void noiseMayComeInPieces() throws DeviceException {
    for (byte b : join(hex("00"), frame(1, SAY))) {
      line.pieces.add(new byte[] {b});
    }
    assertArrayEquals(SAY, ask(rtu(), ASK));
  }

  @Test
  void requestThatTheConverterBringsBackIsNotTheAnswer() throws DeviceException {
    line.pieces.add(frame(1, ASK));
    line.pieces.add(frame(1, SAY));
    assertArrayEquals(SAY, ask(rtu(), ASK));
  }

  @Test
  void anotherUnitsLateAnswerIsThrownAwayInWholeAndInPart() throws DeviceException {
    byte[] late = frame(2, SAY);
    line.pieces.add(join(late, frame(1, SAY)));
    assertArrayEquals(SAY, ask(rtu(), ASK));
    line.pieces.add(join(Arrays.copyOfRange(late, 3, late.length), frame(1, SAY)));
    assertArrayEquals(SAY, ask(rtu(), ASK), "its beginning was lost");
  }

  @Test
  void answerWithAWrongChecksumIsNone() throws DeviceException {
    byte[] spoilt = frame(1, SAY);
    spoilt[5] ^= 1;
    line.pieces.add(spoilt);
    FramedLink link = rtu();
    DeviceException e = assertThrows(DeviceException.class, () -> ask(link, ASK));
    assertEquals(DeviceException.Kind.PROTOCOL, e.kind());
  }

  @Test
  void timeoutBeginsWhenTheBytesHaveHadTheirTime() throws DeviceException {
    line.byteNs = 4_583_333; // 2400 baud, 11 bits a byte
    long startNs = clock.nanoTime();
    assertNull(ask(rtu(), hex("0300000078")), "120 registers");
    long bytes = 8 + 5 + 240;
    assertEquals(1_000_000_000 + bytes * line.byteNs, clock.nanoTime() - startNs);
  }

  private @Nullable Exception tcp(String answer, byte[] pdu) throws DeviceException {
    ModbusSettings settings = settings(LinkSettings.Framed.TCP, Duration.ZERO);
    FramedLink link = new FramedLink("plc", settings, line, new MbapFraming(), clock);
    link.open();
    line.pieces.add(hex(answer));
    try {
      ask(link, pdu);
      return null;
    } catch (DeviceException e) {
      return e;
    }
  }

  @Test
  void answerOfAnotherUnitUnderTheRightNumberIsAnErrorThatSaysSo() throws DeviceException {
    Exception e = tcp("0001 0000 0009 07 0306022b00000064", ASK);
    assertTrue(String.valueOf(e).contains("of unit 7 to a request to unit 1"), String.valueOf(e));
    assertNull(tcp("0001 0000 0009 ff 0306022b00000064", ASK), "a device that has no unit");
  }

  @Test
  void answerThatDoesNotFitIsAnError() throws DeviceException {
    byte[] write = hex("0600010003");
    assertNull(tcp("0001 0000 0006 01 0600010003", write));
    for (String wrong :
        new String[] {
          "0001 0000 0006 01 0600020003", // another address
          "0001 0000 0006 01 0500010003", // another function
          "0001 0000 0004 01 060001", // too short
        }) {
      assertTrue(String.valueOf(tcp(wrong, write)).contains("does not fit"), wrong);
    }
    assertTrue(String.valueOf(tcp("0001 0000 0005 01 0306022b", ASK)).contains("does not fit"));
  }

  @Test
  void deviceIsLeftAloneForAMomentBetweenTwoRequests() throws DeviceException {
    ModbusSettings settings = settings(LinkSettings.Framed.RTU_OVER_TCP, Duration.ofMillis(30));
    FramedLink link = new FramedLink("plc", settings, line, RTU, Clock.system());
    long startNs = System.nanoTime();
    link.open();
    for (int i = 1; i <= 3; i++) {
      line.pieces.add(frame(1, SAY));
      assertArrayEquals(SAY, ask(link, ASK));
      assertTrue(System.nanoTime() - startNs >= i * 30_000_000L, "after request " + i);
    }
  }
}
