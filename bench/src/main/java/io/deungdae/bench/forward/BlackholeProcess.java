package io.deungdae.bench.forward;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/** A {@link Blackhole} in a process of its own. */
final class BlackholeProcess implements ReceiverProcess {

  private final Process process;
  private final String url;

  BlackholeProcess() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Blackhole.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    url = "http://127.0.0.1:" + process.inputReader().readLine();
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Lines it has taken. */
  long lines() throws IOException, InterruptedException {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return Long.parseLong(
        http.send(
                HttpRequest.newBuilder(URI.create(url)).GET().build(),
                HttpResponse.BodyHandlers.ofString())
            .body());
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
