package io.deungdae.collector.forward;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deungdae.collector.store.Await;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A real InfluxDB 1.x in a folder of its own, on a port it chose itself. */
final class InfluxServer implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/bin/influxd");
  private static final Pattern LISTENING =
      Pattern.compile("Listening on HTTP.*addr=127\\.0\\.0\\.1:(\\d+)");

  private final Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private int port;
  private int starts;
  private @Nullable Process process;

  InfluxServer(Path folder) {
    this.folder = folder;
  }

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Starts, or starts again on the same port. */
  void start() throws IOException {
    Path config = folder.resolve("influxdb.conf");
    Files.createDirectories(folder);
    Files.writeString(
        config,
        """
        reporting-disabled = true
        bind-address = "127.0.0.1:0"
        [meta]
          dir = "%1$s/meta"
        [data]
          dir = "%1$s/data"
          wal-dir = "%1$s/wal"
        [monitor]
          store-enabled = false
        [http]
          bind-address = "127.0.0.1:%2$d"
          log-enabled = false
        """
            .formatted(folder, port));
    Path log = folder.resolve("log" + starts++);
    Process started =
        new ProcessBuilder(PROGRAM.toString(), "-config", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    process = started;
    Await.until("influxd listens", () -> !started.isAlive() || listening(log));
    if (!started.isAlive()) {
      throw new IOException("influxd ended: " + Files.readString(log));
    }
  }

  private boolean listening(Path log) {
    try {
      Matcher matcher = LISTENING.matcher(Files.readString(log));
      boolean found = matcher.find();
      if (found) {
        port = Integer.parseInt(matcher.group(1));
      }
      return found;
    } catch (IOException e) {
      return false;
    }
  }

  /** Kills it. */
  void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      Await.until("influxd ends", () -> !running.isAlive());
    }
  }

  /** First value column of the first row of a query's answer; a null node when there is none. */
  JsonNode query(String database, String influxQl) throws Exception {
    return json.readTree(post(database, influxQl)).at("/results/0/series/0/values/0/1");
  }

  String post(String database, String influxQl) throws Exception {
    String query =
        "db=" + database + "&epoch=ns&q=" + URLEncoder.encode(influxQl, StandardCharsets.UTF_8);
    return send("/query?" + query, "");
  }

  /** Writes a line by itself. */
  void write(String database, String line) throws Exception {
    send("/write?db=" + database, line);
  }

  private String send(String path, String body) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  @Override
  public void close() {
    kill();
  }
}
