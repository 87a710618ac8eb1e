package io.deungdae.control.trial;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Mosquitto in a process of its own; skips the test where it is not installed. */
final class MosquittoBroker implements AutoCloseable {

  private static final String CONFIGURATION =
      """
      listener %d 127.0.0.1
      allow_anonymous true
      persistence false
      max_queued_messages 0
      """;

  private final int port;
  private final Process process;

  MosquittoBroker(Path folder) throws Exception {
    String program =
        Stream.of("/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto")
            .filter(path -> Files.isExecutable(Path.of(path)))
            .findFirst()
            .orElse("");
    assumeTrue(!program.isEmpty(), "mosquitto is not installed");
    port = freePort();
    Path settings = folder.resolve("mosquitto.conf");
    Files.writeString(settings, CONFIGURATION.formatted(port));
    process =
        new ProcessBuilder(List.of(program, "-c", settings.toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto.log").toFile())
            .start();
    Await.until("mosquitto listens", Duration.ofSeconds(10), () -> listens(port));
  }

  /** A port that nobody has just now. */
  static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private static boolean listens(int port) {
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  String url() {
    return "tcp://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
