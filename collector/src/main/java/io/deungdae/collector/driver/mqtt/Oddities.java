package io.deungdae.collector.driver.mqtt;

import io.deungdae.collector.driver.SampleSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came and could not be used: payloads that could not be read, and messages on topics for
 * which no tag is declared. All are counted, the last few are kept, and once a minute a line of the
 * log tells of them. Used by the device's thread; {@link #last} and {@link #unknown} by any.
 */
final class Oddities {

  private static final Logger log = LoggerFactory.getLogger(Oddities.class);
  private static final long LOG_PAUSE_NS = Duration.ofMinutes(1).toNanos();
  private static final int SHOWN_BYTES = 200;
  private static final int KEPT = 20;
  private static final int TOPICS = 200;

  /**
   * A payload that could not be read.
   *
   * @param at when it came
   * @param why what was wrong
   * @param payload its beginning, made fit to be shown
   */
  record Malformed(Instant at, String topic, String why, String payload) {}

  private final String device;
  private final SampleSink sink;
  private final Deque<Malformed> kept = new ArrayDeque<>();
  private final Map<String, Long> topics = new LinkedHashMap<>();
  private volatile List<Malformed> last = List.of();
  private volatile Map<String, Long> unknown = Map.of();
  private long malformed;
  private long strangers;
  private long toldMalformed;
  private long toldStrangers;
  private long nextLogNs;
  private boolean everTold;

  Oddities(String device, SampleSink sink) {
    this.device = device;
    this.sink = sink;
  }

  /** A payload could not be read, or not for one of its tags. */
  void malformed(String topic, byte[] payload, String why, Instant at) {
    malformed++;
    String shown = show(payload);
    sink.malformed("malformed payload on " + topic + ": " + why + "; it was: " + shown);
    kept.addLast(new Malformed(at, topic, why, shown));
    if (kept.size() > KEPT) {
      kept.removeFirst();
    }
  }

  /** A message on a topic for which no tag is declared. */
  void stranger(String topic) {
    strangers++;
    if (topics.size() < TOPICS || topics.containsKey(topic)) {
      topics.merge(topic, 1L, Long::sum);
    }
  }

  /** Publishes and logs what there is to tell, not more often than it should. */
  void tell(long nowNs) {
    boolean news = malformed > toldMalformed || strangers > toldStrangers;
    if (!news || (everTold && nextLogNs - nowNs > 0)) {
      return;
    }
    everTold = true;
    nextLogNs = nowNs + LOG_PAUSE_NS;
    unknown = Map.copyOf(topics);
    if (malformed > toldMalformed) {
      Malformed newest = kept.getLast();
      log.warn(
          "device={} topic={} malformed payload, {} since last told: {}; it was: {}",
          device,
          newest.topic(),
          malformed - toldMalformed,
          newest.why(),
          newest.payload());
    }
    if (strangers > toldStrangers) {
      log.warn(
          "device={} {} messages on topics that no tag has, e.g. {}; declare tags, or narrow"
              + " mqtt.topics",
          device,
          strangers - toldStrangers,
          new ArrayList<>(topics.keySet()).subList(0, Math.min(3, topics.size())));
    }
    toldMalformed = malformed;
    toldStrangers = strangers;
  }

  /** Makes the last ones visible to other threads. */
  void publish() {
    if (last.size() != kept.size() || (!kept.isEmpty() && !kept.getLast().equals(newest()))) {
      last = List.copyOf(kept);
    }
  }

  private Object newest() {
    return last.isEmpty() ? "" : last.get(last.size() - 1);
  }

  /** Payloads that could not be read, since the device was built. On the device's thread. */
  long malformed() {
    return malformed;
  }

  /** The last of them, oldest first. */
  List<Malformed> last() {
    return last;
  }

  /** Topics without a tag, with the number of their messages, as last told. */
  Map<String, Long> unknown() {
    return unknown;
  }

  /** A payload's beginning as text without control characters. */
  static String show(byte[] payload) {
    int length = Math.min(payload.length, SHOWN_BYTES);
    return new String(payload, 0, length, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?")
        + (payload.length > length ? "..." : "");
  }
}
