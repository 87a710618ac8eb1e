package io.deungdae.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Speaks to the {@link ControlServer} of a running site, which it finds by the site's folder. */
final class ControlClient {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI site;
  private final String token;

  /**
   * For the site in the folder.
   *
   * @throws IOException when no site has started there
   */
  ControlClient(Path folder) throws IOException {
    Path ready = folder.resolve("ready.json");
    if (!Files.exists(ready)) {
      throw new IOException("no site has started in " + folder + ": there is no ready.json");
    }
    int port = json.readTree(ready.toFile()).path("control").asInt();
    site = URI.create("http://127.0.0.1:" + port);
    token = Files.readString(folder.resolve("control-token")).strip();
  }

  /** The answer to a GET. */
  JsonNode get(String path) throws IOException {
    return send(request(path).GET().build());
  }

  /** The answer to a POST. */
  JsonNode post(String path, Map<String, ?> body) throws IOException {
    return send(
        request(path).POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body))).build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(site.resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest request) throws IOException {
    try {
      var response = http.send(request, BodyHandlers.ofByteArray());
      JsonNode answer = json.readTree(response.body());
      if (response.statusCode() != 200) {
        throw new IOException(answer.path("error").asText("status " + response.statusCode()));
      }
      return answer;
    } catch (ConnectException e) {
      throw new IOException("no site answers at " + site + "; it has stopped", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
