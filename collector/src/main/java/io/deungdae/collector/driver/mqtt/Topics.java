package io.deungdae.collector.driver.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.driver.broker.Session;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes samples of messages. Used by the device's thread. */
final class Topics {

  private static final Logger log = LoggerFactory.getLogger(Topics.class);

  private final MqttSpec spec;
  private final SampleSink sink;
  private final Oddities oddities;
  private final Map<String, List<Source>> byTopic = new HashMap<>();
  private final List<Source> sources = new ArrayList<>();
  private final long staleAfterNs;

  /** A tag and what was last heard of it. */
  private static final class Source {
    private final MqttTag tag;
    private final @Nullable Place time;
    private @Nullable Sample last;
    private long heardNs;
    private long empty;
    private boolean told;

    Source(MqttTag tag, @Nullable Place time) {
      this.tag = tag;
      this.time = time;
    }

    void keep(Sample sample, long nowNs) {
      last = sample;
      heardNs = nowNs;
      empty = 0;
      told = false;
    }

    /** Why nothing is heard of it. */
    String silence() {
      return empty == 0
          ? "no message on " + tag.address().topic()
          : empty + " messages on " + tag.address().topic() + " have nothing at the tag's place";
    }

    boolean same(Sample sample) {
      return last != null
          && last.sourceTime().equals(sample.sourceTime())
          && last.quality() == sample.quality()
          && last.value().equals(sample.value());
    }
  }

  Topics(MqttSpec spec, SampleSink sink, Oddities oddities) {
    this.spec = spec;
    this.sink = sink;
    this.oddities = oddities;
    this.staleAfterNs = spec.settings().staleAfter().toNanos();
    for (MqttTag tag : spec.tags()) {
      Source source = new Source(tag, time(tag.address()));
      sources.add(source);
      byTopic.computeIfAbsent(tag.address().topic(), topic -> new ArrayList<>()).add(source);
    }
  }

  /** Where a tag's time is: a path goes with a path, a column with a column. */
  private @Nullable Place time(TopicAddress address) {
    if (address.time() != null) {
      return address.time();
    }
    Place usual = spec.settings().time();
    boolean fits = usual instanceof Column == address.value() instanceof Column;
    return fits ? usual : null;
  }

  /** What to subscribe to, so that each topic comes once. */
  List<String> filters() {
    Set<String> filters = new LinkedHashSet<>();
    List<String> wide = new ArrayList<>();
    for (TopicPattern pattern : spec.settings().topics()) {
      wide.add(pattern.filter());
      filters.add(pattern.filter());
    }
    for (Source source : sources) {
      String topic = source.tag.address().topic();
      if (wide.stream().noneMatch(filter -> TopicFilter.matches(filter, topic))) {
        filters.add(topic);
      }
    }
    return List.copyOf(filters);
  }

  /** A connection is being made: silence counts from now. */
  void opened(long nowNs) {
    for (Source source : sources) {
      source.last = null;
      source.heardNs = nowNs;
      source.empty = 0;
      source.told = false;
    }
  }

  /** Bad samples for the tags whose filters the broker refuses. */
  List<Sample> refused(List<String> filters, Instant now, long nowNs) {
    List<Sample> samples = new ArrayList<>();
    for (String filter : filters) {
      log.warn(
          "device={} topic={} refused; check the user's rights at the broker",
          spec.device(),
          filter);
      for (Source source : sources) {
        if (TopicFilter.matches(filter, source.tag.address().topic())) {
          sink.reason(source.tag.tag(), "the broker refuses a subscription to " + filter);
          Sample bad = Sample.bad(source.tag.tag(), Quality.BAD_REJECTED, now, nowNs);
          source.keep(bad, nowNs);
          source.told = true;
          samples.add(bad);
        }
      }
    }
    return samples;
  }

  // ---- messages

  /**
   * Makes samples of a message: none for tags whose place it does not have, and none for what was
   * told before.
   *
   * @return false when the topic is nobody's
   */
  boolean read(Session.Arrival arrival, Consumer<Sample> out) {
    List<Source> here = byTopic.get(arrival.topic());
    if (here == null) {
      oddities.stranger(arrival.topic());
      return isWanted(arrival.topic());
    }
    new Reading(arrival, out).read(here);
    return true;
  }

