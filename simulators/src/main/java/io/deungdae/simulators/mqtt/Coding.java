package io.deungdae.simulators.mqtt;

import java.util.List;
import java.util.Optional;

/** How plants are told in messages. One thread at a time but for {@link #take}. */
interface Coding {

  /** What the broker is to say when the connection breaks; asked for before each connecting. */
  Optional<Message> will();

  /** What is said first on a new connection, or when a reader asks for it. */
  List<Message> births(long epochMs);

  /** What is said at each turn. */
  List<Message> data(long epochMs);

  /** Topics on which orders come. */
  List<String> subscriptions();

  /**
   * Takes an order; what makes no sense is left. Any thread.
   *
   * @return true when births are wanted anew
   */
  boolean take(String topic, byte[] payload);
}
