package io.deungdae.collector.driver.sparkplug;

import io.deungdae.collector.driver.broker.Announcement;
import java.time.Instant;
import java.util.List;

/** The request to an edge node to tell its metrics again. */
public final class Rebirth {

  /** Name of the metric that stands for it. */
  public static final String METRIC = "Node Control/Rebirth"; // Sparkplug 3.0 §6.4.19

  private Rebirth() {}

  static Announcement request(SparkplugAddress.NodeName node, Instant now) {
    long nowMs = now.toEpochMilli();
    SparkplugTopic topic =
        new SparkplugTopic(node.group(), SparkplugTopic.Type.NCMD, node.node(), "");
    SparkplugPayload payload =
        new SparkplugPayload(
            nowMs, -1, List.of(Metric.named(METRIC, DataType.BOOLEAN, nowMs, true)));
    return new Announcement(topic.toString(), payload.toBytes(), 0, false);
  }

  /** True for a command that asks for it. */
  public static boolean isAskedBy(SparkplugPayload command) {
    return command.metrics().stream()
        .anyMatch(
            metric ->
                METRIC.equals(metric.name())
                    && (Boolean.TRUE.equals(metric.value())
                        || Long.valueOf(1).equals(metric.value())));
  }
}
