package io.deungdae.collector.driver.mqtt;

import io.deungdae.collector.driver.broker.Announcement;
import io.deungdae.collector.driver.broker.BrokerSettings;
import io.deungdae.collector.driver.broker.BrokerSettings.Keep;
import io.deungdae.collector.settings.Section;
import io.deungdae.collector.settings.TextCode;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;

/**
 * How a broker's messages are had and read.
 *
 * @param link how the broker is reached
 * @param qos 0 to 2, what is asked for
 * @param share the group of clients that share the subscriptions; empty for none
 * @param topics topics with wildcards, subscribed instead of what they cover
 * @param birth what is said when the connection stands, or null
 * @param staleAfter silence after which a tag's value counts as stale; zero for never
 * @param time where in a payload its time is, or null when it has none
 * @param timeFormat how it is written
 * @param timeZone of times that are written without an offset, or null when those are not believed
 * @param csv how payloads with separated values are written
 * @param charset of payloads that are not JSON
 */
record MqttSettings(
    BrokerSettings link,
    int qos,
    String share,
    List<TopicPattern> topics,
    @Nullable Announcement birth,
    Duration staleAfter,
    @Nullable Place time,
    TimeFormat timeFormat,
    @Nullable ZoneId timeZone,
    CSVFormat csv,
    Charset charset) {

  MqttSettings {
    topics = List.copyOf(topics);
  }

  /** Reads the device's {@code mqtt} section. */
  static MqttSettings read(String device, Section section) {
    BrokerSettings link =
        BrokerSettings.read("deungdae-" + device, Keep.AS_SET, section).withLongestMessage(section);
    Optional<Announcement> will = announcement(section, "will");
    MqttSettings settings =
        new MqttSettings(
            will.map(link::withWill).orElse(link),
            section.integer("qos", 1, 0, 2),
            share(section),
            section.sections("topics").stream().map(TopicPattern::read).toList(),
            announcement(section, "birth").orElse(null),
            section.duration(
                "staleAfter", Duration.ofMinutes(1), Duration.ZERO, Duration.ofDays(7)),
            Places.read(section, "time").orElse(null),
            section.choice("timeFormat", TimeFormat.AUTO),
            zone(section),
            csv(section),
            section.choice("charset", TextCode.UTF_8).charset());
    section.done();
    return settings;
  }

  private static @Nullable ZoneId zone(Section section) {
    String zone = section.text("timeZone", "");
    try {
      return zone.isEmpty() ? null : ZoneId.of(zone);
    } catch (DateTimeException e) {
      section.problem("timeZone", "'" + zone + "'", "a time zone such as Asia/Seoul or +09:00");
      return null;
    }
  }

  private static String share(Section section) {
    String share = section.text("share", "");
    if (share.contains("/") || share.contains("+") || share.contains("#")) {
      section.problem("share", "'" + share + "'", "a name without /, + and #");
    }
    return share;
  }

  private static Optional<Announcement> announcement(Section section, String key) {
    Section said = section.section(key);
    String topic = said.text("topic", "");
    String payload = said.text("payload", "");
    int qos = said.integer("qos", 1, 0, 2);
    boolean retain = said.flag("retain", true);
    if (topic.contains("+") || topic.contains("#")) {
      said.problem("topic", "'" + topic + "'", "a topic without wildcards");
    }
    said.done();
    return topic.isEmpty()
        ? Optional.empty()
        : Optional.of(Announcement.text(topic, payload, qos, retain));
  }

  private static CSVFormat csv(Section section) {
    String separator = section.text("csvSeparator", ",");
    boolean tab = separator.equals("tab");
    if (!tab && separator.length() != 1) {
      section.problem("csvSeparator", "'" + separator + "'", "one character, or tab");
      separator = ",";
    }
    return CSVFormat.DEFAULT
        .builder()
        .setDelimiter(tab ? '\t' : separator.charAt(0))
        .setIgnoreEmptyLines(true)
        .get();
  }

  /** What to subscribe to for a filter. */
  String subscription(String filter) {
    return share.isEmpty() ? filter : "$share/" + share + "/" + filter; // MQTT 5 §4.8.2
  }

  /** The filter of a subscription. */
  String filter(String subscription) {
    String prefix = subscription("");
    return subscription.startsWith(prefix) ? subscription.substring(prefix.length()) : subscription;
  }
}
