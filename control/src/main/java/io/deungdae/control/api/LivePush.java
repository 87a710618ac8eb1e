package io.deungdae.control.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes the state of the gateway to browsers, at a fixed pace, over a WebSocket each. A browser
 * may send {@code {"subscribe":["tag", …]}} to get the latest samples of tags besides. A browser
 * that cannot keep up misses pushes; nothing queues.
 */
final class LivePush {

  private static final Logger log = LoggerFactory.getLogger(LivePush.class);
  private static final int MOST_TAGS = 500;

  private final Vertx vertx;
  private final Gateway gateway;
  private final ObjectMapper json;
  private final long everyMs;

  LivePush(Vertx vertx, Gateway gateway, ObjectMapper json, Duration every) {
    this.vertx = vertx;
    this.gateway = gateway;
    this.json = json;
    this.everyMs = every.toMillis();
  }

  /** Opens the WebSocket. Who asks has been found out before. */
  void open(RoutingContext ctx) {
    if (!sameOrigin(ctx)) {
      ctx.request().resume();
      ctx.response()
          .setStatusCode(403)
          .end()
          .onFailure(error -> log.debug("the browser went away"));
      return;
    }
    Future<ServerWebSocket> opened = ctx.request().toWebSocket();
    opened.onComplete(this::serve, error -> log.debug("no WebSocket error={}", error.toString()));
  }

  /**
   * A page of another site must not listen in with the user's cookie: WebSockets know no
   * same-origin rule of their own.
   */
  private static boolean sameOrigin(RoutingContext ctx) {
    String origin = ctx.request().getHeader("Origin");
    if (origin == null) {
      return true;
    }
    String host = ctx.request().getHeader("Host");
    try {
      URI uri = URI.create(origin);
      return uri.getAuthority() != null && uri.getAuthority().equals(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** What a browser wants besides; written and read on the event loop. */
  private static final class Subscription {
    List<String> tags = List.of();
  }

  private void serve(ServerWebSocket socket) {
    Subscription subscription = new Subscription();
    socket.textMessageHandler(message -> subscription.tags = tagsIn(message));
    push(socket, subscription.tags);
    long timer = vertx.setPeriodic(everyMs, id -> push(socket, subscription.tags));
    socket.closeHandler(closed -> vertx.cancelTimer(timer));
  }

  private List<String> tagsIn(String message) {
    List<String> tags = new ArrayList<>();
    try {
      for (JsonNode tag : json.readTree(message).path("subscribe")) {
        if (tags.size() < MOST_TAGS) {
          tags.add(tag.asText());
        }
      }
    } catch (JsonProcessingException e) {
      log.debug("a browser sent something that is not JSON");
    }
    return tags;
  }

  private void push(ServerWebSocket socket, List<String> tags) {
    if (socket.isClosed() || socket.writeQueueFull()) {
      return;
    }
    Future<String> message =
        vertx.executeBlocking(() -> json.writeValueAsString(live(tags)), false);
    message
        .compose(
            text -> socket.isClosed() ? Future.succeededFuture() : socket.writeTextMessage(text))
        .onFailure(error -> log.debug("push failed error={}", error.toString()));
  }

  private Wire.Live live(List<String> tags) {
    return new Wire.Live(
        "live",
        gateway.site().nowMs(),
        gateway.units(),
        gateway.devices(),
        gateway.storage(),
        gateway.alarms(),
        gateway.latest(tags));
  }
}
