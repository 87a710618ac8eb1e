package io.deungdae.collector.driver.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import io.deungdae.collector.driver.Probe;
import io.deungdae.collector.driver.broker.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Shows the next messages on a topic, and what is in them at a place. The topic may have wildcards.
 */
final class MqttProbe implements Probe {

  private static final List<String> COLUMNS =
      List.of("arrived", "topic", "value", "time", "retained", "payload");

  private final MqttSpec spec;
  private final Listening listening;

  MqttProbe(MqttSpec spec, Listening listening) {
    this.spec = spec;
    this.listening = listening;
  }

  @Override
  public Reading read(String address, String type, int count) throws DeviceException {
    int hash =
        address.lastIndexOf("/#") >= 0
            ? address.indexOf('#', address.lastIndexOf("/#") + 2)
            : address.indexOf('#');
    String filter = hash < 0 ? address : address.substring(0, hash);
    TopicAddress place =
        TopicAddress.parse("probe" + (hash < 0 ? "" : address.substring(hash)))
            .filter(found -> TopicFilter.isFilter(filter))
            .orElseThrow(
                () ->
                    new DeviceException(
                        Kind.REJECTED,
                        spec.device(),
                        "'" + address + "' is no address; topic#path, e.g. plant/+/zone/1#$.v"));
    List<List<String>> rows = new ArrayList<>();
    listening.listen(
        filter,
        arrival -> {
          rows.add(row(arrival, place));
          return rows.size() < count;
        });
    if (rows.isEmpty()) {
      throw new DeviceException(
          Kind.TIMEOUT, spec.device(), "no message on " + filter + " within the time-out");
    }
    return new Reading(COLUMNS, rows);
  }

  private List<String> row(Session.Arrival arrival, TopicAddress place) {
    MqttSettings settings = spec.settings();
    byte[] bytes = arrival.message().payload();
    Payload payload = new Payload(bytes, settings.charset(), settings.csv());
    Place time = place.time() != null ? place.time() : settings.time();
    return List.of(
        arrival.at().toString(),
        arrival.topic(),
        show(payload, place.value()),
        time == null ? "" : show(payload, time),
        arrival.message().retained() ? "yes" : "",
        Oddities.show(bytes));
  }

  private static String show(Payload payload, Place place) {
    try {
      List<JsonNode> found = payload.find(place);
      return found.isEmpty()
          ? "(not there)"
          : found.stream().map(JsonNode::toString).collect(Collectors.joining(", "));
    } catch (Payload.Malformed e) {
      return "(" + e.getMessage() + ")";
    }
  }

  @Override
  public void close() {
    listening.close();
  }
}
