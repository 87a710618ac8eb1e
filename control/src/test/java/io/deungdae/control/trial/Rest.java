package io.deungdae.control.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The gateway as other software sees it: REST with an API token. */
record Rest(String url, String token) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  /** A status and a body. */
  record Reply(int status, JsonNode body) {}

  /** One value of a trend. */
  record Point(long atMs, double value) {}

  JsonNode get(String path) throws IOException, InterruptedException {
    Reply reply = send(request(path).GET().build());
    if (reply.status() != 200) {
      throw new IOException(path + " answered " + reply);
    }
    return reply.body();
  }

  /** What is no JSON. */
  String text(String path) throws IOException, InterruptedException {
    return HTTP.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString()).body();
  }

  Reply ask(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  Reply post(String path, String body) throws IOException, InterruptedException {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  /** Proposes a setpoint. */
  JsonNode propose(String tag, double value) throws IOException, InterruptedException {
    return post("/api/setpoints", "{\"tag\":\"" + tag + "\",\"value\":" + value + "}").body();
  }

  /** Rows stored. */
  long rows() throws IOException, InterruptedException {
    return get("/api/samples/count").path("rows").asLong();
  }

  /** All known values of a tag since a time, oldest first. */
  List<Point> since(String tag, long fromMs) throws IOException, InterruptedException {
    JsonNode trend =
        get(
            "/api/tags/"
                + tag
                + "/trend?points=20000&from="
                + fromMs
                + "&to="
                + (fromMs + 3_600_000));
    List<Point> points = new ArrayList<>();
    JsonNode values = trend.path("values");
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).isNumber()) {
        points.add(new Point(trend.path("timesMs").get(i).asLong(), values.get(i).asDouble()));
      }
    }
    return points;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token);
  }

  private static Reply send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    return new Reply(response.statusCode(), JSON.readTree(response.body()));
  }
}
