package io.deungdae.collector.driver.sparkplug;

import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.driver.broker.Session;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of one edge node and its devices, from its birth to its death. Used by the device's
 * thread.
 *
 * <p>Types and aliases are those of the last birth and of no earlier one. When a message is missing
 * or speaks of what no birth has told, a rebirth is asked for, and until then the values count as
 * perhaps out of date.
 */
final class EdgeNode {

  private static final Logger log = LoggerFactory.getLogger(EdgeNode.class);
  private static final String BD_SEQ = "bdSeq";
  private static final int SEQ_MASK = 0xFF;

  private final SparkplugAddress.NodeName name;
  private final SampleSink sink;
  private final Map<String, Map<String, Source>> sources = new HashMap<>();
  private final Map<String, Map<String, Integer>> types = new HashMap<>();
  private final Map<Long, Known> aliases = new HashMap<>();
  private boolean alive;
  private boolean dead;
  private int seq = -1;
  private long bdSeq = -1;
  private @Nullable String rebirthWhy;
  private long askedNs;
  private boolean everAsked;

  /** A metric as its birth told it. */
  private record Known(String device, String metric) {}

  /** What a message led to. */
  record Outcome(List<Sample> live, List<Sample> past) {}

  EdgeNode(SparkplugAddress.NodeName name, SampleSink sink) {
    this.name = name;
    this.sink = sink;
  }

  SparkplugAddress.NodeName name() {
    return name;
  }

  Source add(SparkplugTag tag) {
    Source source = new Source(tag);
    sources
        .computeIfAbsent(tag.address().device(), device -> new HashMap<>())
        .put(tag.address().metric(), source);
    return source;
  }

  /** A new connection: nothing is known any more. */
  void opened() {
    alive = false;
    dead = false;
    seq = -1;
    bdSeq = -1;
    types.clear();
    aliases.clear();
    everAsked = false;
    rebirthWhy = "just connected";
    all().forEach(Source::forget);
  }

  private List<Source> all() {
    return sources.values().stream().flatMap(metrics -> metrics.values().stream()).toList();
  }

  /** The type of a metric; empty when no birth has told it, or tags cannot have it. */
  Optional<DataType> type(SparkplugAddress address) {
    return typeOf(address.device(), address.metric());
  }

  private Optional<DataType> typeOf(String device, String metric) {
    Integer number = types.getOrDefault(device, Map.of()).get(metric);
    return number == null ? Optional.empty() : DataType.of(number);
  }

  boolean isAlive() {
    return alive;
  }

  // ---- rebirth

  private void wantRebirth(String why) {
    if (rebirthWhy == null) {
      log.info("edge node={} asked to tell its metrics again: {}", name, why);
      rebirthWhy = why;
    }
  }

  /** True when a rebirth is to be asked for now. */
  boolean askRebirth(long nowNs, long pauseNs) {
    if (rebirthWhy == null || dead || (everAsked && nowNs - askedNs < pauseNs)) {
      return false;
    }
    askedNs = nowNs;
    everAsked = true;
    return true;
  }

  // ---- messages

