package io.deungdae.collector.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ghgande.j2mod.modbus.msg.ExceptionResponse;
import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersResponse;
import com.ghgande.j2mod.modbus.procimg.Register;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import io.deungdae.collector.driver.Device.Confirmation;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.PushedClock;
import io.deungdae.collector.driver.WriteResult;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ModbusDeviceTest {

  private final PushedClock clock = new PushedClock();
  private final List<Sample> samples = new ArrayList<>();
  private final ScriptedLink link = new ScriptedLink();

  /** Answers reads of registers with their addresses; keeps the requests as text. */
  private static final class ScriptedLink implements Link {
    final List<String> asked = new ArrayList<>();
    final Set<Integer> refused = new TreeSet<>();
    int timeouts;
    boolean survives = true;
    int refuseWritesWith;

    @Override
    public void open() {
      asked.clear();
    }

    @Override
    public ModbusResponse exchange(ModbusRequest request) throws DeviceException {
      asked.add(request.getFunctionCode() + " " + HexFormat.of().formatHex(request.getMessage()));
      if (timeouts > 0) {
        timeouts--;
        throw new DeviceException(DeviceException.Kind.TIMEOUT, "plc", "no answer");
      }
      if (request instanceof ReadMultipleRegistersRequest read) {
        return read(read);
      }
      return refuseWritesWith > 0
          ? new ExceptionResponse(request.getFunctionCode(), refuseWritesWith)
          : ModbusResponse.createModbusResponse(request.getFunctionCode());
    }

    private ModbusResponse read(ReadMultipleRegistersRequest read) {
      Register[] registers = new Register[read.getWordCount()];
      for (int i = 0; i < registers.length; i++) {
        if (refused.contains(read.getReference() + i)) {
          return new ExceptionResponse(3, 2);
        }
        registers[i] = new SimpleRegister(read.getReference() + i);
      }
      return new ReadMultipleRegistersResponse(registers);
    }

    @Override
    public boolean survivesTimeout() {
      return survives;
    }

    @Override
    public void close() {}
  }

  private ModbusDevice device(ModbusSettings settings, List<Point> points) throws DeviceException {
    ModbusDevice device = new ModbusDevice("plc", settings, points, link, this::accept, clock);
    device.open();
    return device;
  }

  private ModbusDevice device(List<Point> points) throws DeviceException {
    return device(
        settings(ModbusSettings.BitWrite.READ_MODIFY_WRITE, ModbusSettings.RegisterWrite.SINGLE),
        points);
  }

  private static ModbusSettings settings(
      ModbusSettings.BitWrite bitWrite, ModbusSettings.RegisterWrite registerWrite) {
    return new ModbusSettings(
        "plc",
        502,
        1,
        ModbusSettings.FramingKind.TCP,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        0,
        Order.ABCD,
        120,
        10,
        Duration.ofMinutes(1),
        bitWrite,
        registerWrite,
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
    link.survives = false;
    ModbusDevice device = device(every(2, 2));
    link.timeouts = 1;
    assertThrows(DeviceException.class, () -> run(device, 10));
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
        settings(ModbusSettings.BitWrite.MASK_WRITE, ModbusSettings.RegisterWrite.MULTIPLE);
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
        settings(ModbusSettings.BitWrite.MASK_WRITE, ModbusSettings.RegisterWrite.SINGLE);
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
}
