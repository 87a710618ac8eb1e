package io.deungdae.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.deungdae.simulators.cloud.PrivateFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;

/**
 * Lets a person, a demo or a test start faults, turn key switches and see the truth: JSON over HTTP
 * on the loopback interface, with the bearer token in {@code FOLDER/control-token}. The gateway has
 * no business here.
 *
 * <table>
 *   <caption>Requests</caption>
 *   <tr><td>GET /faults</td><td>all faults of all plants; size, goal and slope of those that are on</td></tr>
 *   <tr><td>POST /fault</td><td>{@code {"id", "size", "slope", "plant"}}; size 0 ends it</td></tr>
 *   <tr><td>POST /stop-all</td><td>{@code {"plant"}}; ends all faults</td></tr>
 *   <tr><td>POST /operator</td><td>{@code {"plant", "remote"}}</td></tr>
 *   <tr><td>POST /staff</td><td>{@code {"plant", "product"}} or {@code {"plant", "shift"}}</td></tr>
 *   <tr><td>POST /sensor</td><td>{@code {"plant", "signal", "is", "size"}}; is: frozen, offset, lost, sound</td></tr>
 *   <tr><td>GET /truth</td><td>what is true in each plant, and its faults</td></tr>
 *   <tr><td>GET /servers</td><td>all servers, what they can do wrong and what they do</td></tr>
 *   <tr><td>POST /trouble</td><td>{@code {"server", "trouble", "size", "on"}}; trouble none ends all</td></tr>
 * </table>
 */
final class ControlServer implements AutoCloseable {

  private static final int LONGEST = 10_000;

  private final ObjectMapper json = new ObjectMapper();
  private final Controls controls;
  private final byte[] expected;
  private final HttpServer server;

  /**
   * Starts serving.
   *
   * @param folder where the token is written
   * @param port TCP port, or 0 for any free one
   */
  ControlServer(Path folder, int port, Controls controls) throws IOException {
    this.controls = controls;
    String token = PrivateFile.secret(24);
    PrivateFile.write(folder.resolve("control-token"), token);
    expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 8);
    server.createContext("/", this::handle);
    server.start();
  }

  /** The TCP port. */
  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!allowed(exchange)) {
        send(exchange, 401, Map.of("error", "the token in control-token is needed"));
        return;
      }
      try {
        send(exchange, 200, answer(exchange));
      } catch (IllegalArgumentException e) {
        send(exchange, 400, Map.of("error", String.valueOf(e.getMessage())));
      }
    }
  }

  private boolean allowed(HttpExchange exchange) {
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    return given != null && MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8));
  }

  private Object answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LONGEST);
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    return switch (request) {
      case "GET /faults" -> controls.faults();
      case "GET /truth" -> controls.truth();
      case "GET /servers" -> controls.servers();
      case "POST /fault" -> controls.fault(parse(body));
      case "POST /stop-all" -> controls.stopAll(parse(body));
      case "POST /operator" -> controls.operator(parse(body));
      case "POST /staff" -> controls.staff(parse(body));
      case "POST /sensor" -> controls.sensor(parse(body));
      case "POST /trouble" -> controls.trouble(parse(body));
      default -> throw new IllegalArgumentException("no request " + request);
    };
  }

  private JsonNode parse(byte[] body) throws IOException {
    JsonNode node = body.length == 0 ? json.createObjectNode() : json.readTree(body);
    if (!node.isObject()) {
      throw new IllegalArgumentException("a JSON object is needed");
    }
    return node;
  }

  private void send(HttpExchange exchange, int status, Object answer) throws IOException {
    byte[] body = json.writerWithDefaultPrettyPrinter().writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
