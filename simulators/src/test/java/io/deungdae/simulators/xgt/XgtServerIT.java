package io.deungdae.simulators.xgt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulated PLC against frames of real ones and the manual's error codes, byte by byte. */
class XgtServerIT {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String HEADER = "4C5349532D58475400000000A0330200";

  private final PlainMemory memory = new PlainMemory(Model.XGK);
  private XgtServer server;
  private Socket socket;
  private DataInputStream in;

  @BeforeEach
  void start() throws IOException {
    server = new XgtServer(Model.XGK, memory, 0);
    socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(5000);
    in = new DataInputStream(socket.getInputStream());
  }

  @AfterEach
  void stop() throws IOException {
    socket.close();
    server.close();
  }

  private static byte[] frame(String instruction) {
    byte[] body = HEX.parseHex(instruction.replace(" ", ""));
    byte[] frame = new byte[20 + body.length];
    ByteBuffer out = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    out.put(HEX.parseHex(HEADER)).putShort((short) body.length).put((byte) 3);
    out.put(sum(frame)).put(body);
    return frame;
  }

  private static byte sum(byte[] frame) {
    int sum = 0;
    for (int i = 0; i < 19; i++) {
      sum += frame[i];
    }
    return (byte) sum;
  }

  private byte[] exchange(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    byte[] header = in.readNBytes(20);
    int length = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getShort(16);
    byte[] answer = new byte[20 + length];
    System.arraycopy(header, 0, answer, 0, 20);
    in.readFully(answer, 20, length);
    return answer;
  }

  private String instruction(byte[] request) throws IOException {
    byte[] answer = exchange(request);
    return HEX.formatHex(answer, 20, answer.length);
  }

  /** The exchange captured from a real PLC, but for the reserved word that was not 0 there. */
  @Test
  void answersAsARealPlcDid() throws IOException {
    byte[] request =
        HEX.parseHex(
            "4C5349532D58475400000000A033020011000344" + "5400020000000100070025445731303030");
    byte[] answer =
        HEX.parseHex("4C5349532D58475400000401A01102000E00002155000200000000000100" + "02000000");
    assertArrayEquals(answer, exchange(request));
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    String written = instruction(frame("5800 1400 0000 0100 0600 254442323034 0400 01020304"));
    assertEquals("59001400000000000100", written);
    assertEquals(0x0201, memory.word('D', 102));
    assertEquals(
        "55000300000000000100" + "040001020304",
        instruction(frame("5400 0300 0000 0100 0500 2544443531")), // %DD51
        "a double word counts in double words");
    instruction(frame("5800 0000 0000 0100 0700 254D5832373634 0100 01")); // %MX2764
    assertEquals(1 << 12, memory.word('M', 172));
  }

  @ParameterizedTest
  @CsvSource({
    "5400 0200 0000 1100 0400 25445730, 0001", // 17 variables
    "5400 0500 0000 0100 0400 25445730, 0002", // no such type
    "5400 0200 0000 0100 0400 25445830, 0002", // a bit asked for as a word
    "5400 0200 0000 0100 0400 25515730, 0003", // %QW0
    "5400 0200 0000 0100 0800 2544573332373638, 0004", // %DW32768
    "5400 1400 0000 0100 0400 25444230 7905, 0005", // 1401 bytes
    "5400 1400 0000 0100 0800 2544423635353335 0200, 0004", // over the end
    "5400 0200 0000 0100 0300 254457, 0011", // a name of 3 characters
    "5400 0200 0000 0100 0900 25445730, 0076", // shorter than it says
    "5600 0200 0000 0100 0400 25445730, 0078", // no such command
  })
  void mistakesHaveTheManualsCodes(String instruction, String code) throws IOException {
    String answer = instruction(frame(instruction));
    assertEquals("FFFF" + code.substring(2) + code.substring(0, 2), answer.substring(12));
  }

  @Test
  void headersAreChecked() throws IOException {
    byte[] wrongSum = frame("5400 0200 0000 0100 0400 25445730");
    wrongSum[19]++;
    assertEquals("55000200" + "0000FFFF7700", instruction(wrongSum));
    byte[] noSum = frame("5400 0200 0000 0100 0400 25445730");
    noSum[19] = 0;
    assertEquals("55000200000000000100" + "02000000", instruction(noSum));
    byte[] stranger = frame("5400 0200 0000 0100 0400 25445730");
    stranger[0] = 'X';
    stranger[19] = sum(stranger);
    assertEquals("55000200" + "0000FFFF7500", instruction(stranger));
  }

  @Test
  void invokeIdIsRepeated() throws IOException {
    byte[] request = frame("5400 0200 0000 0100 0400 25445730");
    request[14] = 0x34;
    request[15] = 0x12;
    request[19] = sum(request);
    byte[] answer = exchange(request);
    assertEquals("3412", HEX.formatHex(answer, 14, 16));
  }
}
