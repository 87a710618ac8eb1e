package io.deungdae.collector.driver.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import io.deungdae.collector.driver.Browser;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.broker.Session;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Listens for the device's time-out, and offers every topic and every value in JSON that it hears.
 * A broker cannot be asked what topics there are.
 */
final class MqttBrowser implements Browser {

  private static final JsonPath WHOLE = new JsonPath(List.of());
  private static final String PLAIN_KEY = "[\\p{L}\\p{N}_:-]+";

  private final MqttSpec spec;
  private final Listening listening;

  MqttBrowser(MqttSpec spec, Listening listening) {
    this.spec = spec;
    this.listening = listening;
  }

  @Override
  public boolean browse(String from, int most, Consumer<Found> out) throws DeviceException {
    Set<String> seen = new HashSet<>();
    boolean enough =
        listening.listen(
            from.isEmpty() ? "#" : from,
            arrival -> {
              for (Found found : leaves(arrival)) {
                if (seen.size() < most && seen.add(found.address())) {
                  out.accept(found);
                }
              }
              return seen.size() < most;
            });
    return !enough;
  }

  private List<Found> leaves(Session.Arrival arrival) {
    List<String> levels = Arrays.asList(arrival.topic().split("/", -1));
    List<Found> found = new ArrayList<>();
    MqttSettings settings = spec.settings();
    Payload payload = new Payload(arrival.message().payload(), settings.charset(), settings.csv());
    if (arrival.message().isCut()) {
      return List.of(leaf(levels, arrival.topic(), "(too long)"));
    }
    try {
      walk(payload.find(WHOLE).get(0), levels, arrival.topic() + "#", "", found);
    } catch (Payload.Malformed e) {
      found.add(leaf(levels, arrival.topic(), "(empty)"));
    }
    return found;
  }

  private static void walk(
      JsonNode node, List<String> names, String address, String path, List<Found> out) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        String key = entry.getKey();
        String step =
            key.matches(PLAIN_KEY)
                ? (path.isEmpty() ? "" : ".") + key
                : key.contains("'") ? "[\"" + key + "\"]" : "['" + key + "']";
        walk(entry.getValue(), with(names, key), address, path + step, out);
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        walk(node.get(i), with(names, "" + i), address, path + "[" + i + "]", out);
      }
    } else if (!node.isNull()) {
      String whole = path.isEmpty() ? address.substring(0, address.length() - 1) : address + path;
      out.add(leaf(names, whole, type(node)));
    }
  }

  private static List<String> with(List<String> names, String name) {
    List<String> longer = new ArrayList<>(names);
    longer.add(name);
    return longer;
  }

  private static String type(JsonNode node) {
    return node.isNumber()
        ? "float64"
        : node.isBoolean() ? "bool" : printable(node.asText()) ? "string" : "(binary)";
  }

  private static boolean printable(String text) {
    return text.chars()
        .noneMatch(c -> c == 0xFFFD || (c < ' ' && c != '\n' && c != '\t' && c != '\r'));
  }

  private static Found leaf(List<String> path, String address, String type) {
    return new Found(
        path, address, type, !type.startsWith("("), "", Range.ALL, Label.of(""), false);
  }

  @Override
  public void close() {
    listening.close();
  }
}
