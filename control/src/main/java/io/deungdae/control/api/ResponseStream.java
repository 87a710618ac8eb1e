package io.deungdae.control.api;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A response's body as a stream. Writing waits until the other side has taken what went before, a
 * minute at most; so a slow reader slows the reading down and nothing piles up in memory. Used by
 * one worker thread.
 */
final class ResponseStream extends OutputStream {

  private static final int CHUNK = 1 << 17;
  private static final long PATIENCE_SECONDS = 60;

  private final HttpServerResponse response;
  private Buffer chunk = Buffer.buffer(CHUNK);
  private Future<Void> under = Future.succeededFuture();
  private boolean begun;

  ResponseStream(HttpServerResponse response) {
    this.response = response;
  }

  /** True when something has been sent, so that the status cannot be changed any more. */
  boolean hasBegun() {
    return begun;
  }

  @Override
  public void write(int oneByte) throws IOException {
    chunk.appendByte((byte) oneByte);
    sendIfFull();
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    chunk.appendBytes(bytes, from, count);
    sendIfFull();
  }

  private void sendIfFull() throws IOException {
    if (chunk.length() >= CHUNK) {
      send();
    }
  }

  private void send() throws IOException {
    await(under);
    begun = true;
    under = response.write(chunk);
    chunk = Buffer.buffer(CHUNK);
  }

  /** Sends the rest and ends the response. */
  void finish() throws IOException {
    await(under);
    begun = true;
    await(response.end(chunk));
  }

  private static void await(Future<Void> sent) throws IOException {
    try {
      sent.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the other side went away: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException("the other side took nothing for " + PATIENCE_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while sending", e);
    }
  }
}
