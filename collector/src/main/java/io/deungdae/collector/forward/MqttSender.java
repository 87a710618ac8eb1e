package io.deungdae.collector.forward;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import io.deungdae.collector.driver.broker.Announcement;
import io.deungdae.collector.driver.broker.Session;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes rows as JSON over MQTT. A row counts as taken when the broker has confirmed its
 * message. It may come again after a failure, with the same {@code seq}.
 */
public final class MqttSender implements Sender {

  private static final int MOST_TOPICS = 100_000;

  private final MqttSenderSettings settings;
  private final TopicTemplate template;
  private final Supplier<TagTable> tags;
  private final Clock clock;
  private final AtomicReference<@Nullable Session> session = new AtomicReference<>();
  private volatile boolean closed;
  private final AtomicLong bytes = new AtomicLong();
  private final Map<String, String> topics = new LinkedHashMap<>();
  private TagTable known;

  /**
   * A sender; connects when there is something to send.
   *
   * @param site name of the site
   * @param tags the tags there are when asked
   */
  public MqttSender(
      MqttSenderSettings settings, String site, Supplier<TagTable> tags, Clock clock) {
    this.settings = settings;
    this.template = new TopicTemplate(settings.topic(), site);
    this.tags = tags;
    this.known = tags.get();
    this.clock = clock;
  }

  /** Rows that go out as one message. */
  private record Letter(List<Integer> places, Announcement message) {}

  /** A message that is being filled. */
  private static final class Draft {
    private final List<Integer> places = new ArrayList<>();
    private final Bytes text = new Bytes(0);
  }

  @Override
  public void send(List<Outgoing> batch) throws SendException {
    List<Letter> letters = letters(batch);
    List<Announcement> messages = letters.stream().map(Letter::message).toList();
    List<Integer> refused;
    try {
      refused = link().broker().publishAll(messages);
    } catch (DeviceException e) {
      drop();
      throw new SendException(SendException.Kind.UNREACHABLE, String.valueOf(e.getMessage()));
    }
    messages.forEach(message -> bytes.addAndGet(message.payload().length));
    if (!refused.isEmpty()) {
      Map<Integer, String> reasons = new LinkedHashMap<>();
      for (int letter : refused) {
        String reason = "the broker refuses it; topic " + messages.get(letter).topic();
        letters.get(letter).places.forEach(place -> reasons.put(place, reason));
      }
      throw SendException.refused(reasons);
    }
  }

  private Session link() throws DeviceException {
    Session link = session.get();
    if (link == null) {
      link = new Session(settings.forwarder().name(), settings.link(), true, clock, () -> {});
      session.set(link);
      checkOpen();
      link.broker().connect();
    }
    link.check();
    return link;
  }

  /** After a new link is known, so that none outlives the closing, whichever comes first. */
  private void checkOpen() throws DeviceException {
    if (closed) {
      drop();
      throw new DeviceException(Kind.CONNECT, settings.forwarder().name(), "it was stopped");
    }
  }

  // ---- messages

  private List<Letter> letters(List<Outgoing> batch) {
    List<Letter> letters = new ArrayList<>();
    Map<String, Draft> drafts = new LinkedHashMap<>();
    for (int i = 0; i < batch.size(); i++) {
      Outgoing row = batch.get(i);
      @Nullable Tag tag = tags.get().find(row.row().tag()).orElse(null);
      String topic = topic(row.row().tag(), tag);
      if (settings.payload() == MqttPayload.SAMPLE) {
        Bytes text = new Bytes(row.bytes());
        RowJson.write(text, row, tag);
        letters.add(letter(topic, List.of(i), text.toArray(), row.lane()));
      } else {
        Draft draft = drafts.computeIfAbsent(topic, t -> new Draft());
        draft.text.put(draft.places.isEmpty() ? '[' : ',');
        RowJson.write(draft.text, row, tag);
        draft.places.add(i);
        if (draft.text.size() >= settings.messageBytes()) {
          letters.add(finished(topic, draft, row.lane()));
          drafts.remove(topic);
        }
      }
    }
    Lane lane = batch.get(0).lane();
    drafts.forEach((topic, draft) -> letters.add(finished(topic, draft, lane)));
    return letters;
  }

  private Letter finished(String topic, Draft draft, Lane lane) {
    return letter(topic, draft.places, draft.text.put(']').toArray(), lane);
  }

  private Letter letter(String topic, List<Integer> places, byte[] payload, Lane lane) {
    boolean retained = settings.retained() && lane == Lane.LIVE;
    return new Letter(places, new Announcement(topic, payload, settings.qos(), retained));
  }

  private String topic(String name, @Nullable Tag tag) {
    if (known != tags.get() || topics.size() > MOST_TOPICS) {
      known = tags.get();
      topics.clear();
    }
    return topics.computeIfAbsent(name, n -> template.mqtt(n, tag));
  }

  @Override
  public long bytes() {
    return bytes.get();
  }

  private void drop() {
    Session link = session.getAndSet(null);
    if (link != null) {
      link.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    drop();
  }

  @Override
  public String toString() {
    return "mqtt " + settings.link().url() + " " + settings.topic();
  }
}
