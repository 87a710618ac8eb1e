package io.deungdae.simulators.mqtt;

import io.deungdae.simulators.plant.SharedPlant;
import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.trouble.Outlook;
import io.deungdae.simulators.trouble.Trouble;
import io.deungdae.simulators.trouble.Troubles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.eclipse.tahu.SparkplugException;
import org.eclipse.tahu.message.SparkplugBPayloadDecoder;
import org.eclipse.tahu.message.SparkplugBPayloadEncoder;
import org.eclipse.tahu.message.model.Metric;
import org.eclipse.tahu.message.model.Metric.MetricBuilder;
import org.eclipse.tahu.message.model.MetricDataType;
import org.eclipse.tahu.message.model.PropertyDataType;
import org.eclipse.tahu.message.model.PropertySet.PropertySetBuilder;
import org.eclipse.tahu.message.model.PropertyValue;
import org.eclipse.tahu.message.model.SparkplugBPayload;
import org.eclipse.tahu.message.model.SparkplugBPayload.SparkplugBPayloadBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Plants as the devices of one Sparkplug B edge node: {@code spBv1.0/GROUP/DBIRTH/NODE/PLANT} and
 * so on. Metrics have the signals' names; births tell unit and range; data tell what has changed.
 * Setpoints are taken by DCMD, births are told anew on {@code Node Control/Rebirth}. Payloads are
 * made by Eclipse Tahu.
 */
@SuppressWarnings("JavaUtilDate") // Tahu wants it
final class SparkplugCoding implements Coding {

  private static final String REBIRTH = "Node Control/Rebirth";
  private static final int BAD = 0;
  private static final int GOOD = 192;

  private final String group;
  private final String node;
  private final Troubles troubles;
  private final Map<String, Outlook> plants = new LinkedHashMap<>();
  private final Map<String, Double> told = new HashMap<>();
  private long birth = -1;
  private int sequence;
  private boolean bad;

  SparkplugCoding(
      String group, String node, List<? extends SharedPlant<?>> plants, Troubles troubles) {
    this.group = group;
    this.node = node;
    this.troubles = troubles;
    plants.forEach(plant -> this.plants.put(plant.name(), new Outlook(plant, troubles)));
  }

  @Override
  public Optional<Message> will() {
    birth = (birth + 1) % 256;
    try {
      SparkplugBPayload payload =
          new SparkplugBPayloadBuilder().addMetric(session()).createPayload();
      return Optional.of(message("NDEATH", "", payload));
    } catch (SparkplugException e) {
      throw new AssertionError("a number can be told", e);
    }
  }

  private Metric session() throws SparkplugException {
    return new MetricBuilder("bdSeq", MetricDataType.Int64, birth).createMetric();
  }

  @Override
  public List<Message> births(long epochMs) {
    sequence = 0;
    told.clear();
    Date now = new Date(epochMs);
    List<Message> messages = new ArrayList<>();
    try {
      List<Metric> own =
          List.of(
              session(),
              new MetricBuilder(REBIRTH, MetricDataType.Boolean, false)
                  .timestamp(now)
                  .createMetric());
      messages.add(message("NBIRTH", "", payload(now, own)));
      for (Map.Entry<String, Outlook> plant : plants.entrySet()) {
        List<Metric> all = metrics(plant.getKey(), plant.getValue(), now, Telling.BIRTH);
        messages.add(message("DBIRTH", "/" + plant.getKey(), payload(now, all)));
      }
      return messages;
    } catch (SparkplugException e) {
      throw new AssertionError("signals can be told", e);
    }
  }

  @Override
  public List<Message> data(long epochMs) {
    Date now = new Date(epochMs);
    List<Message> messages = new ArrayList<>();
    if (bad != troubles.on(Trouble.BAD_STATUS)) {
      bad = !bad;
      told.clear();
    }
    try {
      for (Map.Entry<String, Outlook> plant : plants.entrySet()) {
        List<Metric> changed = metrics(plant.getKey(), plant.getValue(), now, Telling.CHANGES);
        if (!changed.isEmpty()) {
          messages.add(message("DDATA", "/" + plant.getKey(), payload(now, changed)));
        }
      }
      return messages;
    } catch (SparkplugException e) {
      throw new AssertionError("signals can be told", e);
    }
  }

  /** What is told of the signals. */
  private enum Telling {
    BIRTH,
    CHANGES
  }

