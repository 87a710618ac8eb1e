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
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The same questions to InfluxDB 1.x, in a process of its own on loopback: the first tag for some
 * days, fifty tags for the last. It answers in CSV, which is read and thrown away.
 *
 * <p>Arguments: the folder that {@link HistoryBench} has filled, tags, days, and for how many
 * minutes more rows are put in; see {@link Rows}. What was filled is not filled again.
 */
@SuppressWarnings("InlineFormatString") // queries read better by themselves
public final class InfluxBench {

  private static final int LINES = 20_000;

  private final Clock clock = Clock.system();
  private final PrintStream out = System.out;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Rows rows;
  private final String base;
  private final long minutes;
  private final ProcessHandle server;
  private final StringBuilder lines = new StringBuilder();
  private CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);
  private long startNs;
  private long count;

  private InfluxBench(Rows rows, int port, long minutes, ProcessHandle server) {
    this.rows = rows;
    this.server = server;
    this.minutes = minutes;
    this.base = "http://127.0.0.1:" + port;
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0], "influx"));
    int port = freePort();
    Process server = start(folder, port, freePort());
    try {
      Rows rows = Rows.in(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
      InfluxBench bench = new InfluxBench(rows, port, Long.parseLong(args[3]), server.toHandle());
      bench.run(folder.resolve("filled"));
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
        [coordinator]
          write-timeout = "120s"
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

  private void run(Path filled) throws Exception {
    awaitUp();
    if (!Files.exists(filled)) {
      post("/query?q=" + encoded("CREATE DATABASE bench"), "");
      load();
      Files.createFile(filled);
    }
    say("InfluxDB has rows, as time and number: %s", all().strip().replace("\n", " "));
    trend(rows.days() + " days of the first tag", Duration.ofDays(rows.days()));
    for (int days : new int[] {30, 7, 1}) {
      if (days < rows.days()) {
        trend("last " + days + " d of it", Duration.ofDays(days));
      }
    }
    trend("last 12 h of it", Duration.ofHours(12));
    trend("last 1 h of it", Duration.ofHours(1));
    ask(
        "table of 50 tags and 86,400 seconds",
        5,
        String.format(
            Locale.ROOT,
            "SELECT last(v) FROM s WHERE \"tag\" =~ /^bench\\.t00[0-4][0-9]$/ AND time >= %ds AND"
                + " time < %ds GROUP BY time(1s), \"tag\" fill(previous)",
            rows.endS() - Rows.DAY,
            rows.endS()));
  }

  private String all() throws IOException, InterruptedException {
    return get("/query?db=bench&q=" + encoded("SELECT count(v) FROM s")).body();
  }

  /** First, lowest, highest and last of each pixel; all rows where there are no more than that. */
  private void trend(String what, Duration length) throws Exception {
    long widthMs = Math.max(1, length.toMillis() / Questions.PIXELS);
    boolean all = length.toSeconds() <= 4 * Questions.PIXELS;
    ask(
        what,
        length.toDays() > 100 ? 3 : 10,
        String.format(
            Locale.ROOT,
            "SELECT %s FROM s WHERE \"tag\"='%s' AND time >= %ds AND time < %ds%s",
            all ? "v" : "first(v), min(v), max(v), last(v)",
            Rows.name(0),
            rows.endS() - length.toSeconds(),
            rows.endS(),
            all ? "" : " GROUP BY time(" + widthMs + "ms)"));
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

  /**
   * All rows, or as many as it takes in the time: first those that are asked for, then the others'
   * hours, then their last day.
   */
  private void load() throws Exception {
    startNs = clock.nanoTime();
    long lastDayS = rows.endS() - Rows.DAY;
    add(0, rows.startS(), rows.endS(), 1);
    for (int tag = 1; tag < Math.min(Questions.WIDE, rows.tags()); tag++) {
      add(tag, lastDayS, rows.endS(), 1);
    }
    send();
    long asked = count;
    long most = minutes * 60_000_000_000L;
    for (int tag = 1; tag < rows.tags() && clock.nanoTime() - startNs < most; tag++) {
      add(tag, rows.startS() + tag % Rows.HOUR, lastDayS, Rows.HOUR);
    }
    for (int tag = Questions.WIDE; tag < rows.tags() && clock.nanoTime() - startNs < most; tag++) {
      add(tag, lastDayS, rows.endS(), 1);
    }
    send();
    sent.join();
    double tookS = (clock.nanoTime() - startNs) / 1e9;
    say(
        "InfluxDB filled: %,d rows (%,d of these are asked for) in %.0f s, %,.0f rows/s",
        count, asked, tookS, count / tookS);
  }

  private void add(int tag, long fromS, long toS, int stepS) throws IOException {
    String begin = "s,tag=" + Rows.name(tag) + " v=";
    for (long second = fromS; second < toS; second += stepS) {
      lines.append(begin).append(Rows.value(tag, second)).append(' ').append(second).append('\n');
      if (++count % LINES == 0) {
        send();
      }
    }
  }

  /** The next lines are made while these are on their way. */
  private void send() throws IOException {
    String body = lines.toString();
    lines.setLength(0);
    try {
      sent.join();
    } catch (CompletionException e) {
      throw new IOException(e.getCause());
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/write?db=bench&precision=s"))
            .timeout(Duration.ofMinutes(5))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    sent =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
            .thenAccept(
                answer -> {
                  if (answer.statusCode() / 100 != 2) {
                    throw new CompletionException(new IOException(answer.body()));
                  }
                });
  }

  private void ask(String what, int times, String query) throws Exception {
    Times took = new Times();
    double cpuMs = cpuMs();
    long bytes = 0;
    for (int i = 0; i < times; i++) {
      long askedNs = clock.nanoTime();
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(base + "/query?db=bench&epoch=ms&chunked=true&q=" + encoded(query)))
              .header("Accept", "application/csv")
              .timeout(Duration.ofMinutes(5))
              .build();
      HttpResponse<InputStream> answer =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        if (answer.statusCode() != 200) {
          throw new IOException(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
        bytes = body.transferTo(OutputStream.nullOutputStream());
      }
      took.add((clock.nanoTime() - askedNs) / 1e6);
    }
    say(
        "InfluxDB, %s: %s, first %.0f ms; %,d bytes, %.0f ms of processor",
        what, took, took.first(), bytes, (cpuMs() - cpuMs) / times);
  }

  /** Processor time of the server so far. */
  private double cpuMs() {
    return server.info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
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
