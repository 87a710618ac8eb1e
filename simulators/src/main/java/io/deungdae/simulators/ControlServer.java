package io.deungdae.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.deungdae.simulators.cloud.PrivateFile;
import io.deungdae.simulators.modbus.Misbehaviour;
import io.deungdae.simulators.modbus.ModbusPlantServer;
import io.deungdae.simulators.plant.Fault;
import io.deungdae.simulators.plant.SharedPlant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Lets a person, a demo or a test start faults, turn key switches and see the truth: JSON over HTTP
 * on the loopback interface, with the bearer token in {@code FOLDER/control-token}. The gateway has
 * no business here.
 *
 * <table>
 *   <caption>Requests</caption>
 *   <tr><td>GET /faults</td><td>all faults of all plants, and the size of those that are on</td></tr>
 *   <tr><td>POST /fault</td><td>{@code {"id", "size", "plant"}}; size 0 ends it</td></tr>
 *   <tr><td>POST /stop-all</td><td>ends all faults</td></tr>
 *   <tr><td>POST /operator</td><td>{@code {"plant", "remote"}}</td></tr>
 *   <tr><td>GET /truth</td><td>what is true in each plant, and its faults</td></tr>
 *   <tr><td>POST /misbehave</td><td>{@code {"how"}}, see {@link Misbehaviour}</td></tr>
 * </table>
 */
final class ControlServer implements AutoCloseable {

  private static final int LONGEST = 10_000;

  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, SharedPlant<?>> plants;
  private final ModbusPlantServer modbus;
  private final byte[] expected;
  private final HttpServer server;

  /**
   * Starts serving.
   *
   * @param folder where the token is written
   * @param port TCP port, or 0 for any free one
   */
  ControlServer(Path folder, int port, Map<String, SharedPlant<?>> plants, ModbusPlantServer modbus)
      throws IOException {
    this.plants = Map.copyOf(plants);
    this.modbus = modbus;
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
      case "GET /faults" -> faults();
      case "GET /truth" -> truth();
      case "POST /fault" -> fault(parse(body));
      case "POST /stop-all" -> stopAll();
      case "POST /operator" -> operator(parse(body));
      case "POST /misbehave" -> misbehave(parse(body));
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

  private Object faults() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (SharedPlant<?> plant : plants.values()) {
      Map<String, Double> active = plant.active();
      for (Fault fault : plant.faults()) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("plant", plant.name());
        one.put("id", fault.id());
        one.put("size", active.getOrDefault(fault.id(), 0.0));
        one.put("en", fault.en());
        one.put("ko", fault.ko());
        one.put("effect", fault.effect());
        all.add(one);
      }
    }
    return all;
  }

  private Object truth() {
    Map<String, Object> all = new LinkedHashMap<>();
    for (SharedPlant<?> plant : plants.values()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("time_s", plant.time());
      one.put("faults", plant.active());
      one.put("values", plant.truth());
      all.put(plant.name(), one);
    }
    return all;
  }

  private Object fault(JsonNode request) {
    String id = request.path("id").asText();
    double size = request.path("size").asDouble(1);
    if (!(size >= 0 && size <= 1)) {
      throw new IllegalArgumentException("size must be from 0 to 1, found " + size);
    }
    for (SharedPlant<?> plant : chosen(request.path("plant").asText(""))) {
      Fault fault = plant.fault(id).orElse(null);
      if (fault != null) {
        if (size > 0) {
          plant.start(fault, size);
        } else {
          plant.stop(fault);
        }
        return Map.of("plant", plant.name(), "id", id, "size", size);
      }
    }
    throw new IllegalArgumentException("no fault " + id);
  }

  private Object stopAll() {
    int stopped = 0;
    for (SharedPlant<?> plant : plants.values()) {
      for (String id : plant.active().keySet()) {
        plant.stop(plant.fault(id).orElseThrow());
        stopped++;
      }
    }
    return Map.of("stopped", stopped);
  }

  private Object operator(JsonNode request) {
    if (!request.path("remote").isBoolean()) {
      throw new IllegalArgumentException("remote must be true or false");
    }
    boolean remote = request.path("remote").asBoolean();
    List<String> turned = new ArrayList<>();
    for (SharedPlant<?> plant : chosen(request.path("plant").asText(""))) {
      plant.remote(remote);
      turned.add(plant.name());
    }
    return Map.of("plants", turned, "remote", remote);
  }

  private Object misbehave(JsonNode request) {
    Misbehaviour how =
        Misbehaviour.valueOf(
            request.path("how").asText().toUpperCase(Locale.ROOT).replace('-', '_'));
    modbus.misbehave(how);
    return Map.of("modbus", how);
  }

  private List<SharedPlant<?>> chosen(String name) {
    if (name.isEmpty()) {
      return List.copyOf(plants.values());
    }
    SharedPlant<?> plant = plants.get(name);
    if (plant == null) {
      throw new IllegalArgumentException("no plant " + name + ", there are " + plants.keySet());
    }
    return List.of(plant);
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
