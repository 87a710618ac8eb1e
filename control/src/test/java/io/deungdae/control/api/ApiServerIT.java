package io.deungdae.control.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deungdae.collector.signal.Clock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiServerIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final FakeGateway gateway = new FakeGateway();
  private Accounts accounts;
  private ApiServer server;
  private int port;

  @BeforeEach
  void start() throws Exception {
    accounts = new Accounts(folder.resolve("a.db"));
    ConsoleSettings settings =
        new ConsoleSettings(
            true, "127.0.0.1", 0, Duration.ofMillis(100), Duration.ofHours(1), false);
    server = new ApiServer(settings, accounts, gateway, Clock.system());
    port = server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    accounts.close();
  }

  @Test
  void nothingIsToldToStrangers() throws Exception {
    for (String path :
        new String[] {
          "/api/site", "/api/units", "/api/tags/furnace.zone1.sp", "/metrics", "/api/nothing"
        }) {
      assertEquals(401, send(request(path).GET()).statusCode(), path);
    }
    assertEquals(
        401,
        send(post("/api/setpoints", "{\"tag\":\"furnace.zone1.sp\",\"value\":1}")).statusCode());
    assertTrue(gateway.asked.isEmpty());
  }

  @Test
  void aTokenReadsCountsAndProposesAndGetsVerdictAndReadBack() throws Exception {
    String token = accounts.createToken("test", Role.OPERATOR, Instant.now());
    assertEquals(
        868.0,
        json(send(bearer("/api/tags/furnace.zone1.sp", token).GET()))
            .at("/latest/value")
            .asDouble());
    assertEquals(1234, json(send(bearer("/api/samples/count", token).GET())).at("/rows").asLong());
    HttpResponse<String> answer =
        send(
            bearer("/api/setpoints", token)
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"tag\":\"furnace.zone1.sp\",\"value\":900}")));
    assertEquals(200, answer.statusCode());
    assertEquals("LIMITED", json(answer).at("/verdict").asText());
    assertEquals(890.0, json(answer).at("/readBack").asDouble());
    assertEquals("propose furnace.zone1.sp=900.0 by token:test", gateway.asked.get(0));
  }

  @Test
  void engineersLookAtDevicesByHandAndNobodyElse() throws Exception {
    String operator = accounts.createToken("operator", Role.OPERATOR, Instant.now());
    String engineer = accounts.createToken("engineer", Role.ENGINEER, Instant.now());
    String read = "/api/devices/furnace-plc/read";
    HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("{\"address\":\"hr:0\"}");
    assertEquals(403, send(bearer(read, operator).POST(body)).statusCode());
    assertEquals(403, send(bearer("/api/devices/furnace-plc/browse", operator).GET()).statusCode());
    assertTrue(gateway.asked.isEmpty());

    HttpResponse<String> answer = send(bearer(read, engineer).POST(body));
    assertEquals(200, answer.statusCode());
    assertEquals("868", json(answer).at("/rows/0/2").asText());
    assertEquals(404, send(bearer("/api/devices/nobody/read", engineer).POST(body)).statusCode());
    HttpResponse<String> refused =
        send(
            bearer(read, engineer)
                .POST(HttpRequest.BodyPublishers.ofString("{\"address\":\"hr:9999\"}")));
    assertEquals(502, refused.statusCode());
    assertTrue(json(refused).at("/message/en").asText().contains("REJECTED"), refused.body());

    HttpResponse<String> found =
        send(bearer("/api/devices/furnace-plc/browse?from=ns%3D2&most=7", engineer).GET());
    assertEquals(200, found.statusCode());
    assertTrue(gateway.asked.contains("browse furnace-plc from 'ns=2' most 7"));
    assertEquals(
        400,
        send(bearer("/api/devices/furnace-plc/browse?most=100000", engineer).GET()).statusCode());
    HttpResponse<String> tags =
        send(bearer("/api/devices/furnace-plc/browse?as=tags", engineer).GET());
    assertTrue(tags.headers().firstValue("Content-Type").orElse("").startsWith("text/plain"));
    assertTrue(tags.body().startsWith("tag,device,address\n"), tags.body());
  }

  @Test
  void engineersSeeCertificatesAndAnAdministratorTrustsThem() throws Exception {
    String engineer = accounts.createToken("engineer", Role.ENGINEER, Instant.now());
    String admin = accounts.createToken("admin", Role.ADMIN, Instant.now());
    HttpRequest.BodyPublisher none = HttpRequest.BodyPublishers.ofString("{}");
    HttpResponse<String> list = send(bearer("/api/certificates", engineer).GET());
    assertEquals("REJECTED", json(list).at("/0/standing").asText());
    String trust = "/api/certificates/3f0a/trust";
    assertEquals(403, send(bearer(trust, engineer).POST(none)).statusCode());
    assertTrue(gateway.asked.isEmpty());
    assertEquals(200, send(bearer(trust, admin).POST(none)).statusCode());
    assertEquals("trust 3f0a by token:admin", gateway.asked.get(0));
    assertEquals(404, send(bearer("/api/certificates/77/reject", admin).POST(none)).statusCode());
  }

  @Test
  void aViewerMayLookAndNotTouch() throws Exception {
    String token = accounts.createToken("test", Role.VIEWER, Instant.now());
    assertEquals(200, send(bearer("/api/units", token).GET()).statusCode());
    HttpRequest.Builder write =
        bearer("/api/setpoints", token)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"tag\":\"furnace.zone1.sp\",\"value\":900}"));
    assertEquals(403, send(write).statusCode());
    assertTrue(gateway.asked.isEmpty());
  }

  @Test
  void firstPasswordOpensNothingButItsOwnChange() throws Exception {
    accounts.addUser("kim", "the first password", Role.ENGINEER);
    String cookie = logIn("kim", "the first password");
    assertEquals(403, send(request("/api/site").header("Cookie", cookie).GET()).statusCode());
    HttpResponse<String> changed =
        send(
            post("/api/password", "{\"old\":\"the first password\",\"fresh\":\"another long one\"}")
                .header("Cookie", cookie)
                .header("X-Deungdae", "1"));
    assertEquals(200, changed.statusCode());
    String fresh = changed.headers().firstValue("set-cookie").orElseThrow().replaceFirst(";.*", "");
    assertEquals(200, send(request("/api/site").header("Cookie", fresh).GET()).statusCode());
    assertEquals(401, send(request("/api/site").header("Cookie", cookie).GET()).statusCode());
  }

  @Test
  void aFormOfAnotherSiteCannotWriteWithTheUsersCookie() throws Exception {
    String cookie = loggedIn();
    String body = "{\"tag\":\"furnace.zone1.sp\",\"value\":1}";
    assertEquals(401, send(post("/api/setpoints", body).header("Cookie", cookie)).statusCode());
    assertEquals(
        200,
        send(post("/api/setpoints", body).header("Cookie", cookie).header("X-Deungdae", "1"))
            .statusCode());
  }

  @Test
  void cookiesAreOutOfReachOfScriptsAndOtherSites() throws Exception {
    accounts.addUser("kim", "the first password", Role.VIEWER);
    HttpResponse<String> answer =
        send(post("/api/login", "{\"user\":\"kim\",\"password\":\"the first password\"}"));
    String cookie = answer.headers().firstValue("set-cookie").orElseThrow();
    assertTrue(cookie.contains("HTTPOnly") && cookie.contains("SameSite=Strict"), cookie);
    assertTrue(gateway.audited.contains("login kim"));
  }

  @Test
  void wrongPasswordsAreAuditedAndAnsweredAlike() throws Exception {
    accounts.addUser("kim", "the first password", Role.VIEWER);
    HttpResponse<String> wrong =
        send(post("/api/login", "{\"user\":\"kim\",\"password\":\"guess\"}"));
    HttpResponse<String> nobody =
        send(post("/api/login", "{\"user\":\"lee\",\"password\":\"guess\"}"));
    assertEquals(401, wrong.statusCode());
    assertEquals(wrong.body(), nobody.body());
    assertTrue(gateway.audited.contains("login-failed kim"));
  }

  @Test
  void garbageIsAnsweredInWordsNotWithAStackTrace() throws Exception {
    String token = accounts.createToken("test", Role.ADMIN, Instant.now());
    String[] bodies = {
      "",
      "null",
      "[]",
      "{\"tag\":",
      "{\"tag\":\"furnace.zone1.sp\",\"value\":\"hot\"}",
      "{\"unknown\":1}"
    };
    for (String body : bodies) {
      HttpResponse<String> answer =
          send(bearer("/api/setpoints", token).POST(HttpRequest.BodyPublishers.ofString(body)));
      assertTrue(
          answer.statusCode() == 400 || answer.statusCode() == 404,
          body + " -> " + answer.statusCode());
      assertFalse(answer.body().contains("Exception"), answer.body());
      assertFalse(json(answer).at("/message/ko").asText().isEmpty());
    }
    assertEquals(
        400,
        send(bearer("/api/tags/furnace.zone1.sp/trend?from=5&to=1", token).GET()).statusCode());
    assertEquals(400, send(bearer("/api/decisions?limit=many", token).GET()).statusCode());
    assertEquals(404, send(bearer("/api/tags/no.such.tag", token).GET()).statusCode());
  }

  @Test
  void refusedModeChangeSaysWhy() throws Exception {
    String token = accounts.createToken("test", Role.ENGINEER, Instant.now());
    HttpResponse<String> refused =
        send(
            bearer("/api/units/furnace/mode", token)
                .POST(HttpRequest.BodyPublishers.ofString("{\"mode\":\"AUTONOMOUS\"}")));
    assertEquals(409, refused.statusCode());
    assertEquals("done or not", json(refused).at("/message/en").asText());
  }

  @Test
  void livePushSendsUnitsAndSubscribedTags() throws Exception {
    String cookie = loggedIn();
    Listener listener = new Listener();
    WebSocket socket =
        http.newWebSocketBuilder()
            .header("Cookie", cookie)
            .buildAsync(URI.create("ws://127.0.0.1:" + port + "/api/live"), listener)
            .get(10, TimeUnit.SECONDS);
    socket
        .sendText("{\"subscribe\":[\"furnace.zone1.sp\",\"no.such.tag\"]}", true)
        .get(5, TimeUnit.SECONDS);
    JsonNode live;
    do {
      live = JSON.readTree(listener.next());
    } while (live.at("/tags").isEmpty());
    assertEquals("furnace", live.at("/units/0/name").asText());
    assertEquals(1, live.at("/tags").size());
    socket.abort();
  }

  @Test
  void livePushRefusesStrangersAndPagesOfOtherSites() throws Exception {
    URI uri = URI.create("ws://127.0.0.1:" + port + "/api/live");
    assertRefused(() -> http.newWebSocketBuilder().buildAsync(uri, new Listener()).join());
    String cookie = loggedIn();
    try (java.net.Socket raw =
        new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
      raw.setSoTimeout(5000);
      String upgrade =
          "GET /api/live HTTP/1.1\r\nHost: 127.0.0.1:"
              + port
              + "\r\nOrigin: http://evil.example\r\nCookie: "
              + cookie
              + "\r\n"
              + "Connection: Upgrade\r\n"
              + "Upgrade: websocket\r\n"
              + "Sec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
      raw.getOutputStream().write(upgrade.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      byte[] head = raw.getInputStream().readNBytes(12);
      assertEquals("HTTP/1.1 403", new String(head, java.nio.charset.StandardCharsets.US_ASCII));
    }
  }

  @Test
  void everyPageForbidsFramesAndForeignScripts() throws Exception {
    HttpResponse<String> answer = send(request("/health").GET());
    assertTrue(
        answer
            .headers()
            .firstValue("content-security-policy")
            .orElseThrow()
            .contains("default-src 'self'"));
    assertEquals("DENY", answer.headers().firstValue("x-frame-options").orElseThrow());
  }

  private static void assertRefused(Runnable attempt) {
    CompletionException error = Assertions.assertThrows(CompletionException.class, attempt::run);
    assertTrue(
        error.getCause() instanceof WebSocketHandshakeException, String.valueOf(error.getCause()));
  }

  private String loggedIn() throws Exception {
    accounts.addUser("lee", "the first password", Role.ENGINEER);
    accounts.changePassword("lee", "the first password", "another long one", Instant.now());
    return logIn("lee", "another long one");
  }

  private String logIn(String user, String password) throws Exception {
    HttpResponse<String> answer =
        send(post("/api/login", "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}"));
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.headers().firstValue("set-cookie").orElseThrow().replaceFirst(";.*", "");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(20));
  }

  private HttpRequest.Builder post(String path, String body) {
    return request(path).POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder bearer(String path, String token) {
    return request(path).header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return JSON.readTree(response.body());
  }

  /** Collects whole text messages. */
  private static final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final BlockingQueue<String> messages = new ArrayBlockingQueue<>(100);

    String next() throws InterruptedException {
      String message = messages.poll(10, TimeUnit.SECONDS);
      return java.util.Objects.requireNonNull(message, "no push within 10 s");
    }

    @Override
    public @org.jspecify.annotations.Nullable CompletionStage<?> onText(
        WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        messages.offer(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
