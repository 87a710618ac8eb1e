package io.deungdae.collector.driver.mqtt;

/** Topic filters with wildcards. */
final class TopicFilter {

  private TopicFilter() {}

  /** True when a message on the topic comes through a subscription to the filter. */
  static boolean matches(String filter, String topic) {
    if (topic.startsWith("$") && !filter.startsWith("$")) {
      return false; // MQTT 3.1.1 §4.7.2
    }
    String[] wanted = filter.split("/", -1);
    String[] levels = topic.split("/", -1);
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].equals("#")) {
        return true;
      }
      if (i >= levels.length || !(wanted[i].equals("+") || wanted[i].equals(levels[i]))) {
        return false;
      }
    }
    return wanted.length == levels.length;
  }

  /** True for what may be subscribed to. */
  static boolean isFilter(String text) {
    String[] levels = text.split("/", -1);
    for (int i = 0; i < levels.length; i++) {
      boolean last = i == levels.length - 1;
      boolean mixed = levels[i].length() > 1 && levels[i].matches(".*[+#].*");
      if (mixed || (levels[i].equals("#") && !last)) {
        return false;
      }
    }
    return !text.isBlank();
  }
}
