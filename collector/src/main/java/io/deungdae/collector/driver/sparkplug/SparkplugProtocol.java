package io.deungdae.collector.driver.sparkplug;

import io.deungdae.collector.driver.Conversion;
import io.deungdae.collector.driver.DeviceSpec;
import io.deungdae.collector.driver.Protocol;
import io.deungdae.collector.driver.ScanClasses;
import io.deungdae.collector.settings.Section;
import io.deungdae.collector.settings.TagRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sparkplug B, as a host application: one device is one broker with any number of edge nodes. */
public final class SparkplugProtocol implements Protocol {

  private static final Set<String> TYPES =
      Set.of("", "bool", "string", "float32", "float64", "int32", "int64");

  /** Ready to read settings. */
  public SparkplugProtocol() {}

  @Override
  public String name() {
    return "sparkplug";
  }

  @Override
  public DeviceSpec read(String device, Section section, ScanClasses scan, List<TagRow> rows) {
    SparkplugSettings settings = SparkplugSettings.read(device, section);
    List<SparkplugTag> tags = new ArrayList<>();
    for (TagRow row : rows) {
      if (!TYPES.contains(row.type())) {
        row.problem(
            section.problems(),
            "type",
            "'" + row.type() + "'",
            "nothing, bool, string, float32, float64, int32 or int64");
      }
      Optional<SparkplugAddress> address = SparkplugAddress.parse(row.address());
      if (address.isEmpty()) {
        row.problem(
            section.problems(),
            "address",
            "'" + row.address() + "'",
            "group/node#metric or group/node/device#metric, e.g. plant/line1/press#Temperature/PV");
      }
      address.ifPresent(found -> tags.add(new SparkplugTag(Conversion.of(row), found)));
    }
    return new SparkplugSpec(device, settings, List.copyOf(tags));
  }
}
