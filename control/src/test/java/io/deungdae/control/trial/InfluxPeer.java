package io.deungdae.control.trial;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

/** InfluxDB 1.x in a process of its own; skips the test where it is not installed. */
final class InfluxPeer implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/bin/influxd");
  private static final Pattern LISTENING =
      Pattern.compile("Listening on HTTP.*addr=127\\.0\\.0\\.1:(\\d+)");
  private static final Pattern COUNT = Pattern.compile("\"values\":\\[\\[\\d+,(\\d+)");

  private final Process process;
  private final String url;
  private final HttpClient http = HttpClient.newHttpClient();

  InfluxPeer(Path folder) throws Exception {
    assumeTrue(Files.isExecutable(PROGRAM), "influxd is not installed");
    Files.createDirectories(folder);
    Path settings = folder.resolve("influxdb.conf");
    Files.writeString(
        settings,
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
          bind-address = "127.0.0.1:0"
          log-enabled = false
        """
            .formatted(folder));
    Path log = folder.resolve("log");
    process =
        new ProcessBuilder(PROGRAM.toString(), "-config", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Matcher[] port = new Matcher[1];
    Await.until(
        "influxd listens",
        Duration.ofSeconds(30),
        () -> {
          port[0] = LISTENING.matcher(Files.readString(log));
          return port[0].find();
        });
    url = "http://127.0.0.1:" + port[0].group(1);
  }

  String url() {
    return url;
  }

  /** Runs a statement. */
  String query(String database, String influxQl) throws IOException, InterruptedException {
    return post(
        "/query?epoch=ns&db="
            + database
            + "&q="
            + URLEncoder.encode(influxQl, StandardCharsets.UTF_8),
        "");
  }

  /** What a counting query counts; 0 when there is nothing. */
  long count(String database, String influxQl) throws IOException, InterruptedException {
    Matcher count = COUNT.matcher(query(database, influxQl));
    return count.find() ? Long.parseLong(count.group(1)) : 0;
  }

  /** Writes a line, as somebody else would. */
  void write(String database, String line) throws IOException, InterruptedException {
    String unused = post("/write?db=" + database, line);
  }

  private String post(String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(url + path))
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
    process.destroyForcibly().onExit().join();
  }
}
