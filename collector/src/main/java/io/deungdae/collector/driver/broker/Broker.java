package io.deungdae.collector.driver.broker;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a broker, in one of the two versions of the protocol. It is never mended: once
 * lost, a new one is made. Used by one thread.
 *
 * <p>Nothing is acknowledged but by {@link #acknowledge}: not a message with QoS 1, and not one
 * with QoS 2 either, for which the library would hand out the receipt at once.
 */
public final class Broker {

  private static final Logger log = LoggerFactory.getLogger(Broker.class);
  private static final int FILTERS_PER_REQUEST = 100;

  /** Where a connection tells what happens to it. Called by library threads; must not block. */
  public interface Listener {

    /** A message has come. */
    void arrived(String topic, Message message);

    /** The connection is gone. */
    void lost(String why);

    /** True while no more should be read from the connection; then the broker has to wait. */
    default boolean isFull() {
      return false;
    }
  }

  /**
   * A message.
   *
   * @param payload its payload; not to be changed
   * @param id its number, for the acknowledgement; 0 when none is wanted
   * @param qos 0 to 2
   * @param retained true when the broker had kept it from before we subscribed
   * @param again true when the broker gave it before, or may have, and is not sure that we have it
   * @param size bytes that its payload has at the broker
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  public record Message(
      byte[] payload, int id, int qos, boolean retained, boolean again, long size) {

    /** A message with all of its payload. */
    public Message(byte[] payload, int id, int qos, boolean retained, boolean again) {
      this(payload, id, qos, retained, again, payload.length);
    }

    /** A message as the library hands it over. */
    static Message of(byte[] payload, int id, int qos, boolean retained, boolean again) {
      return CutMessage.isMarked(payload)
          ? new Message(
              CutMessage.beginning(payload), id, qos, retained, again, CutMessage.size(payload))
          : new Message(payload, id, qos, retained, again);
    }

    /** True when it is longer than it may be, and only the beginning of its payload is here. */
    public boolean isCut() {
      return size > payload.length;
    }

    /** What is needed to acknowledge it. */
    Message receipt() {
      return new Message(new byte[0], id, qos, retained, again, size);
    }
  }

  private final String device;
  private final BrokerSettings settings;
  private final Listener listener;
  private final Library library;
  private @Nullable BrokerSockets sockets;

  /**
   * A connection to be made.
   *
   * @param device who wants it, for messages
   */
  public Broker(String device, BrokerSettings settings, Listener listener) {
    this.device = device;
    this.settings = settings;
    this.listener = listener;
    this.library =
        settings.version() == 5
            ? new Paho5(device, settings, listener)
            : new Paho3(device, settings, listener);
  }

  /**
   * Connects. Once.
   *
   * @return true when the broker still has the session of an earlier connection, and with it what
   *     it has kept for us
   */
  public boolean connect() throws DeviceException {
    try {
      BrokerSockets made = BrokerSockets.of(settings, listener::isFull);
      sockets = made;
      return library.connect(made);
    } catch (IOException | GeneralSecurityException e) {
      throw new DeviceException(
          Kind.REJECTED, device, "password or certificates cannot be read: " + e, e);
    }
  }

  /**
   * Subscribes.
   *
   * @return the filters that the broker refuses
   */
  public List<String> subscribe(List<String> filters, int qos) throws DeviceException {
    return subscribe(filters, qos, Meanwhile.NOTHING);
  }

  /**
   * Subscribes where the broker may have kept messages, which come before its answer.
   *
   * @param meanwhile takes them
   * @return the filters that the broker refuses
   */
  public List<String> subscribe(List<String> filters, int qos, Meanwhile meanwhile)
      throws DeviceException {
    List<String> refused = new ArrayList<>();
    for (int from = 0; from < filters.size(); from += FILTERS_PER_REQUEST) {
      List<String> part =
          filters.subList(from, Math.min(filters.size(), from + FILTERS_PER_REQUEST));
      int[] granted = library.subscribe(part, qos, meanwhile);
      for (int i = 0; i < part.size(); i++) {
        if (i >= granted.length || granted[i] > 2) { // MQTT 3.1.1 §3.9.3, MQTT 5 §3.9.3
          refused.add(part.get(i));
        } else if (granted[i] < qos) {
          less(part.get(i), granted[i], qos);
        }
      }
    }
    return refused;
  }

  private void less(String filter, int granted, int wanted) {
    log.warn(
        "device={} topic={} the broker grants qos {} where {} was asked for: messages can be lost",
        device,
        filter,
        granted,
        wanted);
  }

  /** Tells the broker that a topic is no longer of interest. Does not wait. */
  public void forget(String filter) {
    try {
      library.unsubscribe(filter);
    } catch (DeviceException e) {
      log.debug("device={} unsubscribing failed", device, e);
    }
  }

  /** Publishes, and with QoS 1 or 2 waits until the broker has it. */
  public void publish(Announcement message) throws DeviceException {
    library.publish(message);
  }

  /**
   * Publishes messages of QoS 1 or 2 one after the other, several under way at the same time, and
   * waits until the broker has all of them.
   *
   * @return the places in the list of those that the broker refuses for good; MQTT 5 only
   */
  public List<Integer> publishAll(List<Announcement> messages) throws DeviceException {
    return library.publishAll(messages);
  }

  /** Acknowledges messages, in this order: from here on they are ours. */
  public void acknowledge(List<Message> messages) throws DeviceException {
    if (sockets == null) {
      throw new DeviceException(Kind.CONNECT, device, "not connected");
    }
    try {
      sockets.acknowledge(messages);
    } catch (IOException e) {
      throw new DeviceException(Kind.CONNECT, device, "acknowledging: " + e.getMessage(), e);
    }
  }

  /** Ends the connection, politely if it is there. Never throws; waits a second at most. */
  public void close() {
    library.close();
  }
}
