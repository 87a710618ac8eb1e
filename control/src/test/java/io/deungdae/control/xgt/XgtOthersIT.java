package io.deungdae.control.xgt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.LinkState;
import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.driver.Probe;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Value;
import io.deungdae.simulators.xgt.Model;
import io.deungdae.simulators.xgt.PlainMemory;
import io.deungdae.simulators.xgt.XgtServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The driver against a server that other people wrote, whose memory is seen and changed past the
 * protocol, and the simulated PLC against their client. Runs where they are told, see {@link
 * Others}.
 */
class XgtOthersIT {

  private @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeEach
  void haveOthers() {
    Others.assumeThere();
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable resource : open) {
      resource.close();
    }
  }

  private Others server(int port, String bits, String... areas) throws IOException {
    Others server = Others.server(port, bits, areas);
    open.add(server);
    return server;
  }

  private PlcRig rig(Others server, String more, String... csv) throws IOException {
    PlcRig rig = PlcRig.start(folder, "port: " + server.port() + more, List.of(csv));
    open.add(0, rig);
    return rig;
  }

  private static void awaitAll(PlcRig rig) {
    PlcRig.await(
        "all values",
        10,
        () -> rig.settings.tags().stream().allMatch(t -> rig.quality(t.name()) == Quality.GOOD));
  }

  @Test
  void everyAreaAndTypeIsReadAsTheServerHoldsIt() throws Exception {
    Others server = server(0, "dec");
    String areas = "PMLKFTCDNZR";
    List<String> csv = new ArrayList<>();
    for (int i = 0; i < areas.length(); i++) {
      server.poke(areas.charAt(i), 2 * (300 + i), String.format("%02X5A", i));
      csv.add(areas.charAt(i) + ",plc," + areas.charAt(i) + (300 + i) + ",uint16");
    }
    server.poke('D', 200, "00905444"); // 850.25
    server.poke('D', 204, "3412FFFE");
    server.poke('D', 220, "EAB080EB82980041"); // two syllables, a zero
    server.poke('D', 240, "5444009000");
    server.poke('M', 26, "0080");
    server.poke('R', 1000, "0000000000004940"); // 50.0
    server.poke('U', 3 * 64 + 2, "FF0F");
    server.contact('T', 5, true);
    csv.addAll(
        List.of(
            "float,plc,D100,float32,fast",
            "bcd,plc,D102,bcd16",
            "int8,plc,%DB207,int8",
            "text,plc,D110,string8",
            "swapped,plc,D120,float32:high-first",
            "bit,plc,M0013F,bool",
            "dot,plc,D102.C,bool",
            "double,plc,R500,float64",
            "module,plc,U3.1,uint16",
            "on,plc,T5,bool",
            "off,plc,C5,bool"));
    PlcRig rig = rig(server, "", csv.toArray(new String[0]));
    awaitAll(rig);
    for (int i = 0; i < areas.length(); i++) {
      assertEquals(0x5A00 + i, rig.value(areas.substring(i, i + 1)));
    }
    assertEquals(850.25, rig.value("float"));
    assertEquals(1234, rig.value("bcd"));
    assertEquals(-2, rig.value("int8"));
    assertEquals(850.25, rig.value("swapped"));
    assertEquals(1, rig.value("bit"));
    assertEquals(1, rig.value("dot"));
    assertEquals(50, rig.value("double"));
    assertEquals(4095, rig.value("module"));
    assertEquals(1, rig.value("on"));
    assertEquals(0, rig.value("off"));
    Sample text = rig.sample("text");
    assertEquals(Value.of("가나"), text == null ? Value.missing() : text.value());
    var spec = PlcRig.read(folder, "port: " + server.port(), List.of()).spec();
    try (Probe probe = spec.probe(Clock.system()).orElseThrow()) {
      assertEquals("4095", probe.read("U3.1", "uint16", 1).rows().get(0).get(2));
      assertEquals("1", probe.read("U3.1.B", "bool", 1).rows().get(0).get(2));
      assertEquals(List.of(List.of("%MX223", "1", "1")), probe.read("M0013F", "", 1).rows());
    }
    server.poke('D', 200, "0000C842"); // 100.0
    PlcRig.await("what changed in the server", 5, () -> rig.value("float") == 100);
  }

  @Test
  void whatIsWrittenLiesInTheServersMemory() throws Exception {
    Others server = server(0, "dec");
    server.poke('M', 20, "0180");
    server.poke('D', 120, "0180");
    PlcRig rig =
        rig(
            server,
            "",
            "byte,plc,%DB99,uint8,,true,0,255,,,0",
            "word,plc,D50,int16,,true,-100,100,,,0",
            "float,plc,D51,float32,,true,0,1000,,,0.001",
            "dword,plc,M102,uint32,,true,0,4000000000,,,0",
            "odd,plc,M201,uint32,,true,0,4000000000,,,0",
            "wide,plc,R100,float64,,true,0,1000,,,0",
            "bit,plc,M00105,bool,,true,0,1,,,0",
            "dot,plc,D60.5,bool,,true,0,1,,,0");
    confirmed(rig, "byte", 0xA5);
    confirmed(rig, "word", -7);
    confirmed(rig, "float", 850.25);
    assertEquals("A5" + "F9FF" + "00905444" + "00", server.peek('D', 99, 8));
    confirmed(rig, "dword", 0x89AB_CDEFL);
    assertEquals("0000" + "EFCDAB89" + "0000", server.peek('M', 202, 8));
    confirmed(rig, "odd", 0x0123_4567L);
    assertEquals("0000" + "67452301" + "0000", server.peek('M', 400, 8));
    confirmed(rig, "wide", 12.5);
    assertEquals("0000000000002940", server.peek('R', 200, 8));
    confirmed(rig, "bit", 1);
    assertEquals("2180", server.peek('M', 20, 2));
    confirmed(rig, "bit", 0);
    assertEquals("0180", server.peek('M', 20, 2));
    confirmed(rig, "dot", 1);
    assertEquals("2180", server.peek('D', 120, 2));
  }

  private static void confirmed(PlcRig rig, String tag, double value) {
    assertInstanceOf(Outcome.Confirmed.class, rig.write(tag, value), tag);
  }

  @Test
  void wronglyNamedBitIsNotWrittenAndRightlyNamedOneIs() throws Exception {
    Others server = server(0, "hex");
    server.poke('M', 34, "050F");
    String tag = "bit,plc,M0017C,bool,,true,0,1,,,0";
    PlcRig wrong = rig(server, "", tag);
    assertInstanceOf(Outcome.Refused.class, wrong.write("bit", 1));
    assertEquals("050F", server.peek('M', 34, 2));
    PlcRig right = rig(server, ", cpu: xgb", tag);
    confirmed(right, "bit", 1);
    assertEquals("051F", server.peek('M', 34, 2));
  }

  @Test
  void xgiIsReadAndWrittenByItsIecNames() throws Exception {
    Others server = server(0, "dec");
    String areas = "IQMRWKLNF";
    List<String> csv = new ArrayList<>();
    for (int i = 0; i < areas.length(); i++) {
      server.poke(areas.charAt(i), 2 * 7, String.format("%02X5A", i));
      csv.add(areas.charAt(i) + ",plc,%" + areas.charAt(i) + "W7,uint16");
    }
    server.poke('I', 8, "0010"); // base 0, slot 1, bit 12
    server.poke('M', 400, "0180");
    csv.add("input,plc,%IX0.1.12,bool");
    csv.add("long,plc,%ML30,float64,,true,0,1000,,,0");
    csv.add("out,plc,%MX3205,bool,,true,0,1,,,0");
    // that server takes numbers in area Q for hexadecimal, so below 10
    csv.add("card,plc,%QW0.0.3,uint16,,true,0,65535,,,0");
    PlcRig rig = rig(server, ", cpu: xgi", csv.toArray(new String[0]));
    awaitAll(rig);
    for (int i = 0; i < areas.length(); i++) {
      assertEquals(0x5A00 + i, rig.value(areas.substring(i, i + 1)));
    }
    assertEquals(1, rig.value("input"));
    confirmed(rig, "long", 12.5);
    assertEquals("0000000000002940", server.peek('M', 240, 8));
    confirmed(rig, "out", 1);
    assertEquals("2180", server.peek('M', 400, 2));
    confirmed(rig, "card", 0x1234);
    assertEquals("0000" + "3412" + "0000", server.peek('Q', 4, 6));
  }

  @Test
  void refusedAddressesCostTheirOwnTagsAlone() throws Exception {
    Others server = server(0, "dec", "D=2000", "M=2000");
    server.poke('D', 1998, "0500");
    PlcRig rig =
        rig(
            server,
            "",
            "last,plc,D999,uint16",
            "over,plc,D999,uint32",
            "gone,plc,D4000,uint16",
            "area,plc,R10,uint16",
            "other,plc,M10,uint16",
            "near,plc,D990,uint16");
    PlcRig.await(
        "the refused ones",
        10,
        () ->
            List.of("over", "gone", "area").stream()
                .allMatch(t -> rig.quality(t) == Quality.BAD_REJECTED));
    PlcRig.await(
        "the others",
        10,
        () -> rig.value("last") == 5 && rig.value("other") == 0 && rig.value("near") == 0);
    assertEquals(LinkState.UP, rig.agent.status().state());
    assertEquals(0, rig.agent.status().reconnects());
  }

  @Test
  void severalRequestsUnderWayAreNotMixedUp() throws Exception {
    Others server = server(0, "dec");
    String[] csv = new String[20];
    for (int i = 0; i < csv.length; i++) {
      server.poke('D', 2 * 400 * i, String.format("%02X77", i));
      csv[i] = "t" + i + ",plc,D" + 400 * i + ",uint16,fast";
    }
    PlcRig rig = rig(server, ", outstanding: 8, scattered: continuous, maxGap: 0", csv);
    awaitAll(rig);
    PlcRig.await("many rounds", 10, () -> rig.agent.status().samples() > 2000);
    for (int i = 0; i < csv.length; i++) {
      int own = 0x7700 + i;
      assertTrue(rig.samples("t" + i).stream().allMatch(s -> s.asDouble() == own), "t" + i);
    }
    assertEquals(0, rig.agent.status().reconnects());
  }

  @Test
  void killedServerIsFoundAgain() throws Exception {
    Others first = server(0, "dec");
    first.poke('D', 200, "0100");
    PlcRig rig = rig(first, ", timeout: 300ms", "count,plc,D100,uint16");
    PlcRig.await("first value", 5, () -> rig.value("count") == 1);
    first.kill();
    PlcRig.await("loss", 5, () -> rig.quality("count").isBad());
    Others second = server(first.port(), "dec");
    second.poke('D', 200, "0200");
    PlcRig.await("values flow again", 5, () -> rig.value("count") == 2);
  }

  @Test
  void othersClientReadsAndWritesTheSimulatedPlc() throws Exception {
    PlainMemory memory = new PlainMemory(Model.XGK);
    XgtServer server = new XgtServer(Model.XGK, memory, 0);
    open.add(server);
    memory.word('D', 100, 0x1234);
    memory.word('D', 101, 0xABCD);
    memory.word('M', 172, 1 << 12);
    Others client = Others.client(server.port(), "dec");
    open.add(0, client);
    assertEquals("1234 ABCD", client.ask("get %DW100 %DW101"));
    assertEquals("ABCD1234", client.ask("get %DD50"));
    assertEquals("3412CDAB", client.ask("block %DB200 4"));
    assertEquals("1 0", client.ask("get %MX2764 %MX2765"));
    assertEquals("ok", client.ask("put %DW102 BEEF %DW110 7"));
    assertEquals(0xBEEF, memory.word('D', 102));
    assertEquals(7, memory.word('D', 110));
    assertEquals("ok", client.ask("put %MX2765 1"));
    assertEquals(3 << 12, memory.word('M', 172));
    assertEquals("ok", client.ask("fill R 2000 0102030405"));
    assertEquals(0x0201, memory.word('R', 1000));
    assertEquals(0x0005, memory.word('R', 1002));
    assertEquals("refused 0004", client.ask("get %DW32768"));
    assertEquals("refused 0003", client.ask("get %QW0"));
    assertEquals("1234", client.ask("get %DW100"), "goes on after a refusal");
  }
}
