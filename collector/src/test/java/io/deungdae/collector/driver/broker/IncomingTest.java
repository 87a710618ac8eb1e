package io.deungdae.collector.driver.broker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncomingTest {

  private static final byte[] PING = {(byte) 0xD0, 0};

  private static byte[] publish(int version, int qos, int payload) throws IOException {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    rest.write(new byte[] {0, 3, 'a', '/', 'b'});
    if (qos > 0) {
      rest.write(new byte[] {0x12, 0x34});
    }
    if (version == 5) {
      rest.write(new byte[] {2, 0x01, 0x01}); // payload format: text
    }
    byte[] text = new byte[payload];
    Arrays.fill(text, (byte) 'x');
    rest.write(text);
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(0x30 | (qos << 1));
    int left = rest.size();
    for (; left >= 128; left >>>= 7) {
      packet.write((left & 0x7F) | 0x80);
    }
    packet.write(left);
    rest.writeTo(packet);
    return packet.toByteArray();
  }

  private static Incoming over(int longest, int version, byte[]... packets) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] packet : packets) {
      all.write(packet);
    }
    return new Incoming(new ByteArrayInputStream(all.toByteArray()), longest, version);
  }

  @Test
  void whatIsShortEnoughPassesAsItIsHoweverItIsRead() throws IOException {
    byte[] packet = publish(3, 1, 300);
    byte[] all = over(1000, 3, packet, PING, packet).readAllBytes();
    assertEquals(
        HexFormat.of().formatHex(packet) + "d000" + HexFormat.of().formatHex(packet),
        HexFormat.of().formatHex(all));
    InputStream bytewise = over(1000, 3, packet, PING);
    for (byte expected : packet) {
      assertEquals(expected & 0xFF, bytewise.read());
    }
    assertArrayEquals(PING, bytewise.readAllBytes());
    assertEquals(-1, bytewise.read());
  }

  @ParameterizedTest
  @CsvSource({"3, 0", "3, 1", "5, 0", "5, 2"})
  void ofAMessageThatIsTooLongTheBeginningAndTheSizeAreHandedOn(int version, int qos)
      throws IOException {
    InputStream in = over(1000, version, publish(version, qos, 100_000), PING);
    DataInputStream data = new DataInputStream(in);
    assertEquals(0x30 | (qos << 1), data.readUnsignedByte());
    int length = data.readUnsignedByte() & 0x7F;
    length |= data.readUnsignedByte() << 7;
    assertEquals(3, data.readUnsignedShort());
    assertArrayEquals(new byte[] {'a', '/', 'b'}, data.readNBytes(3));
    int header = 5;
    if (qos > 0) {
      assertEquals(0x1234, data.readUnsignedShort());
      header += 2;
    }
    if (version == 5) {
      assertArrayEquals(new byte[] {2, 1, 1}, data.readNBytes(3));
      header += 3;
    }
    Broker.Message message =
        Broker.Message.of(data.readNBytes(length - header), 1, qos, false, false);
    assertTrue(message.isCut());
    assertEquals(100_000, message.size());
    assertEquals(CutMessage.KEPT, message.payload().length);
    assertEquals('x', message.payload()[0]);
    assertArrayEquals(PING, data.readAllBytes());
  }

  @Test
  void aMessageThatNobodyHasCutIsWhole() {
    Broker.Message message = Broker.Message.of(new byte[100], 1, 1, false, false);
    assertFalse(message.isCut());
    assertEquals(100, message.payload().length);
  }

  @Test
  void whatIsNoMqttEndsTheConnection() throws IOException {
    byte[] http = HexFormat.of().parseHex("30ffffffff7f");
    assertThrows(IOException.class, () -> over(1000, 3, http).read());
    byte[] torn = Arrays.copyOf(publish(3, 1, 100_000), 5000);
    assertThrows(IOException.class, () -> over(1000, 3, torn).read());
    byte[] lying = HexFormat.of().parseHex("30808001" + "ffff" + "00".repeat(70_000));
    assertThrows(IOException.class, () -> over(1000, 3, lying).read());
  }
}
