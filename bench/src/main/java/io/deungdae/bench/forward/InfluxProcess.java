package io.deungdae.bench.forward;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Debian's InfluxDB 1.x in a folder of its own. */
final class InfluxProcess implements ReceiverProcess {

  private static final long LONGEST_START_MS = 60_000;

  private final Path folder;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable Process process;

  InfluxProcess(Path folder) throws IOException {
    this.folder = folder;
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = probe.getLocalPort();
    }
  }

  @Override
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  void start() throws Exception {
    Files.createDirectories(folder);
    Path config = folder.resolve("influxdb.conf");
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
          query-log-enabled = false
        [monitor]
          store-enabled = false
        [http]
          bind-address = "127.0.0.1:%2$d"
          log-enabled = false
        """
            .formatted(folder.toAbsolutePath(), port));
    process =
        new ProcessBuilder("/usr/bin/influxd", "-config", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    for (long waited = 0; !answers(); waited += 100) {
      if (waited > LONGEST_START_MS) {
        throw new IOException("influxd does not answer; see " + folder.resolve("log"));
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private boolean answers() throws InterruptedException {
    try {
      String unused = post("", "SHOW DATABASES");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The answer to a query, as it comes. */
  String post(String database, String influxQl) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(
                        url()
                            + "/query?db="
                            + database
                            + "&q="
                            + URLEncoder.encode(influxQl, StandardCharsets.UTF_8)))
                .timeout(Duration.ofMinutes(10))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  /** Values of samples that a database has, in whatever fields they are. */
  long values(String database) throws IOException, InterruptedException {
    String answer = post(database, "SELECT count(*) FROM samples");
    Matcher columns = Pattern.compile("\"columns\":\\[([^]]*)]").matcher(answer);
    Matcher values = Pattern.compile("\"values\":\\[\\[([^]]*)]").matcher(answer);
    if (!columns.find() || !values.find()) {
      throw new IOException(answer);
    }
    String[] names = columns.group(1).split(",", -1);
    String[] counts = values.group(1).split(",", -1);
    long all = 0;
    for (int i = 0; i < names.length; i++) {
      boolean value = !names[i].equals("\"time\"") && !names[i].equals("\"count_quality\"");
      all += value ? Long.parseLong(counts[i]) : 0;
    }
    return all;
  }

  @Override
  public Duration cpu() {
    Process running = process;
    return running == null
        ? Duration.ZERO
        : running.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly().onExit().join();
    }
  }
}
