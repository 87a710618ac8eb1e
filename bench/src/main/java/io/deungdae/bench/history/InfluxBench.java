package io.deungdae.bench.history;

import io.deungdae.collector.signal.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
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
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The same questions to InfluxDB 1.x, in a process of its own on loopback: the first tag for some
 * days, fifty tags for the last. It answers in CSV, which is read and thrown away.
 *
 * <p>Arguments: an empty folder, tags, days; see {@link Rows}.
 */
@SuppressWarnings("InlineFormatString") // queries read better by themselves
public final class InfluxBench {

  private static final int PIXELS = 2_000;
  private static final int WIDE = 50;
  private static final int LINES = 20_000;

  private final Clock clock = Clock.system();
  private final PrintStream out = System.out;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Rows rows;
  private final String base;

  private InfluxBench(Rows rows, int port) {
    this.rows = rows;
    this.base = "http://127.0.0.1:" + port;
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0]));
    int port = freePort();
    Process server = start(folder, port, freePort());
    try {
      Rows rows =
          Rows.before(Clock.system().now(), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
      new InfluxBench(rows, port).run();
    } finally {
      server.destroy();
      if (!server.waitFor(20, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Process start(Path folder, int port, int backup) throws IOException {
    Path config = folder.resolve("influxdb.conf");
    String text =
        """
        reporting-disabled = true
        bind-address = "127.0.0.1:%d"
        [meta]
          dir = "%s/meta"
        [data]
          dir = "%s/data"
          wal-dir = "%s/wal"
          query-log-enabled = false
          max-select-point = 0
        [http]
          bind-address = "127.0.0.1:%d"
          log-enabled = false
        [monitor]
          store-enabled = false
        """;
    Files.writeString(
        config, String.format(Locale.ROOT, text, backup, folder, folder, folder, port));
    return new ProcessBuilder("influxd", "-config", config.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private void run() throws Exception {
    awaitUp();
    post("/query?q=" + encoded("CREATE DATABASE bench"), "");
    load();
    long widthS = Math.max(1, (rows.endS() - rows.startS()) / PIXELS);
    String year =
        "SELECT first(v), min(v), max(v), last(v) FROM s WHERE tag='%s' AND time >= %ds AND time <"
            + " %ds GROUP BY time(%ds)";
    ask(
        rows.days() + " days of the first tag at 2,000 pixels",
        10,
        String.format(Locale.ROOT, year, Rows.name(0), rows.startS(), rows.endS(), widthS));
    String wide =
        "SELECT last(v) FROM s WHERE time >= %ds AND time < %ds GROUP BY time(1s), tag"
            + " fill(previous)";
    ask(
        "table of 50 tags and 86,400 seconds",
        3,
        String.format(Locale.ROOT, wide, rows.endS() - Rows.DAY, rows.endS()));
  }

  private void awaitUp() {
    for (int attempt = 0; attempt < 600; attempt++) {
      try {
        if (get("/ping").statusCode() == 204) {
          return;
        }
      } catch (IOException | InterruptedException e) {
        LockSupport.parkNanos(100_000_000);
      }
    }
    throw new IllegalStateException("InfluxDB does not come up");
  }

  private void load() throws Exception {
    long startNs = clock.nanoTime();
    long count = 0;
    long lastDayS = rows.endS() - Rows.DAY;
    String[] names = new String[WIDE];
    Arrays.setAll(names, Rows::name);
    StringBuilder lines = new StringBuilder();
    for (long second = rows.startS(); second < rows.endS(); second++) {
      int tags = second >= lastDayS ? Math.min(WIDE, rows.tags()) : 1;
      for (int tag = 0; tag < tags; tag++) {
        lines.append("s,tag=").append(names[tag]).append(" v=");
        lines.append(Rows.value(tag, second)).append(' ').append(second).append('\n');
        if (++count % LINES == 0) {
          post("/write?db=bench&precision=s", lines.toString());
          lines.setLength(0);
        }
      }
    }
    if (!lines.isEmpty()) {
      post("/write?db=bench&precision=s", lines.toString());
    }
    say("InfluxDB filled: %,d rows in %.0f s", count, (clock.nanoTime() - startNs) / 1e9);
  }

  private void ask(String what, int times, String query) throws Exception {
    double[] ms = new double[times];
    long bytes = 0;
    for (int i = 0; i < times; i++) {
      long startNs = clock.nanoTime();
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(base + "/query?db=bench&epoch=ms&chunked=true&q=" + encoded(query)))
              .header("Accept", "application/csv")
              .timeout(Duration.ofMinutes(5))
              .build();
      HttpResponse<InputStream> answer =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        bytes = body.transferTo(OutputStream.nullOutputStream());
      }
      ms[i] = (clock.nanoTime() - startNs) / 1e6;
    }
    Arrays.sort(ms);
    say(
        "InfluxDB, %s: p50 %.0f ms, p95 %.0f ms; %,d bytes",
        what, HistoryBench.part(ms, 50), HistoryBench.part(ms, 95), bytes);
  }

  private static String encoded(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  private void post(String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofMinutes(2))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException("InfluxDB answers " + answer.statusCode() + ": " + answer.body());
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + path)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private void say(String text, Object... values) {
    out.println(String.format(Locale.ROOT, text, values));
  }
}
