package io.deungdae.collector.forward;

import io.deungdae.collector.driver.broker.BrokerSettings;
import io.deungdae.collector.driver.broker.BrokerSettings.Keep;
import io.deungdae.collector.settings.Section;
import java.util.TreeSet;

/**
 * Where rows are published as JSON over MQTT.
 *
 * @param forwarder name, batch, waits
 * @param link the broker
 * @param topic the topic, see {@link TopicTemplate}
 * @param payload what one message carries
 * @param messageBytes longest message that carries more than one row
 * @param qos 1 or 2
 * @param retained whether the broker keeps each topic's latest message; never of a backlog
 */
public record MqttSenderSettings(
    ForwarderSettings forwarder,
    BrokerSettings link,
    String topic,
    MqttPayload payload,
    int messageBytes,
    int qos,
    boolean retained) {

  private static final int KIB = 1024;
  private static final int USUAL_KIB = 128;

  /** Reads one entry of the list {@code mqtt}. */
  public static MqttSenderSettings read(Section section) {
    ForwarderSettings forwarder = ForwarderSettings.read(section);
    MqttSenderSettings settings =
        new MqttSenderSettings(
            forwarder,
            BrokerSettings.read("deungdae-" + forwarder.name(), Keep.AS_SET, section),
            section.text("topic", "deungdae/{site}/{levels}"),
            section.choice("payload", MqttPayload.SAMPLE),
            KIB * section.integer("messageKb", USUAL_KIB, 1, 65_536),
            section.integer("qos", 1, 1, 2),
            section.flag("retained", false));
    TopicTemplate template = new TopicTemplate(settings.topic, "site");
    if (!template.strangers().isEmpty() || settings.topic.matches(".*[+#].*")) {
      section.problem(
          "topic",
          "'" + settings.topic + "'",
          "a topic without + and #, with {"
              + String.join("}, {", new TreeSet<>(TopicTemplate.WORDS))
              + "}");
    }
    section.done();
    return settings;
  }
}
