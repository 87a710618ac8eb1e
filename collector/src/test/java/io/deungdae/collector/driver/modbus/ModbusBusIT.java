package io.deungdae.collector.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deungdae.collector.driver.LinkState;
import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RTU on a serial line, with libmodbus's servers as the units: alone, and several on a bus. */
class ModbusBusIT {

  private static boolean havePrograms;

  private @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeAll
  static void compile() throws Exception {
    havePrograms = LibmodbusServer.compile().isPresent() && SerialBus.compile().isPresent();
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable resource : open) {
      resource.close();
    }
  }

  private SerialBus bus(int units) throws IOException {
    assumeTrue(havePrograms, "gcc or libmodbus is missing");
    SerialBus bus = new SerialBus(units);
    open.add(bus);
    return bus;
  }

  private LibmodbusServer unit(SerialBus bus, int number) throws IOException {
    LibmodbusServer server = LibmodbusServer.onLine(bus.unit(number), number);
    open.add(0, server);
    return server;
  }

  private List<Rig> rigs(Map<String, String> devices, String... csv) throws IOException {
    List<Rig> rigs = Rig.of(folder, devices, csv);
    open.addAll(0, rigs);
    return rigs;
  }

  private static String rtu(SerialBus bus, int unit, String more) {
    return "framing: rtu, serial: {port: "
        + bus.gateway()
        + ", baud: 115200}, unit: "
        + unit
        + more;
  }

  @Test
  void serialLineIsReadAndWritten() throws Exception {
    SerialBus bus = bus(1);
    LibmodbusServer plc = unit(bus, 1);
    plc.setRegisters(0, 0x9000, 0x4454);
    plc.set("di", 9, 1);
    plc.setRegisters(130, 0x00F0);
    String limits = ",,true,-100000,100000,";
    Rig rig =
        rigs(
                Map.of(
                    "plc",
                    rtu(
                        bus,
                        1,
                        ", wordOrder: low-first, bitWrite: mask-write, coilWrite: multiple")),
                "float,plc,hr:0,float32",
                "input,plc,di:9,bool",
                "sp,plc,hr:100,float32" + limits,
                "one,plc,hr:110,int16" + limits,
                "bit,plc,hr:130.8,bool,,true,0,1,",
                "coil,plc,co:5,bool,,true,0,1,",
                "bad,plc,hr:50,int16")
            .get(0);
    rig.agent.start();
    Rig.await(10, () -> rig.latest.size() == 7 && rig.value("float") == 850.25);
    assertEquals(1, rig.value("input"));
    assertEquals(Quality.BAD_REJECTED, rig.quality("bad"));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("sp", 850.25));
    assertEquals(0x9000, plc.register(100));
    assertEquals(0x4454, plc.register(101));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("one", -2));
    assertEquals(0xFFFE, plc.register(110));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("bit", 1));
    assertEquals(0x01F0, plc.register(130));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("coil", 1));
    assertEquals(1, plc.coil(5));
    assertEquals(0, rig.agent.bugs());
  }

  @Test
  void unitsOnABusTakeTurnsAndADeadOneCostsTheOthersLittle() throws Exception {
    SerialBus bus = bus(3);
    Map<String, String> devices = new TreeMap<>();
    List<String> csv = new ArrayList<>();
    for (int number = 1; number <= 3; number++) {
      unit(bus, number).setRegisters(10, 100 + number);
      devices.put("plc" + number, rtu(bus, number, ""));
      csv.add("a" + number + ",plc" + number + ",hr:10,uint16");
    }
    devices.put("plc4", rtu(bus, 4, ", timeout: 100ms"));
    csv.add("a4,plc4,hr:10,uint16");
    csv.add("sp,plc1,hr:100,uint16,,true,0,60000,");
    List<Rig> rigs = rigs(devices, csv.toArray(String[]::new));
    rigs.forEach(rig -> rig.agent.start());
    Rig dead = rigs.get(3);
    Rig.await(10, () -> dead.agent.status().errors() >= 4 && rigs.get(0).all.size() > 100);
    for (int number = 1; number <= 3; number++) {
      Rig rig = rigs.get(number - 1);
      double right = 100 + number;
      String tag = "a" + number;
      assertTrue(
          rig.all.stream()
              .filter(s -> s.tag().name().equals(tag))
              .allMatch(s -> s.asDouble() == right),
          tag);
      assertEquals(0, rig.agent.status().badSamples(), tag);
      assertEquals(LinkState.UP, rig.agent.status().state());
      assertTrue(longestGapMs(rig, tag) < 2_000, tag + " waited " + longestGapMs(rig, tag) + " ms");
    }
    assertEquals(Quality.BAD_NO_LINK, dead.quality("a4"));
    assertInstanceOf(Outcome.Confirmed.class, rigs.get(0).write("sp", 5));
  }

  private static long longestGapMs(Rig rig, String tag) {
    List<Sample> samples = rig.all.stream().filter(s -> s.tag().name().equals(tag)).toList();
    long longestNs = 0;
    for (int i = 1; i < samples.size(); i++) {
      longestNs = Math.max(longestNs, samples.get(i).arrivalNs() - samples.get(i - 1).arrivalNs());
    }
    return longestNs / 1_000_000;
  }

  @Test
  void unitThatComesBackIsReadAgain() throws Exception {
    SerialBus bus = bus(2);
    unit(bus, 1);
    List<Rig> rigs =
        rigs(
            Map.of("plc1", rtu(bus, 1, ""), "plc2", rtu(bus, 2, ", timeout: 50ms")),
            "a1,plc1,hr:1,uint16",
            "a2,plc2,hr:1,uint16");
    rigs.forEach(rig -> rig.agent.start());
    Rig.await(
        10, () -> rigs.get(1).quality("a2").isBad() && rigs.get(1).agent.status().errors() > 0);
    unit(bus, 2).setRegisters(1, 7);
    Rig.await(10, () -> rigs.get(1).value("a2") == 7);
    assertEquals(0, rigs.get(0).agent.status().badSamples());
  }

  @Test
  void unitsBehindOneDeviceServerShareItsConnection() throws Exception {
    RtuServer server = new RtuServer(Integer.MAX_VALUE);
    open.add(server);
    Map<String, String> devices = new TreeMap<>();
    List<String> csv = new ArrayList<>();
    for (int unit = 1; unit <= 5; unit++) {
      devices.put(
          "u" + unit,
          "framing: rtu-over-tcp, host: 127.0.0.1, port: " + server.port() + ", unit: " + unit);
      csv.add("r" + unit + ",u" + unit + ",hr:" + (1000 + unit) + ",uint16");
    }
    List<Rig> rigs = rigs(devices, csv.toArray(String[]::new));
    rigs.forEach(rig -> rig.agent.start());
    Rig.await(10, () -> rigs.stream().allMatch(rig -> rig.all.size() > 20));
    for (int unit = 1; unit <= 5; unit++) {
      assertEquals(1000 + unit, rigs.get(unit - 1).value("r" + unit));
    }
    assertEquals(1, server.connections());
    rigs.get(0).close();
    int before = rigs.get(1).all.size();
    Rig.await(5, () -> rigs.get(1).all.size() > before + 5);
    assertEquals(1, server.connections(), "who leaves does not take the line along");
  }

  @Test
  void unitsBehindAGatewayShareItsConnectionThoughOneIsSilent() throws Exception {
    RudeServer gateway =
        new RudeServer(
            (number, frame, out) -> {
              if (frame[6] != 3) {
                out.write(RudeServer.properly(frame));
              }
              return true;
            });
    open.add(gateway);
    Map<String, String> devices = new TreeMap<>();
    List<String> csv = new ArrayList<>();
    for (int unit = 1; unit <= 3; unit++) {
      devices.put(
          "u" + unit,
          "shared: true, timeout: 100ms, host: 127.0.0.1, port: "
              + gateway.port()
              + ", unit: "
              + unit);
      csv.add("r" + unit + ",u" + unit + ",hr:" + (1000 + unit) + ",uint16");
    }
    List<Rig> rigs = rigs(devices, csv.toArray(String[]::new));
    rigs.forEach(rig -> rig.agent.start());
    Rig.await(10, () -> rigs.get(2).agent.status().errors() >= 3);
    Rig.await(10, () -> rigs.get(0).all.size() > 20 && rigs.get(1).all.size() > 20);
    for (int unit = 1; unit <= 2; unit++) {
      assertEquals(1000 + unit, rigs.get(unit - 1).value("r" + unit));
      assertEquals(0, rigs.get(unit - 1).agent.status().badSamples());
    }
    assertTrue(rigs.get(2).quality("r3").isBad());
    assertEquals(1, gateway.connections());
  }

  @Test
  void sharedConnectionThatHasGoneDeadIsMadeAnew() throws Exception {
    AtomicBoolean dead = new AtomicBoolean();
    RudeServer[] self = new RudeServer[1];
    RudeServer gateway =
        new RudeServer(
            (number, frame, out) -> {
              if (!dead.get() || self[0].connections() > 1) {
                out.write(RudeServer.properly(frame));
              }
              return true;
            });
    self[0] = gateway;
    open.add(gateway);
    String way = "shared: true, timeout: 50ms, host: 127.0.0.1, port: " + gateway.port();
    List<Rig> rigs =
        rigs(
            Map.of("u1", way + ", unit: 1", "u2", way + ", unit: 2"),
            "r1,u1,hr:1001,uint16",
            "r2,u2,hr:1002,uint16");
    rigs.forEach(rig -> rig.agent.start());
    Rig.await(10, () -> rigs.stream().allMatch(rig -> rig.all.size() > 5));
    dead.set(true);
    Rig.await(10, () -> gateway.connections() == 2);
    Rig.await(10, () -> rigs.get(0).value("r1") == 1001 && rigs.get(1).value("r2") == 1002);
    assertEquals(0, rigs.get(0).agent.bugs() + rigs.get(1).agent.bugs());
  }

  @Test
  void unitsBehindADeviceServerOfOtherPeopleAreReadThoughOneIsDead() throws Exception {
    SerialBus bus = bus(2);
    unit(bus, 1).setRegisters(10, 101);
    unit(bus, 2).setRegisters(10, 102);
    assumeTrue(DeviceServer.isPossible(), "socat is missing");
    DeviceServer server = new DeviceServer(bus.gateway());
    open.add(0, server);
    Map<String, String> devices = new TreeMap<>();
    List<String> csv = new ArrayList<>();
    for (int number = 1; number <= 3; number++) {
      devices.put(
          "plc" + number,
          "framing: rtu-over-tcp, host: 127.0.0.1, port: "
              + server.port()
              + ", unit: "
              + number
              + (number == 3 ? ", timeout: 100ms" : ""));
      csv.add("a" + number + ",plc" + number + ",hr:10,uint16");
    }
    List<Rig> rigs = rigs(devices, csv.toArray(String[]::new));
    rigs.forEach(rig -> rig.agent.start());
    Rig.await(20, () -> rigs.get(2).agent.status().errors() >= 3 && rigs.get(0).all.size() > 50);
    for (int number = 1; number <= 2; number++) {
      double right = 100 + number;
      Rig rig = rigs.get(number - 1);
      assertTrue(rig.all.stream().allMatch(s -> s.asDouble() == right), "unit " + number);
    }
    assertTrue(rigs.get(2).quality("a3").isBad());
  }
}
