package io.deungdae.collector.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.Device.Confirmation;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.PushedClock;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.driver.WriteResult;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ModbusDeviceTest {

  private final PushedClock clock = new PushedClock();
  private final List<Sample> samples = new ArrayList<>();
  private final ScriptedLink link = new ScriptedLink();
  private Duration loop = Duration.ZERO;

  /** Answers reads of registers with their addresses; keeps the requests as text. */
  private static final class ScriptedLink implements Link {
    final List<String> asked = new ArrayList<>();
    final List<Urgency> urgencies = new ArrayList<>();
    final Set<Integer> refused = new TreeSet<>();
    final Deque<Integer> tickets = new ArrayDeque<>();
    final Map<Integer, byte[]> requests = new HashMap<>();
    int timeouts;
    int patience = 3;
    int room = 1;
    int refuseWritesWith;
    int refuseReadsWith;
    int busy;
    int most = 125;
    final Set<Integer> lacking = new TreeSet<>();
    int added;

    @Override
    public void open() {
      asked.clear();
      tickets.clear();
    }

    @Override
    public int room() {
      return room;
    }

    @Override
    public void send(int ticket, byte[] pdu, Urgency urgency) {
      asked.add(pdu[0] + " " + HexFormat.of().formatHex(pdu, 1, pdu.length));
      urgencies.add(urgency);
      tickets.add(ticket);
      requests.put(ticket, pdu);
    }

    @Override
    public Answer receive() {
      int ticket = tickets.remove();
      if (timeouts > 0) {
        timeouts--;
        return Answer.lost(ticket);
      }
      return Answer.of(
          ticket, answer(Points.present(Optional.ofNullable(requests.remove(ticket)))));
    }

    private byte[] answer(byte[] pdu) {
      if (pdu[0] == 3) {
        return refuseReadsWith > 0
            ? exception(pdu, refuseReadsWith)
            : read(word(pdu, 1), Math.min(most, word(pdu, 3)));
      }
      if (lacking.contains((int) pdu[0])) {
        return exception(pdu, 1);
      }
      if (busy > 0) {
        busy--;
        return exception(pdu, 6);
      }
      return refuseWritesWith > 0 ? exception(pdu, refuseWritesWith) : pdu.clone();
    }

    private static byte[] exception(byte[] pdu, int code) {
      return new byte[] {(byte) (pdu[0] | 0x80), (byte) code};
    }

    private static int word(byte[] pdu, int at) {
      return (pdu[at] & 0xFF) << 8 | (pdu[at + 1] & 0xFF);
    }

    private byte[] read(int start, int count) {
      ByteBuffer answer = ByteBuffer.allocate(2 + 2 * count).put((byte) 3).put((byte) (2 * count));
      for (int i = 0; i < count; i++) {
        if (refused.contains(start + i)) {
          return new byte[] {(byte) 0x83, 2};
        }
        answer.putShort((short) (start + i + added));
      }
      return answer.array();
    }

    @Override
    public int patience() {
      return patience;
    }

    @Override
    public void close() {}
  }

  private ModbusDevice device(ModbusSettings settings, List<Point> points) throws DeviceException {
    ModbusDevice device =
        new ModbusDevice("plc", settings, points, loop, link, this::accept, clock);
    device.open();
    return device;
  }

  private ModbusDevice device(List<Point> points) throws DeviceException {
    return device(
        settings(ModbusSettings.BitWrite.READ_MODIFY_WRITE, ModbusSettings.CellWrite.SINGLE),
        points);
  }

  private static ModbusSettings settings(
      ModbusSettings.BitWrite bitWrite, ModbusSettings.CellWrite cellWrite) {
    return settings(
        new LinkSettings(
            LinkSettings.Framed.TCP,
            "plc",
            502,
            Duration.ofSeconds(1),
            Duration.ZERO,
            1,
            1,
            false,
            null,
            new SerialSettings("", 9600, 8, SerialSettings.Parity.EVEN, 1, Duration.ZERO, false)),
        bitWrite,
        cellWrite);
  }

  static ModbusSettings settings(LinkSettings link) {
    return settings(
        link, ModbusSettings.BitWrite.READ_MODIFY_WRITE, ModbusSettings.CellWrite.SINGLE);
  }

  private static ModbusSettings settings(
      LinkSettings link, ModbusSettings.BitWrite bitWrite, ModbusSettings.CellWrite cellWrite) {
    return new ModbusSettings(
        link,
        1,
        Duration.ofSeconds(1),
        0,
        Order.ABCD,
        120,
        10,
        Duration.ofMinutes(1),
        ModbusSettings.Fast.SCAN,
        Duration.ofMillis(1),
        bitWrite,
        cellWrite,
        cellWrite,
        StandardCharsets.UTF_8);
  }

  private long accept(List<Sample> batch) {
    samples.addAll(batch);
    return 0;
  }

  private static List<Point> every(int step, int count) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      points.add(Points.point(i, "hr:" + step * i, "uint16", 1, 0));
    }
    return points;
  }

  private void run(ModbusDevice device, long millis) throws DeviceException {
    for (long ms = 0; ms < millis; ms++) {
      while (device.service(clock.nanoTime()) - clock.nanoTime() <= 0) {
        // one exchange a call
      }
      clock.push(Duration.ofMillis(1));
    }
  }

  private long bad() {
    return samples.stream().filter(s -> s.quality().isBad()).count();
  }

  @Test
  void oneCallIsOneExchange() throws DeviceException {
    ModbusDevice device = device(every(50, 5));
    for (int calls = 1; calls <= 5; calls++) {
      device.service(clock.nanoTime());
      assertEquals(calls, link.asked.size());
    }
    assertTrue(device.service(clock.nanoTime()) > clock.nanoTime());
    assertEquals(5, link.asked.size());
  }

  @Test
  void repeatedValueIsANewSampleEachTime() throws DeviceException {
    ModbusDevice device = device(every(1, 1));
    run(device, 1_000);
    assertEquals(10, samples.size());
    assertTrue(samples.get(9).arrivalNs() > samples.get(8).arrivalNs());
  }

  @Test
  void refusedBlockIsHalvedUntilOneTagStandsAlone() throws DeviceException {
    link.refused.add(22);
    ModbusDevice device = device(every(2, 32));
    run(device, 10);
    assertEquals(32, samples.size(), "each tag once");
    assertEquals(1, bad());
    assertEquals(1 + 2 * 5, link.asked.size(), "binary search");
    samples.clear();
    run(device, 1_000);
    assertEquals(310, samples.size());
    assertEquals(0, bad());
  }

  @Test
  void refusedTagIsTriedAgainRarelyAndComesBack() throws DeviceException {
    link.refused.add(4);
    ModbusDevice device = device(every(2, 4));
    run(device, 130_000);
    assertEquals(3, bad(), "at the start and once a minute");
    link.refused.clear();
    run(device, 61_000);
    samples.clear();
    run(device, 1_000);
    assertEquals(40, samples.size());
  }

  @Test
  void gapThatCannotBeReadCostsNothing() throws DeviceException {
    link.refused.add(5);
    ModbusDevice device = device(every(4, 4)); // 0, 4, 8, 12
    run(device, 10);
    assertEquals(0, bad());
    assertEquals(4, samples.size());
  }

  @Test
  void lostAnswerCostsOneBlockOneScanAndThreeInARowTheLink() throws DeviceException {
    ModbusDevice device = device(every(2, 2));
    link.timeouts = 2;
    run(device, 350);
    assertEquals(
        List.of(Quality.BAD_TIMEOUT, Quality.BAD_TIMEOUT, Quality.BAD_TIMEOUT, Quality.BAD_TIMEOUT),
        samples.stream().map(Sample::quality).filter(Quality::isBad).toList());
    link.timeouts = 3;
    DeviceException e = assertThrows(DeviceException.class, () -> run(device, 1_000));
    assertEquals(DeviceException.Kind.TIMEOUT, e.kind());
  }

  @Test
  void linkWithoutRequestNumbersGoesWithTheFirstLostAnswer() throws DeviceException {
    link.patience = 1;
    ModbusDevice device = device(every(2, 2));
    link.timeouts = 1;
    assertThrows(DeviceException.class, () -> run(device, 10));
  }

  @Test
  void unitThatItsGatewayMissesIsGivenUpLikeASilentOne() throws DeviceException {
    ModbusDevice device = device(every(2, 2));
    run(device, 10);
    samples.clear();
    link.refuseReadsWith = 11;
    DeviceException e = assertThrows(DeviceException.class, () -> run(device, 1_000));
    assertEquals(DeviceException.Kind.TIMEOUT, e.kind());
    assertTrue(String.valueOf(e.getMessage()).contains("gateway target"), e.toString());
    assertEquals(4, samples.size(), "two tags twice, before the third");
    assertTrue(samples.stream().allMatch(s -> s.quality() == Quality.BAD_TIMEOUT));
  }

  @Test
  void blockThatUsedToAnswerIsAskedAgainAtOnceWherePollsAreRare() throws DeviceException {
    ModbusDevice device = device(List.of(Points.point(0, "hr:0", "uint16", 1, 0, 3_600_000)));
    run(device, 10);
    assertEquals(1, samples.size());
    clock.push(Duration.ofHours(1));
    link.timeouts = 1;
    run(device, 10);
    assertEquals(
        List.of(Quality.GOOD, Quality.BAD_TIMEOUT, Quality.GOOD),
        samples.stream().map(Sample::quality).toList());
    clock.push(Duration.ofHours(1));
    link.timeouts = 3;
    assertThrows(DeviceException.class, () -> run(device, 10), "not three hours later");
  }

  @Test
  void blockThatNeverAnsweredDoesNotTakeTheLinkAlong() throws DeviceException {
    ModbusDevice device = device(List.of(Points.point(0, "hr:0", "uint16", 1, 0, 3_600_000)));
    link.timeouts = 1;
    run(device, 1_000);
    assertEquals(1, samples.size());
    assertEquals(1, link.asked.size());
  }

  @Test
  void deviceThatAnswersWithFewerRegistersIsAskedForFewer() throws DeviceException {
    link.most = 8;
    ModbusDevice device = device(every(1, 32));
    run(device, 10);
    assertEquals(0, bad());
    assertEquals(32, samples.size(), "each tag once");
    assertEquals(31, samples.get(31).asDouble());
  }

  @Test
  void deviceWithoutOneFunctionIsWrittenToWithTheOther() throws DeviceException {
    Point word = Points.point(0, "hr:258", "int16", 1, 0);
    Point coil = Points.point(1, "co:7", "bool", 1, 0);
    link.lacking.addAll(List.of(6, 5));
    ModbusDevice device = device(List.of(word, coil));
    for (int i = 0; i < 2; i++) {
      assertInstanceOf(WriteResult.Done.class, device.write(word.tag(), 5, Confirmation.NONE));
      assertInstanceOf(WriteResult.Done.class, device.write(coil.tag(), 1, Confirmation.NONE));
    }
    assertEquals(
        List.of("6", "16", "5", "15", "16", "15"),
        link.asked.stream().map(text -> text.substring(0, text.indexOf(' '))).toList());
    link.lacking.add(16);
    assertInstanceOf(WriteResult.Refused.class, device.write(word.tag(), 5, Confirmation.NONE));
    assertEquals(7, link.asked.size(), "what has worked once is not gone round");
  }

  @Test
  void deviceWithNeitherFunctionRefuses() throws DeviceException {
    Point word = Points.point(0, "hr:258", "int16", 1, 0);
    link.lacking.addAll(List.of(6, 16));
    assertEquals(
        new WriteResult.Refused("exception 1 (illegal function)"),
        device(List.of(word)).write(word.tag(), 5, Confirmation.NONE));
  }

  @Test
  void bitIsNotWrittenInAnotherWayThanTheSettingsSay() throws DeviceException {
    Point bit = Points.point(0, "hr:240.8", "bool", 1, 0);
    ModbusSettings mask =
        settings(ModbusSettings.BitWrite.MASK_WRITE, ModbusSettings.CellWrite.SINGLE);
    link.lacking.add(22);
    WriteResult.Refused refused =
        assertInstanceOf(
            WriteResult.Refused.class,
            device(mask, List.of(bit)).write(bit.tag(), 1, Confirmation.READ_BACK));
    assertTrue(refused.reason().contains("bitWrite: read-modify-write"), refused.reason());
    assertEquals(1, link.asked.size());
  }

  @Test
  void acknowledgedWriteIsReadBackUntilItIsDone() throws DeviceException {
    link.refuseWritesWith = 5;
    link.added = -5;
    Point point = Points.point(0, "hr:305", "uint16", 1, 0);
    assertEquals(
        new WriteResult.Done(300),
        device(List.of(point)).write(point.tag(), 300, Confirmation.READ_BACK));
  }

  @Test
  void busyDeviceIsWrittenToAgain() throws DeviceException {
    link.busy = 2;
    Point point = Points.point(0, "hr:300", "uint16", 1, 0);
    assertEquals(
        new WriteResult.Done(300),
        device(List.of(point)).write(point.tag(), 300, Confirmation.READ_BACK));
    assertEquals(4, link.asked.size(), "three writes and the reading back");
  }

  @Test
  void writeThatAGatewayCouldNotBringFails() throws DeviceException {
    link.refuseWritesWith = 11;
    Point point = Points.point(0, "hr:300", "uint16", 1, 0);
    ModbusDevice device = device(List.of(point));
    assertThrows(
        DeviceException.class, () -> device.write(point.tag(), 300, Confirmation.READ_BACK));
  }

  @Test
  void badValueComesWithItsReason() throws DeviceException {
    Map<String, String> reasons = new HashMap<>();
    SampleSink sink =
        new SampleSink() {
          @Override
          public long accept(List<Sample> batch) {
            samples.addAll(batch);
            return 0;
          }

          @Override
          public void reason(Tag tag, String text) {
            reasons.put(tag.name(), text);
          }
        };
    ModbusDevice device =
        new ModbusDevice(
            "plc",
            settings(ModbusSettings.BitWrite.READ_MODIFY_WRITE, ModbusSettings.CellWrite.SINGLE),
            List.of(
                Points.point(0, "hr:10", "bcd16", 1, 0), Points.point(1, "hr:9", "bcd16", 1, 0)),
            loop,
            link,
            sink,
            clock);
    device.open();
    run(device, 1);
    assertEquals(Map.of("t0", "a digit above 9 in bcd16"), reasons, "000A is no decimal number");
  }

  @Test
  void lastCellOfATableIsRead() throws DeviceException {
    Point last = Points.point(0, "hr:65535", "uint16", 1, 0);
    run(device(List.of(last)), 1);
    assertEquals(List.of("3 ffff0001"), link.asked);
    assertEquals(65_535, samples.get(0).asDouble());
  }

  @Test
  void numbersAreWrittenWithFunction6Or16() throws DeviceException {
    Point one = Points.point(0, "hr:258", "int16", 1, 0);
    Point two = Points.point(1, "hr:16", "float32@CDAB", 1, 0);
    ModbusDevice device = device(List.of(one, two));
    device.write(one.tag(), -2, Confirmation.NONE);
    device.write(two.tag(), 850.25, Confirmation.NONE);
    assertEquals(List.of("6 0102fffe", "16 00100002" + "04" + "90004454"), link.asked);
    ModbusSettings multiple =
        settings(ModbusSettings.BitWrite.MASK_WRITE, ModbusSettings.CellWrite.MULTIPLE);
    device = device(multiple, List.of(one));
    device.write(one.tag(), -2, Confirmation.NONE);
    assertEquals(List.of("16 01020001" + "02" + "fffe"), link.asked);
  }

  @Test
  void coilIsWrittenWithFunction5() throws DeviceException {
    Point coil = Points.point(0, "co:7", "bool", 1, 0);
    device(List.of(coil)).write(coil.tag(), 1, Confirmation.NONE);
    assertEquals(List.of("5 0007ff00"), link.asked);
  }

  @Test
  void bitOfARegisterLeavesItsNeighboursAlone() throws DeviceException {
    Point bit = Points.point(0, "hr:240.8", "bool", 1, 0);
    device(List.of(bit)).write(bit.tag(), 1, Confirmation.NONE);
    assertEquals(List.of("3 00f00001", "6 00f001f0"), link.asked);
    ModbusSettings mask =
        settings(ModbusSettings.BitWrite.MASK_WRITE, ModbusSettings.CellWrite.SINGLE);
    ModbusDevice device = device(mask, List.of(bit));
    device.write(bit.tag(), 1, Confirmation.NONE);
    device.write(bit.tag(), 0, Confirmation.NONE);
    assertEquals(List.of("22 00f0feff0100", "22 00f0feff0000"), link.asked);
  }

  @Test
  void readBackComesFromTheDeviceAndNotFromMemory() throws DeviceException {
    Point point = Points.point(0, "hr:300", "uint16", 1, 0);
    WriteResult result = device(List.of(point)).write(point.tag(), 5, Confirmation.READ_BACK);
    assertEquals(new WriteResult.Done(300), result, "this device holds addresses");
  }

  @Test
  void refusedReadBackIsNotANumberRatherThanASuccess() throws DeviceException {
    Point point = Points.point(0, "hr:300", "uint16", 1, 0);
    link.refused.add(300);
    WriteResult result = device(List.of(point)).write(point.tag(), 5, Confirmation.READ_BACK);
    assertEquals(new WriteResult.Done(Double.NaN), result);
  }

  @Test
  void refusedWriteSaysWhy() throws DeviceException {
    Point point = Points.point(0, "hr:300", "uint16", 1, 0);
    link.refuseWritesWith = 4;
    WriteResult result = device(List.of(point)).write(point.tag(), 5, Confirmation.READ_BACK);
    assertEquals(new WriteResult.Refused("exception 4 (device failure)"), result);
  }

  @Test
  void valueThatDoesNotFitIsNotSent() throws DeviceException {
    Point point = Points.point(0, "hr:300", "uint16", 1, 0);
    WriteResult result = device(List.of(point)).write(point.tag(), 70_000, Confirmation.READ_BACK);
    assertInstanceOf(WriteResult.NotRepresentable.class, result);
    assertEquals(List.of(), link.asked);
  }

  @Test
  void tagOfAnotherTableIsRefused() throws DeviceException {
    Point input = Points.point(0, "ir:300", "uint16", 1, 0);
    WriteResult result = device(List.of(input)).write(input.tag(), 1, Confirmation.NONE);
    assertInstanceOf(WriteResult.Refused.class, result);
  }

  @Test
  void coilIsWrittenWithFunction15WhereAsked() throws DeviceException {
    Point coil = Points.point(0, "co:7", "bool", 1, 0);
    ModbusSettings multiple =
        settings(ModbusSettings.BitWrite.READ_MODIFY_WRITE, ModbusSettings.CellWrite.MULTIPLE);
    device(multiple, List.of(coil)).write(coil.tag(), 1, Confirmation.NONE);
    assertEquals(List.of("15 0007000101" + "01"), link.asked);
  }

  @Test
  void whatWasLearntAboutRefusedAddressesOutlivesTheLink() throws DeviceException {
    link.refused.add(22);
    ModbusDevice device = device(every(2, 32));
    run(device, 10);
    samples.clear();
    device.open();
    run(device, 10);
    assertEquals(32, samples.size());
    assertEquals(1, bad());
    assertEquals(6, link.asked.size(), "no search again");
  }

  @Test
  void blocksAreMergedAgainWhenARefusedAddressAnswers() throws DeviceException {
    link.refused.add(22);
    ModbusDevice device = device(every(2, 32));
    run(device, 10);
    link.refused.clear();
    run(device, 61_000);
    link.asked.clear();
    run(device, 1_000);
    assertEquals(10, link.asked.size(), "one request a period");
  }

  @Test
  void setpointGoesOutBeforeTheAnswersThatAreStillToCome() throws DeviceException {
    link.room = 4;
    ModbusDevice device = device(every(50, 9));
    device.service(clock.nanoTime());
    assertEquals(4, link.asked.size());
    Point point = Points.point(0, "hr:0", "uint16", 1, 0);
    assertEquals(
        new WriteResult.Done(0),
        device.write(samples.get(0).tag(), 0, Confirmation.READ_BACK),
        point.tag() + " is what it was");
    assertEquals("6 00000000", link.asked.get(4));
    assertEquals(Link.Urgency.FIRST, link.urgencies.get(4));
    assertEquals(4, samples.size(), "the others were taken as they came");
    run(device, 1);
    assertEquals(9, samples.size());
    assertEquals(0, bad());
  }

  @Test
  void fastLoopReadsBetweenTheOthersAndLeavesThemTheirTurn() throws DeviceException {
    loop = Duration.ofMillis(100);
    List<Point> points = new ArrayList<>(List.of(Points.point(0, "hr:1000", "uint16", 1, 0)));
    for (int i = 1; i <= 5; i++) {
      points.add(Points.point(i, "hr:" + 50 * i, "uint16", 1, 0, 1_000));
    }
    ModbusDevice device = device(points);
    for (int i = 0; i < 10; i++) {
      device.service(clock.nanoTime());
      clock.push(Duration.ofMillis(1)); // as long as an exchange takes
    }
    String fast = "3 03e80001";
    assertEquals(5, link.asked.stream().filter(fast::equals).count(), link.asked.toString());
    for (int i = 0; i < 10; i += 2) {
      assertEquals(fast, link.asked.get(i));
    }
  }

  @Test
  void fastLoopTellsAChangeAtOnceAndTheUnchangedOncePerPeriod() throws DeviceException {
    loop = Duration.ofMillis(100);
    ModbusDevice device = device(every(1, 3));
    run(device, 1_000);
    assertEquals(30, samples.size(), "ten times three");
    assertTrue(link.asked.size() > 500, link.asked.size() + " requests");
    samples.clear();
    link.added = 1;
    run(device, 2);
    assertEquals(3, samples.size(), "all three changed");
    assertEquals(1, samples.get(0).asDouble());
  }

  @Test
  void refusedTagLeavesTheFastLoopAndIsTriedAgainRarely() throws DeviceException {
    loop = Duration.ofMillis(100);
    link.refused.add(4);
    ModbusDevice device = device(every(2, 4));
    run(device, 130_000);
    assertEquals(3, bad(), "at the start and once a minute");
    link.refused.clear();
    run(device, 61_000);
    samples.clear();
    run(device, 1_000);
    assertEquals(40, samples.size());
  }
}
