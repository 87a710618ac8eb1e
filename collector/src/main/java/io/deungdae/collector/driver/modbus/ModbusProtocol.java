package io.deungdae.collector.driver.modbus;

import io.deungdae.collector.driver.Device;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceSpec;
import io.deungdae.collector.driver.Probe;
import io.deungdae.collector.driver.Protocol;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.driver.ScanClasses;
import io.deungdae.collector.driver.scan.RowCheck;
import io.deungdae.collector.driver.scan.Scaling;
import io.deungdae.collector.driver.scan.WireType;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.Section;
import io.deungdae.collector.settings.TagRow;
import io.deungdae.collector.signal.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Modbus TCP, in clear or with TLS, and Modbus RTU over TCP or on a serial line. */
public final class ModbusProtocol implements Protocol {

  private static final int CELLS = 65_536;

  private final Buses buses = new Buses();

  @Override
  public String name() {
    return "modbus";
  }

  @Override
  public DeviceSpec read(String device, Section section, ScanClasses scan, List<TagRow> rows) {
    ModbusSettings settings = ModbusSettings.read(section);
    Problems problems = section.problems();
    List<Point> points = new ArrayList<>();
    for (TagRow row : rows) {
      point(row, settings, scan, problems).ifPresent(points::add);
    }
    Duration fast = scan.periods().getOrDefault("fast", Duration.ZERO);
    Duration loop = settings.fast() == ModbusSettings.Fast.LOOP ? fast : Duration.ZERO;
    return new Spec(device, settings, points, loop, buses);
  }

  private static Optional<Point> point(
      TagRow row, ModbusSettings settings, ScanClasses scan, Problems problems) {
    Optional<Address> address = Address.parse(row.address(), settings.firstAddress());
    if (address.isEmpty()) {
      row.problem(problems, "address", "'" + row.address() + "'", allowedAddress(settings));
    }
    Optional<Encoding> encoding = Encoding.parse(row.type(), settings.order());
    if (encoding.isEmpty()) {
      row.problem(problems, "type", "'" + row.type() + "'", "one of " + Encoding.ALLOWED);
    }
    var period = scan.periodOf(row, problems);
    if (address.isEmpty() || encoding.isEmpty()) {
      return Optional.empty();
    }
    Point point =
        new Point(
            row.tag(),
            address.get(),
            encoding.get(),
            new Scaling(row.scale(), row.offset()),
            period,
            settings.charset());
    check(point, row, settings, problems);
    return Optional.of(point);
  }

  private static String allowedAddress(ModbusSettings settings) {
    int first = settings.firstAddress();
    return "a table ("
        + Table.prefixes()
        + "), a colon and a number from "
        + first
        + " to "
        + (CELLS - 1 + first)
        + ", such as hr:100; hr:100.3 for a bit of a register";
  }

  private static void check(Point point, TagRow row, ModbusSettings settings, Problems problems) {
    WireType type = point.encoding().type();
    boolean bit = point.table().isBits() || point.address().isRegisterBit();
    if (bit && type != WireType.BOOL) {
      row.problem(problems, "type", "'" + row.type() + "'", "bool, because the address is a bit");
    }
    if (point.end() > CELLS) {
      row.problem(problems, "address", "'" + row.address() + "'", "room for all its registers");
    }
    if (point.cells() > settings.maxBlock()) {
      row.problem(
          problems,
          "type",
          "'" + row.type() + "'",
          "at most maxBlock registers, which is " + settings.maxBlock());
    }
    RowCheck.check(row, type, point.whyReadOnly(), problems);
  }

  /** A device ready to be built. */
  record Spec(
      String device, ModbusSettings settings, List<Point> points, Duration loopPeriod, Buses buses)
      implements DeviceSpec {

    Spec {
      points = List.copyOf(points);
    }

    @Override
    public String endpoint() {
      return settings.endpoint();
    }

    @Override
    public Device build(SampleSink sink, Clock clock, Runnable wake) {
      return build(link(clock), sink, clock);
    }

    @Override
    public Optional<Probe> probe(Clock clock) throws DeviceException {
      Link link = link(clock);
      link.open();
      return Optional.of(new ModbusProbe(device, settings, link));
    }

    ModbusDevice build(Link link, SampleSink sink, Clock clock) {
      return new ModbusDevice(device, settings, points, loopPeriod, link, sink, clock);
    }

    private Link link(Clock clock) {
      LinkSettings way = settings.link();
      if (way.isBus()) {
        return new BusLink(device, settings, buses, clock);
      }
      List<Link> links = new ArrayList<>();
      for (int i = 0; i < way.connections(); i++) {
        links.add(new FramedLink(device, settings, way.line(clock), way.frames(), clock));
      }
      return links.size() == 1 ? links.get(0) : new Connections(links);
    }
  }
}