  private List<Metric> metrics(String plant, Outlook outlook, Date now, Telling telling)
      throws SparkplugException {
    Map<Signal, Double> values = outlook.together(read -> values(outlook.signals(), read));
    List<Metric> metrics = new ArrayList<>();
    for (Map.Entry<Signal, Double> entry : values.entrySet()) {
      Double before = told.put(plant + "/" + entry.getKey().name(), entry.getValue());
      if (telling == Telling.BIRTH || !entry.getValue().equals(before)) {
        metrics.add(metric(entry.getKey(), entry.getValue(), now, telling));
      }
    }
    return metrics;
  }

  private static Map<Signal, Double> values(List<Signal> signals, ToDoubleFunction<Signal> read) {
    Map<Signal, Double> values = new LinkedHashMap<>();
    for (Signal signal : signals) {
      values.put(signal, read.applyAsDouble(signal));
    }
    return values;
  }

  private Metric metric(Signal signal, double value, Date now, Telling telling)
      throws SparkplugException {
    MetricDataType type =
        switch (signal.kind()) {
          case NUMBER -> MetricDataType.Double;
          case WHOLE -> MetricDataType.Int64;
          case FLAG -> MetricDataType.Boolean;
        };
    PropertySetBuilder properties = new PropertySetBuilder();
    boolean good = !bad && Double.isFinite(value);
    properties.addProperty(
        "Quality", new PropertyValue<>(PropertyDataType.Int32, good ? GOOD : BAD));
    if (telling == Telling.BIRTH) {
      properties.addProperty(
          "engUnit", new PropertyValue<>(PropertyDataType.String, signal.unit()));
      properties.addProperty("engLow", new PropertyValue<>(PropertyDataType.Double, signal.low()));
      properties.addProperty(
          "engHigh", new PropertyValue<>(PropertyDataType.Double, signal.high()));
    }
    return new MetricBuilder(signal.name(), type, value(signal, value))
        .timestamp(now)
        .properties(properties.createPropertySet())
        .createMetric();
  }

  private static @Nullable Object value(Signal signal, double value) {
    if (!Double.isFinite(value)) {
      return null;
    }
    return switch (signal.kind()) {
      case NUMBER -> value;
      case WHOLE -> (long) value;
      case FLAG -> value != 0;
    };
  }

  private SparkplugBPayload payload(Date now, List<Metric> metrics) {
    int wrong = troubles.on(Trouble.WRONG_ID) ? 100 : 0;
    long number = Math.floorMod(sequence + wrong, 256);
    sequence = (sequence + 1) % 256;
    return new SparkplugBPayloadBuilder()
        .setTimestamp(now)
        .setSeq(number)
        .addMetrics(metrics)
        .createPayload();
  }

  private Message message(String type, String device, SparkplugBPayload payload) {
    try {
      byte[] bytes = new SparkplugBPayloadEncoder().getBytes(payload, false);
      return new Message("spBv1.0/" + group + "/" + type + "/" + node + device, bytes, false);
    } catch (IOException e) {
      throw new AssertionError("a payload in memory can be written", e);
    }
  }

  @Override
  public List<String> subscriptions() {
    return List.of(
        "spBv1.0/" + group + "/NCMD/" + node, "spBv1.0/" + group + "/DCMD/" + node + "/+");
  }

  @Override
  public boolean take(String topic, byte[] payload) {
    try {
      List<Metric> metrics =
          new SparkplugBPayloadDecoder().buildFromByteArray(payload, null).getMetrics();
      if (topic.contains("/NCMD/")) {
        return metrics.stream()
            .anyMatch(m -> REBIRTH.equals(m.getName()) && Boolean.TRUE.equals(m.getValue()));
      }
      Outlook plant = plants.get(topic.substring(topic.lastIndexOf('/') + 1));
      if (plant != null) {
        metrics.forEach(metric -> write(plant, metric));
      }
    } catch (Exception e) { // what Tahu declares: bytes that are no message
      return false;
    }
    return false;
  }

  private static void write(Outlook plant, Metric metric) {
    for (Signal signal : plant.signals()) {
      if (signal.name().equals(metric.getName())) {
        Object value = metric.getValue();
        if (value instanceof Number number) {
          boolean unused = plant.write(signal, number.doubleValue());
        } else if (value instanceof Boolean flag) {
          boolean unused = plant.write(signal, flag ? 1 : 0);
        }
      }
    }
  }
}
