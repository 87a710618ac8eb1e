package io.deungdae.control.xgt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.LinkState;
import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.driver.Probe;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Value;
import io.deungdae.simulators.furnace.FurnaceSettings;
import io.deungdae.simulators.furnace.QuenchFurnace;
import io.deungdae.simulators.plant.SharedPlant;
import io.deungdae.simulators.trouble.Trouble;
import io.deungdae.simulators.xgt.Memory;
import io.deungdae.simulators.xgt.Model;
import io.deungdae.simulators.xgt.PlainMemory;
import io.deungdae.simulators.xgt.PlantMemory;
import io.deungdae.simulators.xgt.XgtServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way from settings to samples over sockets, against the simulated PLC. */
class XgtIT {

  private @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final PlainMemory memory = new PlainMemory(Model.XGK);

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable resource : open) {
      resource.close();
    }
  }

  private XgtServer server(Model model, Memory held, int port) throws IOException {
    XgtServer server = new XgtServer(model, held, port);
    open.add(server);
    return server;
  }

  private PlcRig rig(XgtServer server, String more, String... csv) throws IOException {
    PlcRig rig = PlcRig.start(folder, "port: " + server.port() + more, List.of(csv));
    open.add(0, rig);
    return rig;
  }

  /** D1000 counts up so that a value tells when it was read. */
  private void count(int number) {
    memory.word('D', 1000, number);
  }

  // ---- what it is for

  @Test
  void valuesOfEveryAreaAndTypeArrive() throws Exception {
    XgtServer server = server(Model.XGK, memory, 0);
    memory.word('D', 100, 0x9000);
    memory.word('D', 101, 0x4454); // 850.25
    memory.word('D', 102, 0xFFFE);
    memory.word('D', 103, 0x1234);
    memory.word('D', 110, 0x534C);
    memory.word('D', 111, 0x312D); // "LS-1"
    memory.word('D', 120, 0x4454);
    memory.word('D', 121, 0x9000);
    memory.word('M', 12, 0x8000);
    memory.word('R', 32_767, 77);
    memory.word('U', 3 * 32 + 1, 4095);
    memory.word('T', 5, 33);
    memory.word('Z', 3, 5);
    PlcRig rig =
        rig(
            server,
            "",
            "float,plc,D100,float32,fast",
            "int16,plc,D102,int16",
            "bcd,plc,D103,bcd16",
            "scaled,plc,D102,int16,,,,,0.5",
            "text,plc,D110,string4",
            "swapped,plc,D120,float32:high-first",
            "bit,plc,M0012F,bool",
            "dot,plc,D103.C,bool",
            "last,plc,R32767,uint16",
            "module,plc,U3.1,uint16",
            "timer,plc,T5,uint16",
            "contact,plc,T5,bool",
            "index,plc,%ZW3,int16");
    PlcRig.await(
        "all values",
        5,
        () -> rig.settings.tags().stream().allMatch(t -> rig.quality(t.name()) == Quality.GOOD));
    assertEquals(5, rig.value("index"));
    assertEquals(1, rig.value("contact"));
    assertEquals(850.25, rig.value("float"));
    assertEquals(-2, rig.value("int16"));
    assertEquals(1234, rig.value("bcd"));
    assertEquals(-1, rig.value("scaled"));
    assertEquals(850.25, rig.value("swapped"));
    assertEquals(1, rig.value("bit"));
    assertEquals(1, rig.value("dot"));
    assertEquals(77, rig.value("last"));
    assertEquals(4095, rig.value("module"));
    assertEquals(33, rig.value("timer"));
    Sample text = rig.sample("text");
    assertEquals(Value.of("LS-1"), text == null ? Value.missing() : text.value());
  }

  @Test
  void setpointsAreWrittenAndReadBack() throws Exception {
    XgtServer server = server(Model.XGK, memory, 0);
    memory.word('M', 10, 0x8001);
    memory.word('D', 60, 0x8001);
    PlcRig rig =
        rig(
            server,
            "",
            "word,plc,D50,int16,,true,-100,100,,,0",
            "float,plc,D51,float32,,true,0,1000,,,0.001",
            "wide,plc,M100,float64,,true,0,1000,,,0",
            "bit,plc,M00105,bool,,true,0,1,,,0",
            "dot,plc,D60.5,bool,,true,0,1,,,0");
    assertInstanceOf(Outcome.Confirmed.class, rig.write("word", -7));
    assertEquals(0xFFF9, memory.word('D', 50));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("float", 850.25));
    assertEquals(0x4454, memory.word('D', 52));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("wide", 12.5));
    assertEquals(0x4029, memory.word('M', 103));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("bit", 1));
    assertEquals(0x8021, memory.word('M', 10));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("dot", 1));
    assertEquals(0x8021, memory.word('D', 60));
    assertInstanceOf(Outcome.Refused.class, rig.write("word", 0.5));
  }

  @Test
  void xgbTakesShorterBlocksAndNamesBitsInHexadecimal() throws Exception {
    PlainMemory held = new PlainMemory(Model.XGB);
    XgtServer server = server(Model.XGB, held, 0);
    held.word('M', 17, 0x0F05);
    List<String> csv = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      csv.add("t" + i + ",plc,D" + 2 * i + ",uint32");
      held.word('D', 2 * i, i);
    }
    csv.add("bit,plc,M0017C,bool,,true,0,1,,,0");
    PlcRig rig = rig(server, ", cpu: xgb", csv.toArray(new String[0]));
    PlcRig.await("all values", 5, () -> rig.value("t499") == 499);
    assertInstanceOf(Outcome.Confirmed.class, rig.write("bit", 1));
    assertEquals(0x1F05, held.word('M', 17));
    assertEquals(Quality.GOOD, rig.quality("t0"));
  }

  @Test
  void xgiIsReadByItsIecNames() throws Exception {
    PlainMemory held = new PlainMemory(Model.XGI);
    XgtServer server = server(Model.XGI, held, 0);
    held.word('M', 100, 0x1234);
    held.word('I', 4, 0x1000); // base 0, slot 1, bit 12
    held.word('W', 65_535, 9);
    PlcRig rig =
        rig(
            server,
            ", cpu: xgi",
            "word,plc,%MW100,uint16",
            "input,plc,%IX0.1.12,bool",
            "far,plc,%WW65535,uint16",
            "out,plc,%MX3205,bool,,true,0,1,,,0");
    PlcRig.await("all values", 5, () -> rig.value("far") == 9 && rig.value("word") == 0x1234);
    assertEquals(1, rig.value("input"));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("out", 1));
    assertEquals(0x20, held.word('M', 200));
  }

  @Test
  void plantBehindThePlcIsCollected() throws Exception {
    SharedPlant<QuenchFurnace> furnace =
        new SharedPlant<>(new QuenchFurnace(FurnaceSettings.demo(1, 1)));
    XgtServer server = server(Model.XGK, new PlantMemory(furnace), 0);
    PlcRig rig = rig(server, "", "first,plc,D100,float32", "count,plc,D300,uint32");
    PlcRig.await("values", 5, () -> rig.quality("count") == Quality.GOOD);
    assertEquals(
        (float) furnace.read(furnace.signals().get(0)),
        rig.value("first"),
        "not stepped meanwhile");
  }

  // ---- what goes wrong

  @Test
  void oneBadAddressCostsOneTag() throws Exception {
    XgtServer server = server(Model.XGK, memory, 0);
    memory.word('R', 32_766, 5);
    PlcRig rig =
        rig(
            server,
            "",
            "good,plc,R32766,uint16",
            "over,plc,R32767,uint32",
            "alone,plc,D100,uint16",
            "gone,plc,D40000,uint16");
    PlcRig.await(
        "both refused",
        5,
        () ->
            rig.quality("over") == Quality.BAD_REJECTED
                && rig.quality("gone") == Quality.BAD_REJECTED);
    PlcRig.await("the others", 5, () -> rig.value("good") == 5 && rig.value("alone") == 0);
    assertEquals(LinkState.UP, rig.agent.status().state());
    rig.take("good");
    long before = server.requests();
    PlcRig.await("more reads", 5, () -> server.requests() > before + 20);
    assertTrue(rig.take("good").stream().allMatch(s -> s.quality() == Quality.GOOD));
  }

  @Test
  void lateAnswerIsThrownAwayAndNeverTakenForAnother() throws Exception {
    XgtServer server = server(Model.XGK, memory, 0);
    PlcRig rig =
        rig(server, ", timeout: 300ms", "count,plc,D1000,uint16", "still,plc,D2000,uint16");
    count(1);
    PlcRig.await("first value", 5, () -> rig.value("count") == 1);
    memory.word('D', 2000, 4711);
    PlcRig.await("other value", 5, () -> rig.value("still") == 4711);
    server.troubles().only(Trouble.SLOW);
    PlcRig.await("time-out", 5, () -> rig.quality("count") == Quality.BAD_TIMEOUT);
    server.troubles().stopAll();
    count(2);
    PlcRig.await("new value", 5, () -> rig.value("count") == 2);
    rig.take("count");
    long before = server.requests();
    PlcRig.await("late answers are out", 5, () -> server.requests() > before + 150);
    for (Sample sample : rig.take("count")) {
      assertEquals(2, sample.asDouble(), "the late answers said 1");
    }
    assertEquals(4711, rig.value("still"));
  }

  @Test
  void answerWithAnotherNumberIsNoAnswer() throws Exception {
    XgtServer server = server(Model.XGK, memory, 0);
    PlcRig rig = rig(server, ", timeout: 100ms", "count,plc,D1000,uint16");
    count(1);
    PlcRig.await("first value", 5, () -> rig.value("count") == 1);
    server.troubles().only(Trouble.WRONG_ID);
    PlcRig.await("link is given up", 5, () -> rig.agent.status().reconnects() > 0);
    server.troubles().stopAll();
    count(2);
    PlcRig.await("values flow again", 5, () -> rig.value("count") == 2);
  }

  @Test
  void secondCopyOfAnAnswerIsIgnored() throws Exception {
    XgtServer server = server(Model.XGK, memory, 0);
    PlcRig rig = rig(server, "", "count,plc,D1000,uint16", "other,plc,D2000,uint16");
    server.troubles().only(Trouble.TWICE);
    for (int i = 1; i < 20; i++) {
      int number = i;
      count(number);
      PlcRig.await("value " + i, 5, () -> rig.value("count") == number);
    }
    assertEquals(0, rig.value("other"));
    assertEquals(0, rig.agent.status().reconnects());
  }

  @Test
  void linkIsMadeAnewAfterACutFrameGarbageAndHangUps() throws Exception {
    XgtServer server = server(Model.XGK, memory, 0);
    PlcRig rig = rig(server, ", timeout: 300ms", "count,plc,D1000,uint16,fast");
    int number = 1;
    for (Trouble trouble : List.of(Trouble.CUT, Trouble.GARBAGE, Trouble.HANG_UP)) {
      long before = rig.agent.status().reconnects();
      server.troubles().only(trouble);
      PlcRig.await(trouble + " is noticed", 5, () -> rig.agent.status().reconnects() > before);
      server.troubles().stopAll();
      int fresh = ++number;
      count(fresh);
      PlcRig.await("values after " + trouble, 5, () -> rig.value("count") == fresh);
    }
  }

  @Test
  void errorOfNoListIsTheDevicesAndTheLinkStays() throws Exception {
    XgtServer server = server(Model.XGK, memory, 0);
    PlcRig rig = rig(server, "", "count,plc,D1000,uint16");
    server.troubles().only(Trouble.EXCEPTION);
    PlcRig.await("refusal", 5, () -> rig.quality("count") == Quality.BAD_DEVICE);
    assertEquals(LinkState.UP, rig.agent.status().state());
    server.troubles().stopAll();
    PlcRig.await("value", 5, () -> rig.quality("count") == Quality.GOOD);
  }

  @Test
  void plcThatIsSwitchedOffAndOnIsFoundAgain() throws Exception {
    XgtServer first = server(Model.XGK, memory, 0);
    count(1);
    PlcRig rig = rig(first, ", timeout: 300ms", "count,plc,D1000,uint16");
    PlcRig.await("first value", 5, () -> rig.value("count") == 1);
    first.close();
    PlcRig.await("loss", 5, () -> rig.quality("count").isBad());
    count(2);
    server(Model.XGK, memory, first.port());
    PlcRig.await("values flow again", 5, () -> rig.value("count") == 2);
  }

  @Test
  void severalRequestsUnderWayHideTheLatencyOfTheNetwork() throws Exception {
    XgtServer server = server(Model.XGK, memory, 0);
    server.latency(Duration.ofMillis(20));
    String[] csv = new String[8];
    for (int i = 0; i < 8; i++) {
      csv[i] = "t" + i + ",plc,D" + 3000 * i + ",string100,fast";
    }
    long one = rounds(rig(server, "", csv), server);
    long eight = rounds(rig(server, ", outstanding: 8", csv), server);
    assertTrue(eight > 3 * one, one + " requests one by one, " + eight + " with 8 under way");
  }

  /** Requests in half a second. */
  private long rounds(PlcRig rig, XgtServer server) {
    PlcRig.await("all values", 5, () -> rig.quality("t7") == Quality.GOOD);
    Clock clock = Clock.system();
    long endNs = clock.nanoTime() + 500_000_000L;
    long before = server.requests();
    PlcRig.await("half a second", 5, () -> clock.nanoTime() - endNs > 0);
    long done = server.requests() - before;
    rig.close();
    open.remove(rig);
    return done;
  }

  // ---- by hand

  @Test
  void probeShowsAPlaceAsEveryType() throws Exception {
    XgtServer server = server(Model.XGK, memory, 0);
    memory.word('D', 100, 0x9000);
    memory.word('D', 101, 0x4454);
    memory.word('M', 12, 0x8000);
    var spec = PlcRig.read(folder, "port: " + server.port(), List.of()).spec();
    try (Probe probe = spec.probe(Clock.system()).orElseThrow()) {
      Probe.Reading every = probe.read("D100", "", 2);
      assertEquals(2, every.rows().size());
      assertEquals("%DW100", cell(every, 0, "place"));
      assertEquals("00 90", cell(every, 0, "bytes"));
      assertEquals("36864", cell(every, 0, "uint16"));
      assertEquals("-28672", cell(every, 0, "int16"));
      assertEquals("850.25", cell(every, 0, "float32"));
      assertEquals("4454", cell(every, 1, "bcd16"));
      Probe.Reading one = probe.read("D100", "float32", 1);
      assertEquals(List.of(List.of("%DW100", "00 90 54 44", "850.25")), one.rows());
      Probe.Reading bit = probe.read("M0012F", "bool", 1);
      assertEquals(List.of(List.of("%MX207", "1", "1")), bit.rows());
      memory.word('U', 3 * 32 + 1, 0x0FFF);
      assertEquals("4095", cell(probe.read("U3.1", "", 1), 0, "uint16"));
      Probe.Reading bitOfModule = probe.read("U3.1.B", "", 1);
      assertEquals(List.of(List.of("%UW3.1 bit B", "", "1")), bitOfModule.rows());
      Probe.Reading last = probe.read("R32767", "", 1);
      assertEquals("", cell(last, 0, "float32"), "the area ends there");
      DeviceException refused =
          assertThrows(DeviceException.class, () -> probe.read("D40000", "", 1));
      String why = String.valueOf(refused.getMessage());
      assertTrue(why.contains("outside the device area"), why);
      assertThrows(DeviceException.class, () -> probe.read("Q1", "", 1));
    }
  }

  private static String cell(Probe.Reading reading, int row, String column) {
    return reading.rows().get(row).get(reading.columns().indexOf(column));
  }
}
