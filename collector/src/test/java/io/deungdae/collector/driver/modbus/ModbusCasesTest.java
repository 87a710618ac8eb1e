package io.deungdae.collector.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.deungdae.collector.driver.Device.Confirmation;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.driver.PushedClock;
import io.deungdae.collector.driver.WriteResult;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.SettingsFile;
import io.deungdae.collector.settings.TagCsv;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * One folder a case under {@code src/test/resources/modbus}: {@code site.yaml}, {@code tags.csv},
 * {@code frames.hex} (one exchange a line: request {@code ->} answer, function code and data) and
 * {@code expected.csv} (tag, value, quality after everything was read once). Lines {@code write tag
 * value} in frames.hex are carried out at their place. A bug from the field becomes a folder.
 */
class ModbusCasesTest {

  private static final Path CASES = Path.of("src/test/resources/modbus");

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.sorted().toList().stream()
          .map(folder -> DynamicTest.dynamicTest(folder.getFileName() + "", () -> run(folder)));
    }
  }

  /** Answers the exchanges of a file in their order. */
  private static final class ReplayLink implements Link {
    final List<String> left;
    private int ticket;
    private byte[] answer = {};

    ReplayLink(List<String> lines) {
      this.left = new ArrayList<>(lines);
    }

    @Override
    public void send(int newTicket, byte[] pdu, Urgency urgency) {
      String[] exchange = left.remove(0).split("->", -1);
      assertEquals(exchange[0].replace(" ", ""), HexFormat.of().formatHex(pdu));
      ticket = newTicket;
      answer = HexFormat.of().parseHex(exchange[1].replace(" ", ""));
    }

    @Override
    public Answer receive() {
      return Answer.of(ticket, answer);
    }

    @Override
    public void open() {}

    @Override
    public int room() {
      return 1;
    }

    @Override
    public int patience() {
      return 3;
    }

    @Override
    public void close() {}
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  private static void run(Path folder) throws IOException, DeviceException {
    DeviceSettings settings = settings(folder);
    PushedClock clock = new PushedClock();
    Map<String, Sample> latest = new TreeMap<>();
    ReplayLink link = new ReplayLink(lines(folder.resolve("frames.hex")));
    ModbusProtocol.Spec spec = assertInstanceOf(ModbusProtocol.Spec.class, settings.spec());
    ModbusDevice device = spec.build(link, batch -> keep(batch, latest), clock);
    device.open();
    while (!link.left.isEmpty()) {
      if (link.left.get(0).startsWith("write ")) {
        write(device, settings, link.left.remove(0));
      } else {
        device.service(clock.nanoTime());
      }
    }
    assertEquals(
        lines(folder.resolve("expected.csv")),
        latest.values().stream().map(ModbusCasesTest::show).toList());
  }

  private static DeviceSettings settings(Path folder) {
    Problems problems = new Problems();
    TagCsv csv = new TagCsv(problems);
    csv.read(folder.resolve("tags.csv"));
    List<DeviceSettings> devices =
        DeviceSettings.readAll(
            SettingsFile.read(folder.resolve("site.yaml"), Overrides.none(), problems),
            List.of(new ModbusProtocol()),
            csv.rows());
    assertEquals(List.of(), problems.all());
    return devices.get(0);
  }

  private static void write(ModbusDevice device, DeviceSettings settings, String line)
      throws DeviceException {
    String[] words = line.split(" ", -1);
    Tag tag =
        settings.tags().stream().filter(t -> t.name().equals(words[1])).findFirst().orElseThrow();
    double value = Double.parseDouble(words[2]);
    assertEquals(
        new WriteResult.Done(value), device.write(tag, value, Confirmation.READ_BACK), line);
  }

  private static long keep(List<Sample> batch, Map<String, Sample> latest) {
    batch.forEach(sample -> latest.put(sample.tag().name(), sample));
    return 0;
  }

  private static String show(Sample sample) {
    return sample.tag() + "," + sample.asDouble() + "," + sample.quality();
  }
}
