package io.deungdae.collector.forward;

import io.deungdae.collector.driver.broker.BrokerSettings;
import io.deungdae.collector.driver.broker.BrokerSettings.Keep;
import io.deungdae.collector.settings.Section;

/**
 * As what edge node the gateway's own tags are published with Sparkplug B.
 *
 * @param forwarder name, batch, waits
 * @param link the broker
 * @param group group of the edge node
 * @param node its name, ours alone in the group
 * @param devices true to publish the tags as metrics of devices below the edge node, which are
 *     named as the tags' own
 * @param hostId host application that must be there before anything is sent; empty for none
 */
public record EdgeNodeSettings(
    ForwarderSettings forwarder,
    BrokerSettings link,
    String group,
    String node,
    boolean devices,
    String hostId) {

  /** Reads one entry of the list {@code sparkplug}. */
  public static EdgeNodeSettings read(Section section) {
    ForwarderSettings forwarder = ForwarderSettings.read(section);
    EdgeNodeSettings settings =
        new EdgeNodeSettings(
            forwarder,
            BrokerSettings.read("deungdae-" + forwarder.name(), Keep.NOTHING, section),
            section.text("group"),
            section.text("node"),
            section.flag("devices", false),
            section.text("hostId", ""));
    plain(section, "group", settings.group);
    plain(section, "node", settings.node);
    plain(section, "hostId", settings.hostId);
    section.done();
    return settings;
  }

  private static void plain(Section section, String key, String name) {
    if (name.matches(".*[/+#].*")) {
      section.problem(key, "'" + name + "'", "a name without /, + and #");
    }
  }
}
