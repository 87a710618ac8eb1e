package io.deungdae.control.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Asks a running gateway over its REST interface, with an API token, as any other software would.
 */
final class GatewayClient {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** How long a gateway that is being started again may stay away. */
  private static final int RESTART_SECONDS = 40;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final String url;
  private final String token;

  GatewayClient(String url, String token) {
    this.url = url;
    this.token = token;
  }

  /** True when it answers. */
  boolean answers() throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/health")).timeout(PATIENCE).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** As {@link #get}, without waiting for a gateway that does not answer. */
  JsonNode ask(String path) throws IOException, InterruptedException {
    try {
      return read(http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString()));
    } catch (ConnectException e) {
      throw new IOException("no gateway answers at " + url, e);
    }
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  JsonNode post(String path, String body) throws IOException, InterruptedException {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /**
   * What is sent bit by bit; to be closed. A gateway that says no is told with its words.
   *
   * @throws IOException when it does not answer or says no
   */
  InputStream stream(String path) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        http.send(
            HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token)
                .GET()
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() >= 400) {
      try (InputStream body = response.body()) {
        throw new IOException(reason(response.statusCode(), body.readAllBytes()));
      }
    }
    return response.body();
  }

  private static String reason(int status, byte[] body) {
    try {
      String text = JSON.readTree(body).at("/message/en").asText("");
      return text.isEmpty() ? "the gateway answered " + status : text;
    } catch (IOException e) {
      return "the gateway answered " + status;
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return read(reach(request.build()));
  }

  private static JsonNode read(HttpResponse<String> response) throws IOException {
    if (response.statusCode() >= 400) {
      throw new IOException(
          response.uri() + " answered " + response.statusCode() + ": " + response.body());
    }
    return JSON.readTree(response.body());
  }

  /**
   * Waits for a gateway that is being started again; nothing that may have been done is repeated.
   */
  private HttpResponse<String> reach(HttpRequest request) throws IOException, InterruptedException {
    for (int refused = 0; true; refused++) {
      try {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
      } catch (IOException e) {
        boolean untouched = e instanceof ConnectException || request.method().equals("GET");
        if (!untouched || refused == RESTART_SECONDS) {
          throw e;
        }
        Thread.sleep(1_000);
      }
    }
  }
}
