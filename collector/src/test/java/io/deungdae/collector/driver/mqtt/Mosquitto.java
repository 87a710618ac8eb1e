package io.deungdae.collector.driver.mqtt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deungdae.collector.driver.RecordingSink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A broker of other people's in a process of its own; skips the test where it is not installed. */
public final class Mosquitto implements AutoCloseable {

  private final Path folder;
  private final int port;
  private Process process;

  private Mosquitto(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /** Starts one that lets everybody in. */
  public static Mosquitto start(Path folder) throws IOException {
    return start(folder, "allow_anonymous true");
  }

  /** Starts one with more lines in its configuration. */
  public static Mosquitto start(Path folder, String more) throws IOException {
    int port = freePort();
    Path persistence = Files.createDirectories(folder.resolve("mosquitto"));
    Files.writeString(
        folder.resolve("mosquitto.conf"),
        "listener "
            + port
            + " 127.0.0.1\npersistence true\npersistence_location "
            + persistence
            + "/\n"
            + (System.getProperty("user.name").equals("root") ? "user root\n" : "")
            + more
            + "\n");
    Mosquitto broker = new Mosquitto(folder, port, run(folder));
    broker.awaitUp();
    return broker;
  }

  private static Process run(Path folder) throws IOException {
    String program =
        Stream.of("/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto")
            .filter(path -> Files.isExecutable(Path.of(path)))
            .findFirst()
            .orElse("");
    assumeTrue(!program.isEmpty(), "mosquitto is not installed");
    return new ProcessBuilder(List.of(program, "-c", folder.resolve("mosquitto.conf").toString()))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("mosquitto.log").toFile())
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private void awaitUp() {
    RecordingSink.await(this::isUp, () -> "mosquitto does not listen: " + log());
  }

  private boolean isUp() {
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("mosquitto.log"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Where it listens, on loopback. */
  public int port() {
    return port;
  }

  /** Ends it in good order: it saves what it keeps for its clients. */
  public void stop() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts it again on the same port. */
  public void startAgain() throws IOException {
    process = run(folder);
    awaitUp();
  }

  /** Starts it again with nothing of what it had kept. */
  public void startAnew() throws IOException {
    try (Stream<Path> kept = Files.list(folder.resolve("mosquitto"))) {
      for (Path file : kept.toList()) {
        Files.delete(file);
      }
    }
    startAgain();
  }

  /** Publishes, each message acknowledged by the broker before the next. */
  public void publish(String topic, boolean retained, String... payloads) {
    publish(1, retained, topic, Stream.of(payloads).map(Mosquitto::bytes).toList());
  }

  /** The same with another quality of service, and not retained. */
  void publish(int qos, String topic, String... payloads) {
    publish(qos, false, topic, Stream.of(payloads).map(Mosquitto::bytes).toList());
  }

  /** Publishes what is no text. */
  public void publishBytes(String topic, byte[] payload) {
    publish(1, false, topic, List.of(payload));
  }

  /** The same of several, one after the other. */
  public void publishBytes(String topic, List<byte[]> payloads) {
    publish(1, false, topic, payloads);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void publish(int qos, boolean retained, String topic, List<byte[]> payloads) {
    try (MqttClient client =
        new MqttClient("tcp://127.0.0.1:" + port, "publisher", new MemoryPersistence())) {
      MqttConnectOptions options = new MqttConnectOptions();
      options.setCleanSession(true);
      options.setMaxInflight(65_535); // the client wakes us a moment before it counts an answer
      client.connect(options);
      for (byte[] payload : payloads) {
        client.publish(topic, payload, qos, retained);
      }
      client.disconnect();
    } catch (MqttException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
