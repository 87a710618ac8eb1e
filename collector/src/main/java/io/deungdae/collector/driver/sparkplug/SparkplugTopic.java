package io.deungdae.collector.driver.sparkplug;

import java.util.Optional;

/**
 * {@code spBv1.0/group/type/node[/device]}.
 *
 * @param device the device at the edge node; empty for the node itself
 */
public record SparkplugTopic(String group, Type type, String node, String device) {

  /** What all topics begin with. */
  public static final String NAMESPACE = "spBv1.0";

  /** Kinds of messages. */
  public enum Type {
    /** An edge node is there, with all its metrics. */
    NBIRTH,
    /** An edge node is gone. */
    NDEATH,
    /** An edge node's metrics have changed. */
    NDATA,
    /** A command to an edge node. */
    NCMD,
    /** A device is there, with all its metrics. */
    DBIRTH,
    /** A device is gone. */
    DDEATH,
    /** A device's metrics have changed. */
    DDATA,
    /** A command to a device. */
    DCMD
  }

  /** Reads a topic; empty when it is none of these. */
  public static Optional<SparkplugTopic> parse(String topic) {
    String[] levels = topic.split("/", -1);
    if (levels.length < 4 || levels.length > 5 || !levels[0].equals(NAMESPACE)) {
      return Optional.empty();
    }
    for (Type type : Type.values()) {
      boolean ofDevice = type.name().startsWith("D");
      if (type.name().equals(levels[2]) && ofDevice == (levels.length == 5)) {
        return Optional.of(
            new SparkplugTopic(levels[1], type, levels[3], ofDevice ? levels[4] : ""));
      }
    }
    return Optional.empty();
  }

  /** As it is on the wire. */
  @Override
  public String toString() {
    String node = NAMESPACE + "/" + group + "/" + type + "/" + this.node;
    return device.isEmpty() ? node : node + "/" + device;
  }
}
