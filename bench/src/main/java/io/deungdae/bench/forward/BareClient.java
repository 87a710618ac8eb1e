package io.deungdae.bench.forward;

import com.sun.net.httpserver.HttpServer;
import io.deungdae.collector.forward.Outgoing;
import io.deungdae.collector.forward.Sender;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a server takes at most: requests that lie ready in memory, over bare sockets. They are those
 * that our sender makes, byte for byte, but there is no history and no client behind them.
 */
final class BareClient {

  private BareClient() {}

  /** The bodies that a sender makes of batches. */
  static List<byte[]> bodies(List<List<Outgoing>> batches, Function<String, Sender> sender)
      throws Exception {
    List<byte[]> bodies = Collections.synchronizedList(new ArrayList<>());
    HttpServer recorder =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    recorder.createContext(
        "/",
        exchange -> {
          bodies.add(exchange.getRequestBody().readAllBytes());
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    recorder.start();
    String url = "http://127.0.0.1:" + recorder.getAddress().getPort();
    try (Sender recorded = sender.apply(url)) {
      for (List<Outgoing> batch : batches) {
        recorded.send(batch);
      }
    } finally {
      recorder.stop(0);
    }
    return bodies;
  }

  /** Sends all, so many at the same time; gives the seconds it took. */
  static double send(String url, String database, List<byte[]> bodies, int parallel)
      throws Exception {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<@Nullable String> trouble = new AtomicReference<>();
    ExecutorService threads = Executors.newFixedThreadPool(parallel);
    long startNs = System.nanoTime();
    for (int t = 0; t < parallel; t++) {
      threads.execute(
          () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(url))) {
              socket.setTcpNoDelay(true);
              for (int i = next.getAndIncrement(); i < bodies.size(); i = next.getAndIncrement()) {
                send(socket, database, bodies.get(i));
              }
            } catch (IOException e) {
              trouble.set(e.toString());
            }
          });
    }
    threads.shutdown();
    if (!threads.awaitTermination(10, TimeUnit.MINUTES) || trouble.get() != null) {
      throw new IOException("bare client: " + trouble.get());
    }
    return (System.nanoTime() - startNs) / 1e9;
  }

  private static int port(String url) {
    return URI.create(url).getPort();
  }

  private static void send(Socket socket, String database, byte[] body) throws IOException {
    OutputStream out = socket.getOutputStream();
    String head =
        "POST /write?db=%s&precision=ns HTTP/1.1\r\nHost: bench\r\nContent-Length: %d\r\n\r\n"
            .formatted(database, body.length);
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
    InputStream in = socket.getInputStream();
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("cut off: " + answer);
      }
      answer.append((char) c);
    }
    if (!answer.toString().startsWith("HTTP/1.1 204")) {
      throw new IOException(answer.toString());
    }
  }
}
