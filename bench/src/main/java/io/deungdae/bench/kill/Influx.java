package io.deungdae.bench.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
import java.util.concurrent.TimeUnit;

/** InfluxDB 1.x, as Debian has it, in a process of its own. */
final class Influx implements AutoCloseable {

  private static final String CONFIGURATION =
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
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final Process process;

  Influx(Path folder) throws IOException, InterruptedException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = probe.getLocalPort();
    }
    Files.createDirectories(folder);
    Path file = Files.writeString(folder.resolve("conf"), CONFIGURATION.formatted(folder, port));
    this.process =
        new ProcessBuilder("/usr/bin/influxd", "-config", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    awaitAnswer();
    send("POST", "/query?q=" + encoded("CREATE DATABASE plant"));
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    for (int attempt = 0; attempt < 300; attempt++) {
      try {
        send("GET", "/ping");
        return;
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    throw new IOException("influxd does not answer");
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** All good values of tags {@code t0} and on, and of {@code n0} and on. */
  Numbers numbers(int tags, int registers) throws IOException, InterruptedException {
    Numbers numbers = new Numbers();
    for (int i = 0; i < tags; i++) {
      read("t" + i, numbers);
    }
    for (int i = 0; i < registers; i++) {
      read("n" + i, numbers);
    }
    return numbers;
  }

  private void read(String tag, Numbers numbers) throws IOException, InterruptedException {
    String query = "SELECT value, quality FROM samples WHERE \"tag\"='" + tag + "'";
    String answer = send("GET", "/query?db=plant&epoch=ns&q=" + encoded(query), "application/csv");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new java.io.ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8))) {
      lines.readLine(); // name,tags,time,value,quality
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split(",", -1);
        if (cells.length == 5 && !cells[3].isEmpty() && Long.parseLong(cells[4]) < 100) {
          numbers.add(tag, (long) Double.parseDouble(cells[3]));
        }
      }
    }
  }

  /** Points of all tags. */
  long points() throws IOException, InterruptedException {
    String answer =
        send(
            "GET",
            "/query?db=plant&q=" + encoded("SELECT count(quality) FROM samples"),
            "application/csv");
    String last = answer.strip();
    String count = last.substring(last.lastIndexOf(',') + 1);
    return count.isEmpty() ? 0 : Long.parseLong(count);
  }

  private static String encoded(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  private String send(String method, String path) throws IOException, InterruptedException {
    return send(method, path, "application/json");
  }

  private String send(String method, String path, String accept)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(Duration.ofMinutes(2))
                .header("Accept", accept)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (process.waitFor(30, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    throw new IOException("influxd did not stop");
  }
}