  /** Takes a message of the node. */
  Outcome take(SparkplugTopic topic, SparkplugPayload payload, Session.Arrival arrival) {
    Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>());
    switch (topic.type()) {
      case NBIRTH -> nodeBirth(payload, arrival, outcome);
      case NDEATH -> nodeDeath(payload, arrival, outcome);
      case DBIRTH -> {
        if (follows(payload, arrival, outcome)) {
          birth(topic.device(), payload, arrival, outcome);
        }
      }
      case DDEATH -> {
        if (follows(payload, arrival, outcome)) {
          gone(topic.device(), "the device's death was told", arrival, outcome);
        }
      }
      case NDATA, DDATA -> {
        if (follows(payload, arrival, outcome)) {
          data(topic.device(), payload, arrival, outcome);
        }
      }
      case NCMD, DCMD -> {
        // commands are for nodes
      }
    }
    return outcome;
  }

  private void nodeBirth(SparkplugPayload payload, Session.Arrival arrival, Outcome outcome) {
    long newBdSeq = bdSeqOf(payload);
    boolean newSession = !alive || newBdSeq != bdSeq;
    alive = true;
    dead = false;
    rebirthWhy = null;
    bdSeq = newBdSeq;
    seq = payload.seq();
    types.clear();
    aliases.clear();
    if (newSession) {
      for (String device : sources.keySet()) {
        if (!device.isEmpty()) {
          gone(device, "the edge node was born without the device", arrival, outcome);
        }
      }
    }
    birth("", payload, arrival, outcome);
  }

  private static long bdSeqOf(SparkplugPayload payload) {
    for (Metric metric : payload.metrics()) {
      if (BD_SEQ.equals(metric.name()) && metric.value() instanceof Long number) {
        return number;
      }
    }
    return -1;
  }

  private void nodeDeath(SparkplugPayload payload, Session.Arrival arrival, Outcome outcome) {
    long ofSession = bdSeqOf(payload);
    if (alive && ofSession >= 0 && bdSeq >= 0 && ofSession != bdSeq) {
      log.info("edge node={} death of another session ignored bdSeq={}", name, ofSession);
      return;
    }
    alive = false;
    dead = true;
    types.clear();
    aliases.clear();
    Set<String> devices = new HashSet<>(sources.keySet());
    devices.forEach(device -> gone(device, "the edge node's death was told", arrival, outcome));
  }

  private void gone(String device, String why, Session.Arrival arrival, Outcome outcome) {
    types.remove(device);
    aliases.values().removeIf(known -> known.device().equals(device));
    for (Source source : sources.getOrDefault(device, Map.of()).values()) {
      sink.reason(source.tag().tag(), why);
      source.bad(Quality.BAD_NO_LINK, arrival.at(), arrival.atNs()).ifPresent(outcome.live()::add);
    }
  }

  private void birth(
      String device, SparkplugPayload payload, Session.Arrival arrival, Outcome outcome) {
    Map<String, Integer> told = new HashMap<>();
    aliases.values().removeIf(known -> known.device().equals(device));
    types.put(device, told);
    for (Metric metric : payload.metrics()) {
      if (metric.name() != null) {
        told.put(metric.name(), metric.datatype());
        if (metric.alias() >= 0) {
          aliases.put(metric.alias(), new Known(device, metric.name()));
        }
        value(device, metric.name(), metric, payload, arrival, outcome);
      }
    }
    for (Source source : sources.getOrDefault(device, Map.of()).values()) {
      if (!told.containsKey(source.tag().address().metric())) {
        sink.reason(source.tag().tag(), "the birth has no such metric");
        source
            .bad(Quality.BAD_REJECTED, arrival.at(), arrival.atNs())
            .ifPresent(outcome.live()::add);
      }
    }
  }

  /** True when no message is missing before this one, or at least a birth was there. */
  private boolean follows(SparkplugPayload payload, Session.Arrival arrival, Outcome outcome) {
    if (!alive) {
      dead = false; // it speaks
      wantRebirth("it sends data and its birth was not heard");
      return false;
    }
    int expected = (seq + 1) & SEQ_MASK;
    if (payload.seq() >= 0 && payload.seq() != expected) {
      wantRebirth("message " + expected + " is missing, " + payload.seq() + " came");
      for (Source source : all()) {
        sink.reason(source.tag().tag(), "a message of the edge node is missing");
        source.stale(arrival.at(), arrival.atNs()).ifPresent(outcome.live()::add);
      }
    }
    seq = payload.seq() >= 0 ? payload.seq() : seq;
    return true;
  }

  private void data(
      String device, SparkplugPayload payload, Session.Arrival arrival, Outcome outcome) {
    for (Metric metric : payload.metrics()) {
      Known known =
          metric.name() != null ? new Known(device, metric.name()) : aliases.get(metric.alias());
      if (known == null
          || !known.device().equals(device)
          || !types.getOrDefault(device, Map.of()).containsKey(known.metric())) {
        wantRebirth(
            "no birth has told "
                + Objects.requireNonNullElse(metric.name(), "alias " + metric.alias()));
      } else {
        value(device, known.metric(), metric, payload, arrival, outcome);
      }
    }
  }

  private void value(
      String device,
      String metricName,
      Metric metric,
      SparkplugPayload payload,
      Session.Arrival arrival,
      Outcome outcome) {
    Source source = sources.getOrDefault(device, Map.of()).get(metricName);
    if (source == null) {
      return;
    }
    Optional<DataType> type = typeOf(device, metricName);
    Sample sample =
        source.sample(metric, type, payload.timestampMs(), arrival.at(), arrival.atNs());
    if (sample.quality() == Quality.BAD_MALFORMED) {
      sink.reason(
          source.tag().tag(),
          type.isEmpty()
              ? "data type "
                  + types.getOrDefault(device, Map.of()).get(metricName)
                  + " cannot be a tag"
              : "not a value of the tag's kind: " + metric.value());
    } else if (sample.quality() == Quality.BAD_DEVICE) {
      sink.reason(
          source.tag().tag(),
          metric.isNull() || metric.value() == null
              ? "null"
              : "the edge node tells quality " + metric.quality());
    }
    (metric.historical() ? outcome.past() : outcome.live()).add(sample);
  }

  /** Samples for tags of a node that was never heard of. */
  List<Sample> silent(Instant now, long nowNs) {
    if (alive || dead) {
      return List.of();
    }
    List<Sample> samples = new ArrayList<>();
    for (Source source : all()) {
      if (source.last() == null) {
        sink.reason(source.tag().tag(), "the edge node does not tell its birth");
        source.bad(Quality.BAD_TIMEOUT, now, nowNs).ifPresent(samples::add);
      }
    }
    return samples;
  }
}
