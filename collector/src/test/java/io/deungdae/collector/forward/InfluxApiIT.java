package io.deungdae.collector.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.deungdae.collector.settings.Secret;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.StoredSample;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests to InfluxDB 2 and 3 as their documents have them, and what is made of the answers. No
 * such server: none could be had to test against.
 */
final class InfluxApiIT {

  private static final Instant AT = Instant.parse("2026-11-23T06:00:00.123456Z");

  private record Request(String line, String authorization, String encoding, String body) {}

  private record Answer(int status, Map<String, String> headers, String body) {}

  @TempDir Path folder;
  private final ConcurrentLinkedQueue<Request> requests = new ConcurrentLinkedQueue<>();
  private HttpServer server;
  private Answer answer = new Answer(204, Map.of(), "");

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
    Files.writeString(folder.resolve("token"), "s3cret\n");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String encoding = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (encoding.equals("gzip")) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    requests.add(
        new Request(
            exchange.getRequestMethod() + " " + exchange.getRequestURI(),
            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
            encoding,
            new String(body, StandardCharsets.UTF_8)));
    answer.headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] told = answer.body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status, told.length == 0 ? -1 : told.length);
    exchange.getResponseBody().write(told);
    exchange.close();
  }

  private InfluxSender sender(InfluxVersion version, boolean gzip) throws IOException {
    return new InfluxSender(
        new InfluxSettings(
            ForwarderSettings.of("x", folder),
            "http://127.0.0.1:" + server.getAddress().getPort(),
            version,
            version == InfluxVersion.V2 ? "works" : "",
            version == InfluxVersion.V2 ? "plant bucket" : "",
            version == InfluxVersion.V2 ? "" : "plant",
            "",
            new Secret(folder.resolve("token")),
            "",
            Secret.NONE,
            InfluxMapping.USUAL.with("{device}", java.util.Set.of("tag")),
            Duration.ofSeconds(5),
            gzip,
            1),
        () -> Plc.TAGS);
  }

  private static Outgoing row(long seq, Value value) {
    return new Outgoing(
        new StoredSample(seq, "line1.shots", value, Quality.GOOD, AT, AT), 0, Lane.LIVE);
  }

  private SendException failure(Answer told) throws IOException {
    answer = told;
    try (InfluxSender sender = sender(InfluxVersion.V3, false)) {
      return assertThrows(
          SendException.class,
          () -> sender.send(List.of(row(1, Value.of(1.5)), row(2, Value.of(2.5)))));
    }
  }

  @Test
  void version2IsToldOrganisationBucketAndToken() throws Exception {
    try (InfluxSender sender = sender(InfluxVersion.V2, true)) {
      sender.send(List.of(row(1, Value.of(1.5)), row(2, Value.of(7L))));
      assertEquals(137, sender.bytes());
    }
    Request request = requests.remove();
    assertEquals("POST /api/v2/write?org=works&bucket=plant%20bucket&precision=ns", request.line);
    assertEquals("Token s3cret", request.authorization);
    assertEquals("gzip", request.encoding);
    assertEquals(
        """
        plc=1,tag=line1.shots quality=0i,value=1.5 1795413600123456000
        plc=1,tag=line1.shots quality=0i,value=7.0,value_i=7i 1795413600123456000
        """,
        request.body);
    assertEquals(0, requests.size());
  }

  @Test
  void version3IsToldDatabaseAndTokenTheSameWay() throws Exception {
    try (InfluxSender sender = sender(InfluxVersion.V3, false)) {
      sender.send(List.of(row(1, Value.of(1.5))));
    }
    Request request = requests.remove();
    assertEquals("POST /api/v2/write?org=-&bucket=plant&precision=ns", request.line);
    assertEquals("Token s3cret", request.authorization);
    assertFalse(request.encoding.equals("gzip"));
  }

  @Test
  void anOverloadedServerSaysHowLongToStayAway() throws Exception {
    SendException busy =
        failure(
            new Answer(
                429,
                Map.of("Retry-After", "17"),
                "{\"code\":\"too many requests\",\"message\":\"slow down\"}"));
    assertEquals(SendException.Kind.UNREACHABLE, busy.kind());
    assertEquals(Duration.ofSeconds(17), busy.pause());
  }

  @Test
  void aWrongTokenIsNotTheRowsFaultAndAWrongLineIs() throws Exception {
    Answer unauthorized =
        new Answer(401, Map.of(), "{\"code\":\"unauthorized\",\"message\":\"no\"}");
    assertEquals(SendException.Kind.UNREACHABLE, failure(unauthorized).kind());
    for (int status : new int[] {400, 413, 422}) {
      SendException refused =
          failure(new Answer(status, Map.of(), "{\"code\":\"invalid\",\"message\":\"bad\"}"));
      assertEquals(SendException.Kind.REFUSED, refused.kind());
      assertEquals(Map.of(), refused.refused());
    }
  }

  @Test
  void version3NamesTheLinesOfAPartialWrite() throws Exception {
    SendException partial =
        failure(
            new Answer(
                400,
                Map.of("Content-Type", "application/json"),
                "{\"error\":\"partial write of line protocol occurred\",\"data\":[{"
                    + "\"original_line\":\"plc=1 value=2.5\",\"line_number\":2,"
                    + "\"error_message\":\"invalid column type\"}]}"));
    assertEquals(Map.of(1, "invalid column type"), partial.refused());
  }
}
