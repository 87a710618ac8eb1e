package io.deungdae.collector.driver.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.deungdae.collector.driver.Inbox;
import io.deungdae.collector.signal.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.SubscriptionAcknowledgement;
import org.jspecify.annotations.Nullable;

/**
 * The publish requests that wait at the server for something to tell.
 *
 * <p>A new one is sent only when the device's thread has dealt with an answer, and a message is
 * acknowledged only then; so when we are slow the server's queues fill, never memory here. Used by
 * the device's thread; library threads only add to the inbox.
 */
final class Publishing {

  /** Waiting at the server at once. */
  static final int MOST = 8;

  /** More than one for each subscription, because a round of changes may come in several. */
  private static final int SPARE = 3;

  /**
   * What a publish request came to.
   *
   * @param response the message; null when there is none
   * @param at when it arrived
   * @param atNs the same, monotonic
   */
  record Arrival(@Nullable PublishResponse response, Instant at, long atNs) {}

  private final Link link;
  private final Clock clock;
  private final Inbox<Arrival> inbox;
  private int most = MOST;
  private int waiting;

  Publishing(Link link, Clock clock, Runnable wake) {
    this.link = link;
    this.clock = clock;
    this.inbox = new Inbox<>(MOST + 1, wake);
  }

  /** Sends as many requests as are missing; the first carries all acknowledgements. */
  void top(Collection<Subscription> subscriptions) {
    int wanted = subscriptions.isEmpty() ? 0 : Math.min(most, subscriptions.size() + SPARE);
    while (waiting < wanted) {
      List<SubscriptionAcknowledgement> done = new ArrayList<>();
      subscriptions.forEach(subscription -> subscription.acknowledge(done));
      waiting++;
      send(done);
    }
  }

  private void send(List<SubscriptionAcknowledgement> done) {
    var unused =
        link.client()
            .sendRequestAsync(
                new PublishRequest(
                    link.client().newRequestHeader(link.token(), uint(0)), // no time-out
                    done.toArray(new SubscriptionAcknowledgement[0])))
            .whenComplete(this::arrived);
  }

  private void arrived(@Nullable UaResponseMessageType response, @Nullable Throwable failure) {
    if (response instanceof PublishResponse publish) {
      inbox.add(new Arrival(publish, clock.now(), clock.nanoTime()));
    } else if (failure != null && tooMany(failure)) {
      inbox.add(new Arrival(null, clock.now(), clock.nanoTime()));
    } else {
      Throwable why = failure == null ? new UaException(StatusCodes.Bad_UnknownResponse) : failure;
      link.lose(Failures.of(link.spec(), "publishing", why));
    }
  }

  private static boolean tooMany(Throwable failure) {
    return UaException.extractStatusCode(failure)
        .filter(status -> status.value() == StatusCodes.Bad_TooManyPublishRequests)
        .isPresent();
  }

  /** Takes the next message, or null when there is none. */
  @Nullable Arrival poll() {
    Arrival arrival = inbox.poll();
    if (arrival != null) {
      waiting--;
      if (arrival.response() == null) {
        most = Math.max(1, waiting); // the server wants fewer
      }
    }
    return arrival;
  }

  /** True when no message waits. */
  boolean isEmpty() {
    return inbox.isEmpty();
  }
}
