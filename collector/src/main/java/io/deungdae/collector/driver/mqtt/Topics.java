package io.deungdae.collector.driver.mqtt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes samples of messages. Each payload is read once, however many tags are in it. Used by the
 * device's thread.
 */
final class Topics {

  private static final Logger log = LoggerFactory.getLogger(Topics.class);
  private static final long LOG_PAUSE_NS = Duration.ofMinutes(1).toNanos();
  private static final int LOGGED_BYTES = 200;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final MqttSpec spec;
  private final Map<String, List<Source>> byTopic = new LinkedHashMap<>();
  private final @Nullable JsonPath time;
  private final TimeFormat timeFormat;
  private final long staleAfterNs;
  private long malformed;
  private long loggedMalformed;
  private long logAgainNs;

  /** A tag and what was last heard of it. */
  private static final class Source {
    private final MqttTag tag;
    private @Nullable Sample last;
    private long heardNs;
    private boolean told;

    Source(MqttTag tag) {
      this.tag = tag;
    }

    void keep(Sample sample, long nowNs) {
      last = sample;
      heardNs = nowNs;
      told = false;
    }

    boolean same(Sample sample) {
      return last != null
          && last.sourceTime().equals(sample.sourceTime())
          && last.quality() == sample.quality()
          && last.value().equals(sample.value());
    }
  }

  Topics(MqttSpec spec) {
    this.spec = spec;
    this.time = spec.settings().time();
    this.timeFormat = spec.settings().timeFormat();
    this.staleAfterNs = spec.settings().staleAfter().toNanos();
    for (MqttTag tag : spec.tags()) {
      byTopic
          .computeIfAbsent(tag.address().topic(), topic -> new ArrayList<>())
          .add(new Source(tag));
    }
  }

  /** The topics, each once. */
  List<String> names() {
    return List.copyOf(byTopic.keySet());
  }

  /** Payloads that could not be read, since it was built. */
  long malformed() {
    return malformed;
  }

  /** A connection is being made: silence counts from now. */
  void opened(long nowNs) {
    byTopic
        .values()
        .forEach(
            sources ->
                sources.forEach(
                    source -> {
                      source.last = null;
                      source.heardNs = nowNs;
                      source.told = false;
                    }));
  }

  /** Bad samples for the tags of topics that the broker refuses. */
  List<Sample> refused(List<String> topics, Instant now, long nowNs) {
    List<Sample> samples = new ArrayList<>();
    for (String topic : topics) {
      log.warn(
          "device={} topic={} refused; check the user's rights at the broker",
          spec.device(),
          topic);
      for (Source source : byTopic.getOrDefault(topic, List.of())) {
        Sample bad = Sample.bad(source.tag.tag(), Quality.BAD_REJECTED, now, nowNs);
        source.keep(bad, nowNs);
        source.told = true;
        samples.add(bad);
      }
    }
    return samples;
  }

  // ---- messages

  /**
   * Makes samples of a message: none for tags whose path it does not have, and none for what was
   * told before.
   *
   * @return false when the topic is nobody's
   */
  boolean read(Session.Arrival arrival, Consumer<Sample> out) {
    List<Source> sources = byTopic.get(arrival.topic());
    if (sources == null) {
      return false;
    }
    JsonNode document = parse(arrival, sources);
    if (document == null) {
      malformed(arrival, sources, out);
      return true;
    }
    JsonNode timeNode = time == null ? MissingNode.getInstance() : time.in(document);
    boolean timed = !timeNode.isMissingNode() && !timeNode.isNull();
    Optional<Instant> told = timed ? timeFormat.read(timeNode) : Optional.empty();
    Quality best = best(arrival, timed, told);
    for (Source source : sources) {
      JsonNode node = source.tag.address().path().in(document);
      if (!node.isMissingNode()) {
        Instant time = source.tag.conversion().time().choose(told.orElse(null), null, arrival.at());
        sample(source, node, best, time, arrival, out);
      }
    }
    return true;
  }

