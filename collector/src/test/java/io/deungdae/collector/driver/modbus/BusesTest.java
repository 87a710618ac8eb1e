package io.deungdae.collector.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.PushedClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BusesTest {

  private final Buses buses = new Buses();

  private static LinkSettings line(String port, int baud) {
    return new LinkSettings(
        LinkSettings.Framed.RTU,
        "",
        502,
        Duration.ofSeconds(1),
        Duration.ZERO,
        1,
        1,
        false,
        null,
        new SerialSettings(port, baud, 8, SerialSettings.Parity.EVEN, 1, Duration.ZERO, false));
  }

  private Bus join(LinkSettings line) throws DeviceException {
    return buses.join("plc", line, () -> bus(line));
  }

  private static Bus bus(LinkSettings line) {
    PushedClock clock = new PushedClock();
    ModbusSettings settings = ModbusDeviceTest.settings(line);
    return new Bus(
        line, new FramedLink("plc", settings, line.line(clock), line.frames(), clock), clock);
  }

  @Test
  void devicesWithTheSamePortShareItUntilTheLastLeaves() throws DeviceException {
    LinkSettings line = line("COM3", 9_600);
    Bus first = join(line);
    assertSame(first, join(line));
    assertNotSame(first, join(line("COM4", 9_600)));
    buses.leave("COM3");
    assertSame(first, join(line));
    buses.leave("COM3");
    buses.leave("COM3");
    assertEquals(1, buses.count());
    assertNotSame(first, join(line));
  }

  @Test
  void deviceThatWouldSetTheLineOtherwiseIsRefused() throws DeviceException {
    join(line("COM3", 9_600));
    DeviceException refused = assertThrows(DeviceException.class, () -> join(line("COM3", 19_200)));
    assertEquals(DeviceException.Kind.REJECTED, refused.kind());
    buses.leave("COM3");
    assertEquals(0, buses.count(), "who was refused holds nothing");
  }
}
