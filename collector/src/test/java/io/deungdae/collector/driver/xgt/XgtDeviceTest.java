package io.deungdae.collector.driver.xgt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.Device.Confirmation;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.PushedClock;
import io.deungdae.collector.driver.Tags;
import io.deungdae.collector.driver.WriteResult;
import io.deungdae.collector.driver.scan.Scaling;
import io.deungdae.collector.driver.scan.WireType;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class XgtDeviceTest {

  private final PushedClock clock = new PushedClock();
  private final List<Sample> samples = new ArrayList<>();
  private final FakePlc plc = new FakePlc();

  private static Point point(int index, String address, String type) {
    Encoding encoding = Encoding.parse(type, XgtSettings.WordOrder.LOW_FIRST).orElseThrow();
    boolean bit = encoding.type() == WireType.BOOL;
    Kind kind = bit ? Kind.FLAG : encoding.type() == WireType.STRING ? Kind.TEXT : Kind.NUMBER;
    Tag tag = Tags.tag(index, "t" + index, kind, Tags.policy(new Range(-1e30, 1e30), Double.NaN));
    return new Point(
        tag,
        Address.parse(address, Cpu.XGK, bit).orElseThrow(),
        encoding,
        new Scaling(1, 0),
        Duration.ofMillis(100),
        StandardCharsets.UTF_8);
  }

  private static XgtSettings settings(int outstanding, XgtSettings.BitIndex bits) {
    return new XgtSettings(
        "plc",
        2004,
        Cpu.XGK,
        Company.LSIS_XGT,
        0,
        0,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        outstanding,
        1400,
        32,
        XgtSettings.Scattered.INDIVIDUAL,
        Duration.ofMinutes(1),
        XgtSettings.WordOrder.LOW_FIRST,
        bits,
        StandardCharsets.UTF_8);
  }

  private XgtDevice device(int outstanding, List<Point> points) throws DeviceException {
    return device(settings(outstanding, XgtSettings.BitIndex.CPU), points);
  }

  private XgtDevice device(XgtSettings settings, List<Point> points) throws DeviceException {
    XgtDevice device = new XgtDevice("plc", settings, points, plc, this::accept, clock);
    device.open();
    return device;
  }

  private long accept(List<Sample> batch) {
    samples.addAll(batch);
    return 0;
  }

  private void run(XgtDevice device, long millis) throws DeviceException {
    for (long ms = 0; ms < millis; ms++) {
      while (device.service(clock.nanoTime()) - clock.nanoTime() <= 0) {
        // one answer a call
      }
      clock.push(Duration.ofMillis(1));
    }
  }

  private long bad() {
    return samples.stream().filter(s -> s.quality().isBad()).count();
  }

  private double value(int tag) {
    return samples.stream()
        .filter(s -> s.tag().index() == tag)
        .reduce((a, b) -> b)
        .map(Sample::asDouble)
        .orElse(Double.NaN);
  }

  @Test
  void neighboursAreReadAsBytesAndLonersByNameInOneRequest() throws DeviceException {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      points.add(point(i, "D" + (100 + i), "uint16"));
    }
    points.add(point(20, "D5000", "int16"));
    points.add(point(21, "M700", "int32"));
    points.add(point(22, "%DB9001", "uint8"));
    points.add(point(23, "K0012F", "bool"));
    points.add(point(24, "T5", "uint16"));
    plc.word('D', 119, 4711);
    plc.word('D', 5000, 0xFFFE);
    plc.word('M', 700, 0x5678);
    plc.word('M', 701, 0x1234);
    plc.word('D', 4500, 0x2A00);
    plc.word('K', 12, 0x8000);
    plc.word('T', 5, 77);
    run(device(1, points), 1);
    assertEquals(
        List.of("readbytes %DB200 40", "read WORD %DW4500 %DW5000 %KW12 %MW700 %MW701 %TW5"),
        plc.asked.stream().sorted(java.util.Comparator.reverseOrder()).toList());
    assertEquals(4711, value(19));
    assertEquals(-2, value(20));
    assertEquals(0x12345678, value(21));
    assertEquals(42, value(22));
    assertEquals(1, value(23));
    assertEquals(77, value(24));
    assertEquals(0, bad());
  }

  @Test
  void contactsOfTimersAreReadAsBits() throws DeviceException {
    plc.contacts.add("%TX5");
    run(device(1, List.of(point(0, "T5", "bool"), point(1, "C6", "bool"))), 1);
    assertEquals(List.of("read BIT %CX6 %TX5"), plc.asked);
    assertEquals(1, value(0));
    assertEquals(0, value(1));
  }

  @Test
  void noRequestAsksForMoreThanTheProtocolTakes() throws DeviceException {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      points.add(point(i, "D" + 2 * i, "float32"));
    }
    for (int i = 0; i < 40; i++) {
      points.add(point(1000 + i, "R" + 100 * i, "int32"));
    }
    run(device(1, points), 1);
    assertEquals(1040, samples.size());
    assertEquals(0, bad());
    // 4000 bytes in three requests, 80 words in five
    assertEquals(8, plc.asked.size());
  }

  @Test
  void oneBadAddressCostsOneTag() throws DeviceException {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      points.add(point(i, "D" + i, "uint16"));
      plc.word('D', i, i);
    }
    points.add(point(64, "D3000", "uint16"));
    points.add(point(65, "D4000", "uint16"));
    plc.refused.addAll(Set.of(2 * 17, 2 * 4000));
    XgtDevice device = device(1, points);
    run(device, 100);
    samples.clear();
    run(device, 200);
    assertEquals(0, bad(), "refused points are tried rarely");
    assertEquals(2 * 64, samples.size());
    samples.clear();
    run(device, 60_000);
    assertEquals(
        Set.of(17, 65),
        Set.copyOf(
            samples.stream()
                .filter(s -> s.quality() == Quality.BAD_REJECTED)
                .map(s -> s.tag().index())
                .toList()));
  }

  @Test
  void unknownErrorIsTheDevicesAndSplitsNothing() throws DeviceException {
    plc.refuseAllWith = 0x0BAD;
    run(device(1, List.of(point(0, "D0", "int16"), point(1, "D1", "int16"))), 250);
    assertEquals(3, plc.asked.size());
    assertTrue(samples.stream().allMatch(s -> s.quality() == Quality.BAD_DEVICE));
  }

  @Test
  void lostAnswerCostsOneFetchAndThreeInARowTheLink() throws DeviceException {
    XgtDevice device = device(1, List.of(point(0, "D0", "int16")));
    plc.silent = 2;
    run(device, 2500);
    assertEquals(
        List.of(Quality.BAD_TIMEOUT, Quality.BAD_TIMEOUT, Quality.GOOD),
        samples.stream().map(Sample::quality).limit(3).toList());
    plc.silent = 3;
    DeviceException gone = assertThrows(DeviceException.class, () -> run(device, 5000));
    assertEquals(DeviceException.Kind.TIMEOUT, gone.kind());
  }

  @Test
  void severalRequestsAreUnderWayAtOnceAndAnswersMayComeInAnyOrder() throws DeviceException {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      points.add(point(2 * i, "D" + 2000 * i, "string40"));
      points.add(point(2 * i + 1, "D" + (2000 * i + 20), "uint16"));
      plc.word('D', 2000 * i + 20, i);
    }
    plc.newestFirst = true;
    run(device(4, points), 1);
    assertEquals(4, plc.mostUnderWay);
    for (int i = 0; i < 8; i++) {
      assertEquals(i, value(2 * i + 1));
    }
  }

  @Test
  void setpointOvertakesReadsUnderWayAndTheirAnswersAreNotLost() throws DeviceException {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      points.add(point(2 * i, "D" + 2000 * i, "string40"));
      points.add(point(2 * i + 1, "D" + (2000 * i + 20), "uint16"));
    }
    XgtDevice device = device(4, points);
    device.service(clock.nanoTime());
    WriteResult result = device.write(points.get(1).tag(), 5, Confirmation.READ_BACK);
    assertEquals(new WriteResult.Done(5), result);
    run(device, 1);
    assertEquals(8, samples.size());
    assertEquals(0, bad());
  }

  // ---- writing

  private WriteResult write(XgtDevice device, Point point, double value) throws DeviceException {
    plc.asked.clear();
    return device.write(point.tag(), value, Confirmation.NONE);
  }

  @Test
  void numbersAreWrittenByNameWhereTheyFitAndAsBytesElsewhere() throws DeviceException {
    List<Point> points =
        List.of(
            point(0, "D100", "int16"),
            point(1, "D101", "float32"),
            point(2, "M100", "float32"),
            point(3, "M101", "float32"),
            point(4, "R4", "int64"),
            point(5, "%MB7", "uint8"),
            point(6, "M200", "float32:high-first"));
    XgtDevice device = device(1, points);
    assertInstanceOf(WriteResult.Done.class, write(device, points.get(0), -2));
    assertEquals(List.of("write WORD %DW100=FEFF"), plc.asked);
    write(device, points.get(1), 100);
    assertEquals(List.of("writebytes %DB202 0000C842"), plc.asked);
    write(device, points.get(2), 100);
    assertEquals(List.of("write DWORD %MD50=0000C842"), plc.asked);
    write(device, points.get(3), 100);
    assertEquals(List.of("writebytes %MB202 0000C842"), plc.asked);
    write(device, points.get(4), 3);
    assertEquals(List.of("write LWORD %RL1=0300000000000000"), plc.asked);
    write(device, points.get(5), 200);
    assertEquals(List.of("write BYTE %MB7=C8"), plc.asked);
    write(device, points.get(6), 100);
    assertEquals(List.of("write DWORD %MD100=C8420000"), plc.asked);
    WriteResult back = device.write(points.get(6).tag(), 12.5, Confirmation.READ_BACK);
    assertEquals(new WriteResult.Done(12.5), back);
  }

  @Test
  void whatTheTypeCannotHoldIsNotSent() throws DeviceException {
    Point point = point(0, "D100", "int16");
    XgtDevice device = device(1, List.of(point));
    assertInstanceOf(WriteResult.NotRepresentable.class, write(device, point, 40_000));
    assertEquals(List.of(), plc.asked);
  }

  @Test
  void plcsRefusalOfAWriteIsTold() throws DeviceException {
    Point point = point(0, "D100", "int16");
    XgtDevice device = device(1, List.of(point));
    plc.refuseAllWith = 4;
    WriteResult.Refused refused =
        assertInstanceOf(WriteResult.Refused.class, write(device, point, 1));
    assertTrue(refused.reason().contains("0x0004"), refused.reason());
  }

  @Test
  void bitIsWrittenByNameAfterItsNameWasChecked() throws DeviceException {
    Point point = point(0, "M172.C", "bool");
    XgtDevice device = device(1, List.of(point));
    plc.word('M', 172, 0x0F05);
    assertInstanceOf(WriteResult.Done.class, write(device, point, 1));
    assertEquals(4, plc.asked.size(), plc.asked.toString());
    assertEquals("write BIT %MX2764=01", plc.asked.get(3));
    assertEquals(0x1F05, plc.word('M', 172));
    write(device, point, 0);
    assertEquals(List.of("write BIT %MX2764=00"), plc.asked, "checked once for a link");
  }

  @Test
  void bitIsNotWrittenWhereThePlcNamesBitsInAnotherWay() throws DeviceException {
    Point point = point(0, "M10.C", "bool");
    XgtDevice device = device(settings(1, XgtSettings.BitIndex.HEX), List.of(point));
    plc.word('M', 10, 0x0F05);
    WriteResult.Refused refused =
        assertInstanceOf(WriteResult.Refused.class, write(device, point, 1));
    assertTrue(
        refused.reason().contains("bitIndex") || refused.reason().contains("name"),
        refused.reason());
    assertEquals(0x0F05, plc.word('M', 10));
  }

  @Test
  void bitOfADataWordLeavesTheOthersAlone() throws DeviceException {
    Point point = point(0, "D100.A", "bool");
    XgtDevice device = device(1, List.of(point));
    plc.word('D', 100, 0x8001);
    write(device, point, 1);
    assertEquals(0x8401, plc.word('D', 100));
    write(device, point, 0);
    assertEquals(0x8001, plc.word('D', 100));
  }
}
