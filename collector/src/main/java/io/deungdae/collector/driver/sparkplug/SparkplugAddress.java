package io.deungdae.collector.driver.sparkplug;

import java.util.Optional;

/**
 * Where a tag is: {@code group/node#metric} for a metric of an edge node, {@code
 * group/node/device#metric} for one of a device.
 *
 * @param device the device; empty for the node itself
 * @param metric the metric's name, which may have slashes in it
 */
record SparkplugAddress(NodeName node, String device, String metric) {

  /** An edge node. */
  record NodeName(String group, String node) {

    @Override
    public String toString() {
      return group + "/" + node;
    }
  }

  /** Reads an address; empty when it is none. */
  static Optional<SparkplugAddress> parse(String text) {
    int hash = text.indexOf('#');
    if (hash < 0 || hash == text.length() - 1) {
      return Optional.empty();
    }
    String[] levels = text.substring(0, hash).split("/", -1);
    if (levels.length < 2 || levels.length > 3) {
      return Optional.empty();
    }
    for (String level : levels) {
      if (level.isBlank() || level.contains("+")) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new SparkplugAddress(
            new NodeName(levels[0], levels[1]),
            levels.length == 3 ? levels[2] : "",
            text.substring(hash + 1)));
  }

  /** As in a tag list. */
  @Override
  public String toString() {
    return node + (device.isEmpty() ? "" : "/" + device) + "#" + metric;
  }
}
