package io.deungdae.collector.driver.mqtt;

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

/** MQTT 3.1.1 and 5, as a subscriber: numbers, flags and texts, plain or in JSON. */
public final class MqttProtocol implements Protocol {

  private static final Set<String> TYPES =
      Set.of("", "bool", "string", "float32", "float64", "int32", "int64");

  /** Ready to read settings. */
  public MqttProtocol() {}

  @Override
  public String name() {
    return "mqtt";
  }

  @Override
  public DeviceSpec read(String device, Section section, ScanClasses scan, List<TagRow> rows) {
    MqttSettings settings = MqttSettings.read(device, section);
    List<MqttTag> tags = new ArrayList<>();
    for (TagRow row : rows) {
      check(row, section);
      Optional<TopicAddress> address = TopicAddress.parse(row.address());
      if (address.isEmpty()) {
        row.problem(
            section.problems(),
            "address",
            "'" + row.address() + "'",
            "topic#path, e.g. plant/meters/furnace#power_kw, the topic without wildcards");
      }
      address.ifPresent(found -> tags.add(new MqttTag(Conversion.of(row), found)));
    }
    return new MqttSpec(device, settings, List.copyOf(tags));
  }

  private static void check(TagRow row, Section section) {
    if (row.tag().writable()) {
      row.problem(section.problems(), "writable", "true", "false; MQTT tags cannot be written to");
    }
    if (!TYPES.contains(row.type())) {
      row.problem(
          section.problems(),
          "type",
          "'" + row.type() + "'",
          "nothing, bool, string, float32, float64, int32 or int64");
    }
  }
}
