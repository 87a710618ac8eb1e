package io.deungdae.collector.driver.broker;

import io.deungdae.collector.driver.DeviceException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages that were taken and wait for the disk, in the order in which they came. Used by the
 * device's thread.
 *
 * <p>When the link breaks, the broker gives over a new one what was not acknowledged, under the
 * same numbers. What was taken then is not taken twice.
 */
public final class Unacknowledged {

  private final Deque<Entry> waiting = new ArrayDeque<>();
  private final Map<Integer, Entry> fromBefore = new HashMap<>();

  /** Nothing waits. */
  public Unacknowledged() {}

  private record Entry(Broker.Message message, String topic, int content, long ticket) {

    boolean is(Session.Arrival arrival) {
      return topic.equals(arrival.topic())
          && content == Arrays.hashCode(arrival.message().payload());
    }
  }

  /** A message whose samples have the ticket, unless it wants no acknowledgement. */
  public void add(Session.Arrival arrival, long ticket) {
    Broker.Message message = arrival.message();
    if (message.id() == 0) {
      return;
    }
    Entry earlier = fromBefore.remove(message.id());
    boolean known = earlier != null && message.again() && earlier.is(arrival);
    waiting.add(
        known && earlier != null
            ? earlier
            : new Entry(
                message.receipt(), arrival.topic(), Arrays.hashCode(message.payload()), ticket));
  }

  /** The broker has forgotten us, so it gives nothing again; numbers begin anew. */
  public void forget() {
    fromBefore.clear();
  }

  /** True for a message given again that was taken over an earlier link of ours. */
  public boolean takeUp(Session.Arrival arrival) {
    Entry earlier = fromBefore.get(arrival.message().id());
    return earlier != null && earlier.is(arrival);
  }

  /** How many there are. */
  public int size() {
    return waiting.size();
  }

  /** True when there is none. */
  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** The ticket of the newest; the lowest there is when there is none. */
  public long lastTicket() {
    Entry last = waiting.peekLast();
    return last == null ? Long.MIN_VALUE : last.ticket();
  }

  /** Acknowledges what is on disk up to a ticket. */
  public void acknowledge(long committed, Broker broker) throws DeviceException {
    List<Broker.Message> safe = new ArrayList<>();
    for (Entry first = waiting.peek();
        first != null && first.ticket() <= committed;
        first = waiting.peek()) {
      safe.add(first.message());
      waiting.remove();
    }
    if (!safe.isEmpty()) {
      broker.acknowledge(safe);
    }
  }

  /** The link is gone; what waited may come again. */
  public void linkLost() {
    for (Entry entry : waiting) {
      fromBefore.put(entry.message().id(), entry);
    }
    waiting.clear();
  }
}
