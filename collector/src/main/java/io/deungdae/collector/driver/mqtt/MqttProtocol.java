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

/** MQTT 3.1.1 and 5, as a subscriber: numbers, flags and texts, plain, in JSON or in CSV. */
public final class MqttProtocol implements Protocol {

  private static final String AUTO = "auto";
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
      address(row, settings, section)
          .ifPresent(found -> tags.add(new MqttTag(Conversion.of(row), found)));
    }
    return new MqttSpec(device, settings, List.copyOf(tags));
  }

  private static Optional<TopicAddress> address(
      TagRow row, MqttSettings settings, Section section) {
    boolean auto = row.address().equals(AUTO);
    Optional<TopicAddress> address =
        auto
            ? settings.topics().stream()
                .flatMap(pattern -> pattern.addressOf(row.tag().name()).stream())
                .findFirst()
            : TopicAddress.parse(row.address());
    if (address.isEmpty()) {
      row.problem(
          section.problems(),
          "address",
          "'" + row.address() + "'",
          auto
              ? "a name that one of the device's mqtt.topics has for its tags"
              : "topic#path, e.g. plant/meters/furnace#power_kw, the topic without wildcards, or"
                  + " auto");
    }
    return address;
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
