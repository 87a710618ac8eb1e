package io.deungdae.simulators.trouble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.simulators.furnace.FurnaceSettings;
import io.deungdae.simulators.furnace.QuenchFurnace;
import io.deungdae.simulators.modbus.ModbusPlantServer;
import io.deungdae.simulators.plant.SensorFault;
import io.deungdae.simulators.plant.SharedPlant;
import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.xgt.Model;
import io.deungdae.simulators.xgt.XgtServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every trouble of the register protocols, byte by byte over a raw socket. */
class WireTroubleIT {

  private static final byte[] MODBUS = hex("4711 0000 0006 01 03 0064 0002"); // zone1.pv
  private static final byte[] XGT =
      hex(
          "4C5349532D584754 0000 0000 A033 0200 0F00 03 00"
              + "5400 0300 0000 0100 0500 2544443530"); // %DD50

  private final SharedPlant<QuenchFurnace> plant =
      new SharedPlant<>(new QuenchFurnace(FurnaceSettings.standing(1)));
  private final Signal zone1 = plant.signal("zone1.pv").orElseThrow();
  private ModbusPlantServer modbus;
  private XgtServer xgt;

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  @BeforeEach
  void start() throws IOException {
    modbus = new ModbusPlantServer(plant, 0);
    xgt = XgtServer.of(Model.XGK, plant, 0);
  }

  @AfterEach
  void stop() throws IOException {
    modbus.close();
    xgt.close();
  }

  private static Socket connect(ProtocolServer server) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(2000);
    return socket;
  }

  private ProtocolServer server(String protocol) {
    return protocol.equals("modbus") ? modbus : xgt;
  }

  private static byte[] request(ProtocolServer server) {
    return server.protocol().equals("modbus") ? MODBUS : XGT;
  }

  private static byte[] whole(Socket socket, ProtocolServer server) throws IOException {
    boolean modbus = server.protocol().equals("modbus");
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] head = in.readNBytes(modbus ? 6 : 20);
    int body = modbus ? head[5] : head[16];
    byte[] frame = new byte[head.length + body];
    System.arraycopy(head, 0, frame, 0, head.length);
    in.readFully(frame, head.length, body);
    return frame;
  }

  private static byte[] exchange(ProtocolServer server) throws IOException {
    try (Socket socket = connect(server)) {
      socket.getOutputStream().write(request(server));
      return whole(socket, server);
    }
  }

  private static float value(byte[] answer) {
    ByteBuffer in = ByteBuffer.wrap(answer);
    int low = in.getShort(9) & 0xFFFF;
    return Float.intBitsToFloat(in.getShort(11) << 16 | low);
  }

  @ParameterizedTest
  @ValueSource(strings = {"modbus", "xgt"})
  void silenceHangingUpAndCutFramesEndAsAClientSeesThem(String protocol) throws IOException {
    ProtocolServer server = server(protocol);
    byte[] sound = exchange(server);
    server.troubles().only(Trouble.SILENT);
    try (Socket socket = connect(server)) {
      socket.setSoTimeout(300);
      socket.getOutputStream().write(request(server));
      assertThrows(SocketTimeoutException.class, () -> whole(socket, server));
      server.troubles().only(Trouble.HANG_UP);
      socket.getOutputStream().write(request(server));
      assertEquals(-1, socket.getInputStream().read());
    }
    server.troubles().only(Trouble.CUT);
    try (Socket socket = connect(server)) {
      socket.getOutputStream().write(request(server));
      byte[] part = socket.getInputStream().readAllBytes();
      assertTrue(part.length > 0 && part.length < sound.length, part.length + " bytes");
    }
    server.troubles().stopAll();
    assertEquals(sound.length, exchange(server).length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"modbus", "xgt"})
  void wrongNumbersSecondCopiesGarbageAndSlowAnswers(String protocol) throws IOException {
    ProtocolServer server = server(protocol);
    byte[] sound = exchange(server);
    int number = protocol.equals("modbus") ? 1 : 14;
    server.troubles().only(Trouble.WRONG_ID);
    assertEquals(sound[number] + 1, exchange(server)[number]);
    server.troubles().only(Trouble.TWICE);
    try (Socket socket = connect(server)) {
      socket.getOutputStream().write(request(server));
      assertArrayEquals(whole(socket, server), whole(socket, server));
    }
    server.troubles().only(Trouble.GARBAGE);
    try (Socket socket = connect(server)) {
      socket.getOutputStream().write(request(server));
      assertEquals('H', socket.getInputStream().read());
    }
    server.troubles().stopAll();
    server.troubles().start(Trouble.SLOW, 0.4);
    try (Socket socket = connect(server)) {
      long beganNs = System.nanoTime();
      socket.getOutputStream().write(request(server));
      assertEquals(sound.length, whole(socket, server).length);
      assertTrue(System.nanoTime() - beganNs > 390_000_000);
    }
  }

  @Test
  void theCodeOfAnExceptionIsTheOneAskedFor() throws IOException {
    modbus.troubles().only(Trouble.EXCEPTION);
    assertArrayEquals(hex("4711 0000 0003 01 83 06"), exchange(modbus));
    modbus.troubles().start(Trouble.EXCEPTION, 11);
    assertArrayEquals(hex("4711 0000 0003 01 83 0B"), exchange(modbus));
    xgt.troubles().start(Trouble.EXCEPTION, 0x0005);
    assertEquals("FFFF0500", HexFormat.of().withUpperCase().formatHex(exchange(xgt), 26, 30));
  }

  @Test
  void staleServerTellsOldValuesWhileAnotherTellsNewOnes() throws IOException {
    modbus.troubles().only(Trouble.STALE);
    float old = value(exchange(modbus));
    plant.step(600);
    assertEquals(old, value(exchange(modbus)));
    modbus.troubles().stopAll();
    assertEquals((float) plant.read(zone1), value(exchange(modbus)));
  }

  @Test
  void badStatusAndLostSensorsReadAsNoNumberAndFrozenOnesAsBefore() throws IOException {
    modbus.troubles().only(Trouble.BAD_STATUS);
    assertTrue(Float.isNaN(value(exchange(modbus))));
    modbus.troubles().stopAll();
    plant.start(zone1, SensorFault.LOST, 0);
    assertTrue(Float.isNaN(value(exchange(modbus))));
    plant.start(zone1, SensorFault.FROZEN, 0);
    float frozen = value(exchange(modbus));
    plant.step(600);
    assertEquals(frozen, value(exchange(modbus)));
    plant.repair(zone1);
    double truth = plant.read(zone1);
    plant.start(zone1, SensorFault.OFFSET, 25);
    assertEquals((float) (truth + 25), value(exchange(modbus)));
  }
}