  /** A value whose age nobody knows, or that is known to be old, is not passed off as fresh. */
  private Quality best(Session.Arrival arrival, boolean timed, Optional<Instant> told) {
    if (timed && told.isEmpty()) {
      return Quality.UNCERTAIN_TIME;
    }
    if (!arrival.message().retained()) {
      return Quality.GOOD;
    }
    boolean recent =
        told.isPresent()
            && staleAfterNs > 0
            && Duration.between(told.get(), arrival.at()).toNanos() < staleAfterNs;
    return recent ? Quality.GOOD : Quality.UNCERTAIN_STALE;
  }

  private static void sample(
      Source source,
      JsonNode node,
      Quality best,
      Instant sourceTime,
      Session.Arrival arrival,
      Consumer<Sample> out) {
    Quality told = node.isNull() ? Quality.BAD_DEVICE : best;
    Sample sample =
        source.tag.conversion().sample(raw(node), told, sourceTime, arrival.at(), arrival.atNs());
    boolean again = source.same(sample);
    source.keep(sample, arrival.atNs());
    if (!again) {
      out.accept(sample);
    }
  }

  private static @Nullable Object raw(JsonNode node) {
    if (node.isNumber()) {
      return node.numberValue();
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    return node.isTextual() ? node.textValue() : null;
  }

  /** The document; a plain text where the payload itself is the value; null when it is neither. */
  private static @Nullable JsonNode parse(Session.Arrival arrival, List<Source> sources) {
    byte[] payload = arrival.message().payload();
    try {
      JsonNode document = JSON.readTree(payload);
      if (!document.isMissingNode()) {
        return document;
      }
    } catch (JsonProcessingException e) {
      // perhaps a plain text, see below
    } catch (IOException e) {
      throw new AssertionError("reading from memory", e);
    }
    boolean plain = sources.stream().allMatch(source -> source.tag.address().path().isWhole());
    return plain && payload.length > 0
        ? JSON.getNodeFactory().textNode(new String(payload, StandardCharsets.UTF_8))
        : null;
  }

  private void malformed(Session.Arrival arrival, List<Source> sources, Consumer<Sample> out) {
    malformed++;
    for (Source source : sources) {
      Sample bad =
          Sample.bad(source.tag.tag(), Quality.BAD_MALFORMED, arrival.at(), arrival.atNs());
      source.keep(bad, arrival.atNs());
      out.accept(bad);
    }
    if (loggedMalformed == 0 || logAgainNs - arrival.atNs() <= 0) {
      log.warn(
          "device={} topic={} malformed payload, {} since last told: {}",
          spec.device(),
          arrival.topic(),
          malformed - loggedMalformed,
          show(arrival.message().payload()));
      loggedMalformed = malformed;
      logAgainNs = arrival.atNs() + LOG_PAUSE_NS;
    }
  }

  private static String show(byte[] payload) {
    int length = Math.min(payload.length, LOGGED_BYTES);
    return new String(payload, 0, length, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?")
        + (payload.length > length ? "..." : "");
  }

  // ---- silence

  /**
   * Samples for tags that have been silent for too long, once for each silence: the last value
   * again as stale, with the age it has; bad where none was ever heard.
   */
  List<Sample> stale(Instant now, long nowNs) {
    if (staleAfterNs == 0) {
      return List.of();
    }
    List<Sample> samples = new ArrayList<>();
    for (List<Source> sources : byTopic.values()) {
      for (Source source : sources) {
        if (!source.told && nowNs - source.heardNs >= staleAfterNs) {
          source.told = true;
          stale(source, now, nowNs).ifPresent(samples::add);
        }
      }
    }
    return samples;
  }

  private Optional<Sample> stale(Source source, Instant now, long nowNs) {
    Sample last = source.last;
    if (last == null) {
      return Optional.of(Sample.bad(source.tag.tag(), Quality.BAD_TIMEOUT, now, nowNs));
    }
    if (last.quality().isBad() || last.value() == Value.missing()) {
      return Optional.empty();
    }
    return Optional.of(
        new Sample(
            last.tag(),
            last.value(),
            Quality.UNCERTAIN_STALE,
            last.sourceTime().plusNanos(staleAfterNs),
            now,
            last.arrivalNs()));
  }
}
