package io.deungdae.collector.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.LinkState;
import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.driver.Probe;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole way from settings to samples, against libmodbus and against a server that misbehaves.
 */
class ModbusIT {

  private static final Logger LOG = LoggerFactory.getLogger(ModbusIT.class);
  private static boolean haveLibmodbus;

  private @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeAll
  static void compile() throws Exception {
    haveLibmodbus = LibmodbusServer.compile().isPresent();
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable resource : open) {
      resource.close();
    }
  }

  private Rig rig(String modbus, String... csv) throws IOException {
    Rig rig = Rig.of(folder, Map.of("plc", "host: 127.0.0.1, " + modbus), csv).get(0);
    open.add(0, rig);
    return rig;
  }

  private LibmodbusServer libmodbus() throws IOException {
    assumeTrue(haveLibmodbus, "gcc or libmodbus is missing");
    LibmodbusServer server = LibmodbusServer.start(0);
    open.add(server);
    return server;
  }

  private RudeServer rude(RudeServer.Manners manners) throws IOException {
    RudeServer server = new RudeServer(manners);
    open.add(server);
    return server;
  }

  private static boolean send(OutputStream out, byte[] bytes) throws IOException {
    out.write(bytes);
    return true;
  }

  private static void await(int seconds, BooleanSupplier condition) {
    Rig.await(seconds, condition);
  }

  // ---- against libmodbus

  @Test
  void valuesOfEveryTableAndTypeArrive() throws Exception {
    LibmodbusServer server = libmodbus();
    server.setRegisters(0, 0x9000, 0x4454); // 850.25 as a float, low word first
    server.setRegisters(2, 0xFFFE, 0x1234);
    server.setRegisters(4, 0x0001, 0x0000, 0x0000, 0x8000);
    server.setRegisters(10, 0x4C53, 0x2D31, 0x0000);
    server.setRegisters(14, 0x0008);
    server.setRegisters(16, 0x0000, 0x7FC0); // not a number
    server.set("ir", 7, 300);
    server.set("co", 3, 1);
    server.set("co", 12, 1);
    server.set("di", 9, 1);
    Rig rig =
        rig(
            "port: " + server.port() + ", wordOrder: low-first",
            "float,plc,hr:0,float32,fast",
            "int16,plc,hr:2,int16",
            "bcd,plc,hr:3,bcd16",
            "int64,plc,hr:4,int64",
            "text,plc,hr:10,string6",
            "bit,plc,hr:14.3,bool",
            "nan,plc,hr:16,float32",
            "input,plc,ir:7,uint16,,,,,0.1",
            "coil,plc,co:3,bool",
            "nextCoil,plc,co:4,bool",
            "farCoil,plc,co:12,bool",
            "discrete,plc,di:9,bool");
    rig.agent.start();
    await(5, () -> rig.latest.size() == 12);
    assertEquals(850.25, rig.value("float"));
    assertEquals(-2, rig.value("int16"));
    assertEquals(1234, rig.value("bcd"));
    assertEquals(Value.of(0x8000_0000_0000_0001L), sample(rig, "int64").value());
    assertEquals(Value.of("LS-1"), sample(rig, "text").value());
    assertEquals(Value.of(true), sample(rig, "bit").value());
    assertEquals(Quality.BAD_NOT_FINITE, rig.quality("nan"));
    assertEquals(30, rig.value("input"), 1e-9);
    assertEquals(Value.of(true), sample(rig, "coil").value());
    assertEquals(Value.of(false), sample(rig, "nextCoil").value());
    assertEquals(Value.of(true), sample(rig, "farCoil").value());
    assertEquals(Value.of(true), sample(rig, "discrete").value());
  }

  private static Sample sample(Rig rig, String tag) {
    Sample sample = rig.latest.get(tag);
    assertNotNull(sample);
    return sample;
  }

  @Test
  void writesLandInTheRightWordsAndAreReadBack() throws Exception {
    LibmodbusServer server = libmodbus();
    server.setRegisters(130, 0x00F0);
    String limits = ",,true,-100000,100000,";
    Rig rig =
        rig(
            "port: " + server.port() + ", wordOrder: low-first",
            "float,plc,hr:100,float32" + limits,
            "high,plc,hr:102,float32:high-first" + limits,
            "swapped,plc,hr:104,int32@BADC" + limits,
            "scaled,plc,hr:106,int16" + limits + "0.1",
            "single,plc,hr:107,uint16" + limits,
            "bit,plc,hr:130.8,bool,,true,0,1,",
            "coil,plc,co:5,bool,,true,0,1,",
            "refused,plc,hr:50,int16" + limits);
    rig.agent.start();
    assertInstanceOf(Outcome.Confirmed.class, rig.write("float", 850.25));
    assertEquals(0x9000, server.register(100));
    assertEquals(0x4454, server.register(101));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("high", 850.25));
    assertEquals(0x4454, server.register(102));
    assertEquals(0x9000, server.register(103));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("swapped", 0x12345));
    assertEquals(0x0100, server.register(104));
    assertEquals(0x4523, server.register(105));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("scaled", -850.3));
    assertEquals(0x10000 - 8503, server.register(106));
    assertInstanceOf(Outcome.Refused.class, rig.write("scaled", 4000));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("single", 65_535));
    assertEquals(65_535, server.register(107));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("bit", 1));
    assertEquals(0x01F0, server.register(130));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("bit", 0));
    assertEquals(0x00F0, server.register(130));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("coil", 1));
    assertEquals(1, server.coil(5));
    Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, rig.write("refused", 1));
    assertTrue(refused.reason().contains("illegal data address"), refused.reason());
  }

  @Test
  void oneBadRegisterCostsOneTag() throws Exception {
    LibmodbusServer server = libmodbus();
    List<String> csv = new ArrayList<>();
    for (int address = 0; address < 100; address += 2) {
      server.setRegisters(address, address);
      csv.add("r" + address + ",plc,hr:" + address + ",uint16,fast");
    }
    Rig rig = rig("port: " + server.port(), csv.toArray(String[]::new));
    rig.agent.start();
    await(5, () -> rig.latest.size() == 50);
    assertEquals(Quality.BAD_REJECTED, rig.quality("r50"));
    await(5, () -> rig.all.size() > 500);
    assertEquals(1, rig.all.stream().filter(s -> !s.quality().isGood()).count());
    assertEquals(48, rig.value("r48"));
    assertEquals(52, rig.value("r52"));
    assertEquals(LinkState.UP, rig.agent.status().state());
  }

  @Test
  void valuesFlowWithinOneReconnectIntervalAfterARestartOfTheServer() throws Exception {
    LibmodbusServer server = libmodbus();
    Rig rig = rig("port: " + server.port(), "r,plc,hr:1,uint16,fast");
    rig.agent.start();
    await(5, () -> rig.quality("r").isGood());
    server.close();
    await(5, () -> rig.quality("r") == Quality.BAD_NO_LINK);
    LibmodbusServer again = LibmodbusServer.start(server.port());
    open.add(again);
    again.setRegisters(1, 77);
    long startNs = System.nanoTime();
    await(5, () -> rig.value("r") == 77);
    LOG.warn("values flow again after {} ms", (System.nanoTime() - startNs) / 1_000_000);
    assertTrue(System.nanoTime() - startNs < 2_000_000_000L, "longest wait is 1 s");
    assertEquals(1, rig.all.stream().filter(s -> s.quality() == Quality.BAD_NO_LINK).count());
  }

  @Test
  void writesAreFlatUnderFullPollingLoad() throws Exception {
    LibmodbusServer server = libmodbus();
    List<String> csv = new ArrayList<>();
    for (int address = 200; address < 1960; address += 2) {
      csv.add("r" + address + ",plc,hr:" + address + ",float32,fast");
    }
    csv.add("sp,plc,hr:100,float32,,true,0,100000,");
    Rig rig = rig("port: " + server.port(), csv.toArray(String[]::new));
    rig.agent.start();
    await(5, () -> rig.latest.size() == csv.size());
    int rounds = 300;
    double[] millis = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      long startNs = System.nanoTime();
      Outcome.Confirmed done = assertInstanceOf(Outcome.Confirmed.class, rig.write("sp", 1000 + i));
      millis[i] = (done.atNs() - startNs) / 1e6;
    }
    Arrays.sort(millis);
    LOG.warn(
        "write and read back while polling {} registers every 5 ms: median {} ms, p99 {} ms,"
            + " worst {} ms; overruns {}",
        2 * csv.size(),
        millis[rounds / 2],
        millis[rounds * 99 / 100],
        millis[rounds - 1],
        rig.agent.status().overruns());
    assertTrue(millis[rounds / 2] < 20, "median " + millis[rounds / 2] + " ms");
  }

  // ---- against a server that misbehaves

  private static final String[] TWO_BLOCKS = {
    "low,plc,hr:1000,uint16,fast", "high,plc,hr:2000,uint16,fast"
  };

  @Test
  void lateAnswerIsNeverTakenForThePresentOne() throws Exception {
    byte[][] kept = new byte[1][];
    RudeServer server =
        rude(
            (number, frame, out) -> {
              if (number % 5 == 2) {
                kept[0] = RudeServer.properly(frame);
                return true; // keeps the answer back until after the next request
              }
              byte[] late = kept[0];
              kept[0] = null;
              return (late == null || send(out, late)) && send(out, RudeServer.properly(frame));
            });
    Rig rig = rig("timeout: 250ms, port: " + server.port(), TWO_BLOCKS);
    rig.agent.start();
    await(10, () -> rig.all.stream().filter(s -> s.quality() == Quality.BAD_TIMEOUT).count() >= 6);
    for (Sample sample : rig.all) {
      double right = sample.tag().name().equals("low") ? 1000 : 2000;
      assertTrue(sample.quality().isBad() || sample.asDouble() == right, sample.toString());
    }
    assertEquals(1, server.connections(), "the link stays");
  }

  @Test
  void answersUnderWrongNumbersAreNoAnswersAndTheLinkIsMadeAnew() throws Exception {
    RudeServer server =
        rude(
            (number, frame, out) -> {
              byte[] answer = RudeServer.properly(frame);
              answer[1]++;
              return send(out, answer);
            });
    Rig rig = rig("timeout: 30ms, port: " + server.port(), TWO_BLOCKS);
    rig.agent.start();
    await(5, () -> server.connections() >= 2);
    assertTrue(rig.all.stream().allMatch(s -> s.quality().isBad()));
  }

  @Test
  void disconnectInTheMiddleOfAFrameIsALostLinkAndNothingElse() throws Exception {
    RudeServer server =
        rude(
            (number, frame, out) -> {
              byte[] answer = RudeServer.properly(frame);
              if (number == 3) {
                out.write(answer, 0, answer.length - 1);
                return false;
              }
              return send(out, answer);
            });
    Rig rig = rig("port: " + server.port(), TWO_BLOCKS);
    rig.agent.start();
    await(5, () -> server.connections() == 2 && rig.quality("low").isGood());
    assertEquals(2, rig.all.stream().filter(s -> s.quality() == Quality.BAD_NO_LINK).count());
    assertEquals(1, rig.agent.status().reconnects());
    assertEquals(0, rig.agent.bugs());
  }

  @Test
  void answerThatDripsCannotStretchTheTimeout() throws Exception {
    RudeServer server =
        rude(
            (number, frame, out) -> {
              for (byte b : RudeServer.properly(frame)) {
                out.write(b);
                out.flush();
                LockSupport.parkNanos(20_000_000);
              }
              return true;
            });
    Rig rig = rig("timeout: 60ms, port: " + server.port(), "r,plc,hr:1,uint16");
    long startNs = System.nanoTime();
    rig.agent.start();
    await(5, () -> rig.quality("r") == Quality.BAD_TIMEOUT);
    assertTrue(System.nanoTime() - startNs < 2_000_000_000L);
  }

  @Test
  void rtuFramesOverTcpAreReadAndALateAnswerEndsTheConnection() throws Exception {
    RtuServer server = new RtuServer(6);
    open.add(server);
    Rig rig = rig("framing: rtu-over-tcp, timeout: 100ms, port: " + server.port(), TWO_BLOCKS);
    rig.agent.start();
    await(5, () -> server.connections() == 2 && rig.all.size() > 30);
    for (Sample sample : rig.all) {
      double right = sample.tag().name().equals("low") ? 1000 : 2000;
      assertTrue(sample.quality().isBad() || sample.asDouble() == right, sample.toString());
    }
    assertTrue(rig.quality("high").isGood());
  }

  @Test
  void garbageEndsTheLink() throws Exception {
    RudeServer server =
        rude(
            (number, frame, out) -> {
              byte[] answer = RudeServer.properly(frame);
              if (number == 2) {
                answer[4] = 0x7F; // a length that no frame has
              }
              return send(out, answer);
            });
    Rig rig = rig("port: " + server.port(), TWO_BLOCKS);
    rig.agent.start();
    await(5, () -> server.connections() == 2 && rig.quality("high").isGood());
    assertEquals(0, rig.agent.bugs());
  }

  @Test
  void busyDeviceIsBadForThatScanOnly() throws Exception {
    RudeServer server =
        rude(
            (number, frame, out) ->
                send(
                    out,
                    number % 4 == 1 ? RudeServer.exception(frame, 6) : RudeServer.properly(frame)));
    Rig rig = rig("port: " + server.port(), TWO_BLOCKS);
    rig.agent.start();
    await(5, () -> rig.all.size() > 50);
    assertTrue(rig.all.stream().anyMatch(s -> s.quality() == Quality.BAD_DEVICE));
    assertTrue(rig.all.stream().anyMatch(s -> s.asDouble() == 2000));
    assertEquals(1, server.connections());
  }

  @Test
  void silentDeviceStallsNobodyElse() throws Exception {
    RudeServer silent = rude((number, frame, out) -> true);
    RudeServer lively = rude((number, frame, out) -> send(out, RudeServer.properly(frame)));
    Rig dead = rig("timeout: 400ms, port: " + silent.port(), TWO_BLOCKS);
    Rig alive = rig("port: " + lively.port(), "r,plc,hr:7,uint16");
    dead.agent.start();
    alive.agent.start();
    await(5, () -> dead.quality("low") == Quality.BAD_TIMEOUT);
    await(5, () -> dead.agent.status().reconnects() >= 1);
    List<Sample> samples = List.copyOf(alive.all);
    long spanMs =
        (samples.get(samples.size() - 1).arrivalNs() - samples.get(0).arrivalNs()) / 1_000_000;
    assertTrue(samples.size() >= spanMs / 20 / 2, samples.size() + " in " + spanMs + " ms");
    assertEquals(0, alive.agent.status().errors());
  }

  @Test
  void everyTypeIsWrittenInEveryOrderAndReadBack() throws Exception {
    LibmodbusServer server = libmodbus();
    Map<String, Double> values = new TreeMap<>();
    values.put("int16", -2_000.0);
    values.put("uint16", 54_321.0);
    values.put("int32", -123_456_789.0);
    values.put("uint32", 3_123_456_789.0);
    values.put("int64", -9_007_199_254_740_991.0);
    values.put("uint64", 9_007_199_254_740_991.0);
    values.put("float32", 850.25);
    values.put("float64", -1.0 / 3);
    values.put("bcd16", 4_711.0);
    values.put("bcd32", 12_345_678.0);
    List<String> csv = new ArrayList<>();
    int address = 200;
    for (String type : values.keySet()) {
      for (Order order : Order.values()) {
        csv.add(
            type
                + order
                + ",plc,hr:"
                + address
                + ","
                + type
                + "@"
                + order
                + ",,true,-1e17,1e17,,,0");
        address += 4;
      }
    }
    Rig rig = rig("port: " + server.port(), csv.toArray(String[]::new));
    rig.agent.start();
    address = 200;
    for (Map.Entry<String, Double> value : values.entrySet()) {
      byte[] bytes = bytes(value.getKey(), value.getValue());
      for (Order order : Order.values()) {
        String tag = value.getKey() + order;
        assertInstanceOf(Outcome.Confirmed.class, rig.write(tag, value.getValue()), tag);
        for (int i = 0; i < bytes.length / 2; i++) {
          assertEquals(
              wordOnTheWire(bytes, i, order), server.register(address + i), tag + " word " + i);
        }
        address += 4;
      }
    }
  }

  /** The most significant byte first, by nothing of the driver's. */
  private static byte[] bytes(String type, double value) {
    return switch (type) {
      case "int16", "uint16" -> ByteBuffer.allocate(2).putShort((short) (long) value).array();
      case "int32", "uint32" -> ByteBuffer.allocate(4).putInt((int) (long) value).array();
      case "int64", "uint64" -> ByteBuffer.allocate(8).putLong((long) value).array();
      case "float32" -> ByteBuffer.allocate(4).putFloat((float) value).array();
      case "float64" -> ByteBuffer.allocate(8).putDouble(value).array();
      default -> HexFormat.of().parseHex(Long.toString((long) value)); // decimal digits as they are
    };
  }

  private static int wordOnTheWire(byte[] bytes, int place, Order order) {
    boolean lowWordFirst = order == Order.CDAB || order == Order.DCBA;
    boolean lowByteFirst = order == Order.BADC || order == Order.DCBA;
    int word = lowWordFirst ? bytes.length / 2 - 1 - place : place;
    int high = bytes[2 * word] & 0xFF;
    int low = bytes[2 * word + 1] & 0xFF;
    return lowByteFirst ? low << 8 | high : high << 8 | low;
  }

  @Test
  void valueThatCannotBeHeldIsRefusedAndNothingIsSent() throws Exception {
    LibmodbusServer server = libmodbus();
    server.setRegisters(100, 7, 7, 7, 7);
    Rig rig =
        rig(
            "port: " + server.port(),
            "tenths,plc,hr:100,int16,,true,-1e6,1e6,0.1,,0.01",
            "steps,plc,hr:101,uint16,,true,0,1e6,5",
            "bcd,plc,hr:102,bcd16,,true,0,1e6",
            "float,plc,hr:103,float32,,true,0,1e9,,,0.001");
    rig.agent.start();
    refused(rig, "tenths", 3_276.8, "beyond 16 bits");
    refused(rig, "tenths", 20.04, "not within the tolerance");
    assertInstanceOf(Outcome.Confirmed.class, rig.write("tenths", 20.4));
    assertEquals(204, server.register(100));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("steps", 52), "rounded to a step");
    assertEquals(10, server.register(101));
    refused(rig, "bcd", 10_000, "five digits");
    refused(rig, "float", 16_777_217, "beyond 24 bits");
    assertEquals(7, server.register(102));
    assertEquals(7, server.register(103));
  }

  private static void refused(Rig rig, String tag, double value, String why) {
    Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, rig.write(tag, value), why);
    assertTrue(refused.reason().contains("cannot be held"), refused.reason());
  }

  @Test
  void functions15And16And22AreUsedWhereAsked() throws Exception {
    LibmodbusServer server = libmodbus();
    server.setRegisters(130, 0x00F0);
    Rig rig =
        rig(
            "coilWrite: multiple, registerWrite: multiple, bitWrite: mask-write, port: "
                + server.port(),
            "word,plc,hr:100,int16,,true,-100,100",
            "coil,plc,co:11,bool,,true,0,1",
            "bit,plc,hr:130.8,bool,,true,0,1");
    rig.agent.start();
    assertInstanceOf(Outcome.Confirmed.class, rig.write("word", -5));
    assertEquals(0xFFFB, server.register(100));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("coil", 1));
    assertEquals(1, server.coil(11));
    assertEquals(0, server.coil(12));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("bit", 1));
    assertEquals(0x01F0, server.register(130));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("bit", 0));
    assertEquals(0x00F0, server.register(130));
  }

  @Test
  void deviceThatTakesFunction16AloneIsFoundOut() throws Exception {
    LibmodbusServer server = libmodbus();
    Rig rig = rig("port: " + server.port(), "sp,plc,hr:60,int16,,true,-100,100");
    rig.agent.start();
    assertInstanceOf(Outcome.Confirmed.class, rig.write("sp", -5));
    assertEquals(0xFFFB, server.register(60));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("sp", 7));
    assertEquals(7, server.register(60));
  }

  @Test
  void unitThatItsGatewayMissesIsPolledEverMoreRarely() throws Exception {
    RudeServer gateway =
        rude(
            (number, frame, out) ->
                send(
                    out,
                    frame[6] == 2 ? RudeServer.exception(frame, 11) : RudeServer.properly(frame)));
    String port = "host: 127.0.0.1, port: " + gateway.port();
    List<Rig> rigs =
        Rig.of(
            folder,
            Map.of("u1", port + ", unit: 1", "u2", port + ", unit: 2"),
            "a,u1,hr:1,uint16,fast",
            "b,u2,hr:1,uint16,fast");
    open.addAll(0, rigs);
    rigs.forEach(rig -> rig.agent.start());
    await(10, () -> rigs.get(1).agent.status().reconnects() >= 2);
    assertTrue(rigs.get(1).agent.status().requests() <= 12, "three an attempt");
    assertTrue(rigs.get(1).quality("b").isBad());
    assertEquals(0, rigs.get(0).agent.status().badSamples());
  }

  @Test
  void severalRequestsOnSeveralConnectionsBringEveryValueToItsTag() throws Exception {
    LibmodbusServer server = libmodbus();
    List<String> csv = new ArrayList<>();
    for (int address = 100; address < 2_000; address += 2) {
      server.setRegisters(address, address, address + 1);
      csv.add("r" + address + ",plc,hr:" + address + ",uint32,fast");
    }
    csv.add("sp,plc,hr:10,uint16,,true,0,60000");
    Rig rig =
        rig("outstanding: 4, connections: 2, port: " + server.port(), csv.toArray(String[]::new));
    rig.agent.start();
    await(10, () -> rig.all.size() > 20_000);
    for (int value = 1; value <= 50; value++) {
      assertInstanceOf(Outcome.Confirmed.class, rig.write("sp", value));
      assertEquals(value, server.register(10));
    }
    for (Sample sample : rig.all) {
      if (!sample.tag().name().equals("sp")) {
        long address = Long.parseLong(sample.tag().name().substring(1));
        assertEquals(address << 16 | (address + 1), (long) sample.asDouble(), sample.toString());
      }
    }
    assertEquals(0, rig.agent.status().badSamples());
  }

  @Test
  void answersInAnotherOrderAndLateOnesFindTheirOwnRequests() throws Exception {
    byte[][] kept = new byte[1][];
    RudeServer server =
        rude(
            (number, frame, out) -> {
              if (number % 9 == 5) {
                return true; // never answered
              }
              if (kept[0] == null && number % 3 == 0) {
                kept[0] = RudeServer.properly(frame);
                return true; // answered after the next one, however long that takes
              }
              byte[] late = kept[0];
              kept[0] = null;
              return send(out, RudeServer.properly(frame)) && (late == null || send(out, late));
            });
    List<String> csv = new ArrayList<>();
    for (int i = 1; i <= 12; i++) {
      csv.add("r" + 1_000 * i + ",plc,hr:" + 1_000 * i + ",uint16,fast");
    }
    Rig rig =
        rig("outstanding: 4, timeout: 150ms, port: " + server.port(), csv.toArray(String[]::new));
    rig.agent.start();
    await(20, () -> rig.all.size() > 500);
    assertTrue(rig.all.stream().anyMatch(s -> s.quality() == Quality.BAD_TIMEOUT));
    for (Sample sample : rig.all) {
      String right = "r" + (long) sample.asDouble();
      assertTrue(sample.quality().isBad() || sample.tag().name().equals(right), sample.toString());
    }
    assertEquals(1, server.connections(), "the link stays");
  }

  @Test
  void fastLoopSeesAChangeWhileTheRestIsPolled() throws Exception {
    LibmodbusServer server = libmodbus();
    List<String> csv = new ArrayList<>();
    for (int address = 200; address < 1_960; address += 2) {
      csv.add("r" + address + ",plc,hr:" + address + ",float32,normal");
    }
    csv.add("pv,plc,hr:100,uint16,fast");
    Rig rig = rig("fast: loop, port: " + server.port(), csv.toArray(String[]::new));
    rig.agent.start();
    await(10, () -> rig.latest.size() == csv.size());
    int rounds = 200;
    double[] millis = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      int value = i + 1;
      long startNs = System.nanoTime();
      server.set("hr", 100, value);
      while (rig.value("pv") != value) {
        assertTrue(System.nanoTime() - startNs < 2_000_000_000L, "seen");
        Thread.onSpinWait();
      }
      millis[i] = (System.nanoTime() - startNs) / 1e6;
    }
    Arrays.sort(millis);
    LOG.warn(
        "change seen after: median {} ms, p99 {} ms; overruns {}",
        millis[rounds / 2],
        millis[rounds * 99 / 100],
        rig.agent.status().overruns());
    assertTrue(millis[rounds / 2] < 10, "median " + millis[rounds / 2] + " ms");
  }

  @Test
  void tenDevicesOneOfWhichNeverAnswers() throws Exception {
    RudeServer silent = rude((number, frame, out) -> true);
    Map<String, String> devices = new TreeMap<>();
    List<String> csv = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int port = i == 4 ? silent.port() : libmodbus().port();
      devices.put("plc" + i, "host: 127.0.0.1, timeout: 200ms, port: " + port);
      csv.add("r" + i + ",plc" + i + ",hr:1,uint16,250ms");
    }
    List<Rig> rigs = Rig.of(folder, devices, csv.toArray(String[]::new));
    open.addAll(0, rigs);
    rigs.forEach(rig -> rig.agent.start());
    List<Rig> nine = new ArrayList<>(rigs);
    Rig dead = nine.remove(4);
    await(10, () -> nine.stream().allMatch(rig -> !rig.all.isEmpty()));
    await(10, () -> dead.agent.status().errors() >= 2);
    for (Rig rig : nine) {
      List<Sample> all = List.copyOf(rig.all);
      List<Sample> samples = all.subList(1, all.size()); // the first comes as soon as it can
      long spanNs = samples.get(samples.size() - 1).arrivalNs() - samples.get(0).arrivalNs();
      assertEquals(1 + Math.round(spanNs / 250e6), samples.size(), "polls of " + rig.agent.name());
      assertEquals(0, rig.agent.status().badSamples());
    }
  }

  @Test
  void tlsWithBothCertificatesIsSpokenAndNothingLess() throws Exception {
    LibmodbusServer server = libmodbus();
    server.setRegisters(1, 77);
    assumeTrue(TlsRelay.isPossible(), "socat or openssl is missing");
    TlsRelay relay = new TlsRelay(folder, server.port());
    open.add(relay);
    Rig good =
        rig(relay.settings("gateway"), "r,plc,hr:1,uint16,fast", "sp,plc,hr:2,uint16,,true,0,99");
    good.agent.start();
    await(10, () -> good.value("r") == 77);
    assertInstanceOf(Outcome.Confirmed.class, good.write("sp", 42));
    assertEquals(42, server.register(2));
    Rig stranger = rig(relay.settings("stranger"), "r,plc,hr:1,uint16,fast");
    stranger.agent.start();
    await(10, () -> stranger.agent.status().errors() > 0);
    assertTrue(stranger.quality("r").isBad());
    Rig inClear = rig("port: " + relay.port() + ", timeout: 100ms", "r,plc,hr:1,uint16,fast");
    inClear.agent.start();
    await(10, () -> inClear.agent.status().errors() > 0);
    assertTrue(inClear.quality("r").isBad());
    Rig misled = rig(relay.settings("gateway", "elsewhere"), "r,plc,hr:1,uint16,fast");
    misled.agent.start();
    await(10, () -> misled.agent.status().errors() > 0);
    assertTrue(misled.quality("r").isBad(), "a certificate of another host");
  }

  // ---- by hand

  private Probe probe(String modbus) throws Exception {
    Probe probe =
        Rig.of(folder, Map.of("plc", "host: 127.0.0.1, " + modbus))
            .get(0)
            .settings
            .spec()
            .probe(Clock.system())
            .orElseThrow();
    open.add(0, probe);
    return probe;
  }

  private static String cell(Probe.Reading reading, int row, String column) {
    return reading.rows().get(row).get(reading.columns().indexOf(column));
  }

  @Test
  void probeShowsAValueInEveryOrder() throws Exception {
    LibmodbusServer server = libmodbus();
    server.setRegisters(100, 0x9000, 0x4454, 0x4C53, 0x3131);
    Probe probe = probe("wordOrder: low-first, addressing: one, port: " + server.port());
    Probe.Reading reading = probe.read("hr:101", "float32", 1);
    assertEquals(
        List.of("address", "wire", "manual", "registers", "ABCD", "CDAB *", "BADC", "DCBA"),
        reading.columns());
    assertEquals(
        List.of(
            "hr:101",
            "100",
            "400101",
            "9000 4454",
            "-2.5296187E-29",
            "850.25",
            "1.325454E-38",
            "3.36729211E12"),
        reading.rows().get(0));
  }

  @Test
  void probeWithoutATypeShowsEveryTypeThatFits() throws Exception {
    LibmodbusServer server = libmodbus();
    server.setRegisters(100, 0x9000, 0x4454, 0x4C53, 0x3131);
    Probe probe = probe("port: " + server.port());
    Probe.Reading reading = probe.read("hr:100", "", 3);
    assertEquals(12, reading.rows().size(), "three registers in four orders");
    assertEquals("9000", cell(reading, 0, "register"));
    assertEquals("36864", cell(reading, 0, "uint16"));
    assertEquals("-28672", cell(reading, 0, "int16"));
    assertEquals("850.25", cell(reading, 1, "float32"));
    assertEquals("CDAB", cell(reading, 1, "order"));
    assertEquals("LS", cell(reading, 8, "text"));
    assertEquals("SL", cell(reading, 10, "text"));
    assertEquals("1", probe.read("hr:101.2", "", 1).rows().get(0).get(4), "a bit of 4454");
  }

  @Test
  void probeReadsWhatIsThereThoughTheDeviceIsSilentAboutTheRest() throws Exception {
    RudeServer server =
        rude(
            (number, frame, out) ->
                frame[11] > 1 || send(out, RudeServer.properly(frame))); // one register alone
    Probe probe = probe("timeout: 50ms, port: " + server.port());
    assertEquals("7", cell(probe.read("hr:7", "", 1), 0, "uint16"));
  }

  @Test
  void probeLooksNoFurtherThanTheDeviceGoesAndSaysWhatItRefuses() throws Exception {
    LibmodbusServer server = libmodbus();
    server.set("di", 1_999, 1);
    Probe probe = probe("port: " + server.port());
    assertEquals("", cell(probe.read("hr:1999", "", 1), 0, "float32"));
    assertEquals(
        List.of("di:1999", "1999", "102000", "1"), probe.read("di:1999", "", 1).rows().get(0));
    DeviceException refused =
        assertThrows(DeviceException.class, () -> probe.read("hr:50", "int16", 1));
    assertTrue(String.valueOf(refused.getMessage()).contains("illegal data address"));
    for (String nonsense : new String[] {"40001", "hr:99999", ""}) {
      assertThrows(DeviceException.class, () -> probe.read(nonsense, "", 1), nonsense);
    }
    assertThrows(DeviceException.class, () -> probe.read("hr:1", "float33", 1));
    assertThrows(DeviceException.class, () -> probe.read("hr:65535", "", 2));
  }
}
