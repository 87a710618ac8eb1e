package io.deungdae.simulators.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deungdae.simulators.plant.SharedPlant;
import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.trouble.Outlook;
import io.deungdae.simulators.trouble.Trouble;
import io.deungdae.simulators.trouble.Troubles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A plant as one retained JSON message: {@code TOPIC/PLANT} with {@code {"ts", "quality", "values":
 * {"zone1.pv": 860.1, ...}}}; flags are true or false, a lost sensor is null. Setpoints are taken
 * from {@code TOPIC/PLANT/set}: {@code {"zone1.sp": 865}}.
 */
final class JsonCoding implements Coding {

  private final ObjectMapper json = new ObjectMapper();
  private final String topic;
  private final Troubles troubles;
  private final Map<String, Outlook> plants = new LinkedHashMap<>();

  JsonCoding(String topic, List<? extends SharedPlant<?>> plants, Troubles troubles) {
    this.topic = topic;
    this.troubles = troubles;
    plants.forEach(plant -> this.plants.put(plant.name(), new Outlook(plant, troubles)));
  }

  @Override
  public Optional<Message> will() {
    return Optional.empty();
  }

  @Override
  public List<Message> births(long epochMs) {
    return List.of();
  }

  @Override
  public List<Message> data(long epochMs) {
    List<Message> messages = new ArrayList<>();
    plants.forEach(
        (name, plant) ->
            messages.add(new Message(topic + "/" + name, payload(plant, epochMs), true)));
    return messages;
  }

  private byte[] payload(Outlook plant, long epochMs) {
    ObjectNode message = json.createObjectNode();
    message.put("ts", epochMs);
    message.put("quality", troubles.on(Trouble.BAD_STATUS) ? "bad" : "good");
    plant.together(read -> values(message.putObject("values"), plant.signals(), read));
    try {
      return json.writeValueAsBytes(message);
    } catch (IOException e) {
      throw new AssertionError("a tree of numbers can be written", e);
    }
  }

  private static ObjectNode values(
      ObjectNode values, List<Signal> signals, ToDoubleFunction<Signal> read) {
    for (Signal signal : signals) {
      double value = read.applyAsDouble(signal);
      if (!Double.isFinite(value)) {
        values.putNull(signal.name());
      } else {
        switch (signal.kind()) {
          case NUMBER -> values.put(signal.name(), value);
          case WHOLE -> values.put(signal.name(), (long) value);
          case FLAG -> values.put(signal.name(), value != 0);
        }
      }
    }
    return values;
  }

  @Override
  public List<String> subscriptions() {
    return plants.keySet().stream().map(name -> topic + "/" + name + "/set").toList();
  }

  @Override
  public boolean take(String from, byte[] payload) {
    plants.forEach(
        (name, plant) -> {
          if (from.equals(topic + "/" + name + "/set")) {
            write(plant, payload);
          }
        });
    return false;
  }

  private void write(Outlook plant, byte[] payload) {
    try {
      JsonNode wanted = json.readTree(payload);
      for (Signal signal : plant.signals()) {
        JsonNode value = wanted.path(signal.name());
        if (value.isNumber() || value.isBoolean()) {
          boolean unused =
              plant.write(
                  signal, value.isBoolean() ? (value.asBoolean() ? 1 : 0) : value.asDouble());
        }
      }
    } catch (IOException e) {
      // no JSON: nothing is written
    }
  }
}