  private boolean isWanted(String topic) {
    return spec.settings().topics().stream()
        .anyMatch(pattern -> TopicFilter.matches(pattern.filter(), topic));
  }

  /** One message on its way to samples. */
  private final class Reading {

    private final Session.Arrival arrival;
    private final Consumer<Sample> out;
    private final Payload payload;
    private @Nullable Place timePlace;
    private List<JsonNode> times = List.of();
    private boolean payloadBad;

    Reading(Session.Arrival arrival, Consumer<Sample> out) {
      this.arrival = arrival;
      this.out = out;
      MqttSettings settings = spec.settings();
      this.payload = new Payload(arrival.message().payload(), settings.charset(), settings.csv());
    }

    void read(List<Source> here) {
      if (arrival.message().isCut()) {
        String why =
            arrival.message().size() + " bytes are more than maxMessageKb allows, and were left";
        here.forEach(source -> malformed(source, why));
        return;
      }
      for (Source source : here) {
        try {
          values(source, payload.find(source.tag.address().value()));
        } catch (Payload.Malformed e) {
          malformed(source, String.valueOf(e.getMessage()));
        }
      }
    }

    private void values(Source source, List<JsonNode> values) throws Payload.Malformed {
      if (values.isEmpty()) {
        source.empty++;
        return;
      }
      List<JsonNode> told = times(source);
      boolean paired = told.size() == values.size();
      boolean shared = told.size() == 1;
      for (int i = 0; i < values.size(); i++) {
        JsonNode time = paired ? told.get(i) : shared ? told.get(0) : null;
        boolean timed = !told.isEmpty() && (time == null || !time.isNull());
        Optional<Instant> at =
            time == null || time.isNull()
                ? Optional.empty()
                : spec.settings().timeFormat().read(time, spec.settings().timeZone());
        Instant from = source.tag.conversion().time().choose(at.orElse(null), null, arrival.at());
        sample(source, values.get(i), best(timed, at), from);
      }
    }

    private List<JsonNode> times(Source source) throws Payload.Malformed {
      Place place = source.time;
      if (place == null || (source.tag.address().value().isWhole() && !payload.isJson())) {
        return List.of();
      }
      if (place != timePlace) {
        times = payload.find(place);
        timePlace = place;
      }
      return times;
    }

    /** A value whose age nobody knows, or that is known to be old, is not passed off as fresh. */
    private Quality best(boolean timed, Optional<Instant> told) {
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

    private void sample(Source source, JsonNode node, Quality best, Instant sourceTime) {
      Quality told = node.isNull() ? Quality.BAD_DEVICE : best;
      Sample sample =
          source.tag.conversion().sample(raw(node), told, sourceTime, arrival.at(), arrival.atNs());
      if (sample.quality() == Quality.BAD_MALFORMED) {
        tell(source, "not a value of " + source.tag.tag() + ": " + brief(node));
      }
      boolean again = source.same(sample);
      source.keep(sample, arrival.atNs());
      if (!again) {
        out.accept(sample);
      }
    }

    private void malformed(Source source, String why) {
      if (payloadBad) {
        sink.reason(source.tag.tag(), why);
      } else {
        payloadBad = true;
        tell(source, why);
      }
      Sample bad =
          Sample.bad(source.tag.tag(), Quality.BAD_MALFORMED, arrival.at(), arrival.atNs());
      source.keep(bad, arrival.atNs());
      out.accept(bad);
    }

    private void tell(Source source, String why) {
      oddities.malformed(arrival.topic(), arrival.message().payload(), why, arrival.at());
      sink.reason(source.tag.tag(), why);
    }
  }

  private static String brief(JsonNode node) {
    if (node.isContainerNode()) {
      return node.isArray() ? "an array" : "an object";
    }
    String text = node.toString();
    return text.length() > 40 ? text.substring(0, 40) + "..." : text;
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
    for (Source source : sources) {
      if (!source.told && nowNs - source.heardNs >= staleAfterNs) {
        source.told = true;
        stale(source, now, nowNs)
            .ifPresent(
                sample -> {
                  sink.reason(source.tag.tag(), source.silence());
                  samples.add(sample);
                });
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
