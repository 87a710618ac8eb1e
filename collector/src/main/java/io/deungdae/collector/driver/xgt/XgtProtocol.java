package io.deungdae.collector.driver.xgt;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** LS Electric's XGT protocol over Ethernet (FEnet): XGK, XGI, XGR, XGB. */
public final class XgtProtocol implements Protocol {

  @Override
  public String name() {
    return "xgt";
  }

  @Override
  public DeviceSpec read(String device, Section section, ScanClasses scan, List<TagRow> rows) {
    XgtSettings settings = XgtSettings.read(section);
    Problems problems = section.problems();
    List<Point> points = new ArrayList<>();
    for (TagRow row : rows) {
      point(row, settings, scan, problems).ifPresent(points::add);
    }
    return new Spec(device, settings, points);
  }

  private static Optional<Point> point(
      TagRow row, XgtSettings settings, ScanClasses scan, Problems problems) {
    Optional<Encoding> encoding = Encoding.parse(row.type(), settings.wordOrder());
    if (encoding.isEmpty()) {
      row.problem(problems, "type", "'" + row.type() + "'", "one of " + Encoding.ALLOWED);
    }
    boolean bit = encoding.isPresent() && encoding.get().type() == WireType.BOOL;
    Optional<Address> address = Address.parse(row.address(), settings.cpu(), bit);
    if (encoding.isPresent() && address.isEmpty()) {
      row.problem(
          problems, "address", "'" + row.address() + "'", allowedAddress(settings.cpu(), bit));
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

  /** Which addresses there are, for people. */
  static String allowedAddress(Cpu cpu, boolean bit) {
    String example;
    if (cpu.iec()) {
      example = bit ? "%MX2764 or %IX0.1.12" : "%MW100, %MD50, %MB201 or %IW0.1.0";
    } else {
      example = bit ? "M0012F, D100.A, T5 or %MX2764" : "D100, M12, U3.1, %DW100 or %DB201";
    }
    return (bit ? "a bit" : "a place")
        + " in one of the areas "
        + String.join(" ", cpu.areas().split(""))
        + " of "
        + cpu.text()
        + ", such as "
        + example;
  }

  private static void check(Point point, TagRow row, XgtSettings settings, Problems problems) {
    WireType type = point.encoding().type();
    int most = point.address().area() == 'U' ? ReadPlan.MOST_BY_NAME : settings.mostBytes();
    if (point.encoding().bytes() > most) {
      row.problem(problems, "type", "'" + row.type() + "'", "a shorter one at this place");
    }
    RowCheck.check(row, type, point.whyReadOnly(), problems);
  }

  /** A device ready to be built. */
  record Spec(String device, XgtSettings settings, List<Point> points) implements DeviceSpec {

    Spec {
      points = List.copyOf(points);
    }

    @Override
    public String endpoint() {
      return settings.endpoint();
    }

    @Override
    public Device build(SampleSink sink, Clock clock, Runnable wake) {
      return build(new NettyLink(device, settings, clock), sink, clock);
    }

    XgtDevice build(Link link, SampleSink sink, Clock clock) {
      return new XgtDevice(device, settings, points, link, sink, clock);
    }

    @Override
    public Optional<Probe> probe(Clock clock) throws DeviceException {
      NettyLink link = new NettyLink(device, settings, clock);
      link.open();
      return Optional.of(new XgtProbe(device, settings, link, clock));
    }
  }
}
