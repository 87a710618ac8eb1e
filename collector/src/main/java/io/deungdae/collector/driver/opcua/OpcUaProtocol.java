package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.Conversion;
import io.deungdae.collector.driver.DeviceSpec;
import io.deungdae.collector.driver.Protocol;
import io.deungdae.collector.driver.ScanClasses;
import io.deungdae.collector.driver.opcua.OpcUaTag.Way;
import io.deungdae.collector.settings.Section;
import io.deungdae.collector.settings.TagRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** OPC UA, binary over TCP, as a client. */
public final class OpcUaProtocol implements Protocol {

  private static final String ADDRESS =
      "a node id such as ns=2;s=Zone1.PV or nsu=urn:plc:app;i=1001, or call=OBJECT|METHOD"
          + " feedback=NODE; then, each after a blank, [3] for an array's element, deadband=0.5 or"
          + " deadband=0.5%, sampling=100ms, queue=20, trigger=status|value|timestamp,"
          + " collect=poll";
  private static final Set<String> TYPES =
      Set.of(
          "", "bool", "string", "float32", "float64", "int8", "uint8", "int16", "uint16", "int32",
          "uint32", "int64", "uint64");

  /** Ready to read settings. */
  public OpcUaProtocol() {}

  @Override
  public String name() {
    return "opcua";
  }

  @Override
  public DeviceSpec read(String device, Section section, ScanClasses scan, List<TagRow> rows) {
    OpcUaSettings settings = OpcUaSettings.read(section);
    List<OpcUaTag> tags = new ArrayList<>();
    for (TagRow row : rows) {
      Optional<NodeAddress> address = NodeAddress.parse(row.address());
      if (address.isEmpty()) {
        row.problem(section.problems(), "address", "'" + row.address() + "'", ADDRESS);
      }
      if (!TYPES.contains(row.type())) {
        row.problem(
            section.problems(),
            "type",
            "'" + row.type() + "'",
            "nothing, bool, string, float32, float64, or int8 to uint64");
      }
      Duration period = scan.periodOf(row, section.problems());
      address.ifPresent(
          node ->
              tags.add(new OpcUaTag(Conversion.of(row), node, period, way(settings, row, node))));
    }
    return new OpcUaSpec(device, settings, List.copyOf(tags));
  }

  private static Way way(OpcUaSettings settings, TagRow row, NodeAddress node) {
    if (settings.fast() == OpcUaSettings.Fast.READ && row.scan().equals("fast")) {
      return Way.FAST;
    }
    boolean polled = settings.collect() == OpcUaSettings.Collect.POLL || node.monitoring().polled();
    return polled ? Way.POLLED : Way.SUBSCRIBED;
  }
}
