package io.deungdae.collector.driver.sparkplug;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deungdae.collector.driver.NodePackages;
import io.deungdae.collector.driver.RecordingSink;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The other side of Sparkplug in other people's code, Eclipse Tahu's for Node.js, in a process of
 * its own.
 */
public final class SparkplugPeer implements AutoCloseable {

  private static final Path FOLDER = Path.of("src/test/node/mqtt").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private SparkplugPeer(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "sparkplug-peer-output");
    reader.setDaemon(true);
    reader.start();
    RecordingSink.await(() -> lines.contains("READY"), () -> "the peer said " + lines);
  }

  /** Installs the peers if need be; skips the test where there is no npm. */
  public static void install() throws IOException, InterruptedException {
    NodePackages.install(FOLDER, "sparkplug-payload");
  }

  /** An edge node that tells nothing by itself. */
  public static SparkplugPeer edgeNode(int port, String group, String node, int bdSeq)
      throws IOException {
    return start("edge-node.js", "" + port, group, node, "" + bdSeq);
  }

  /** A host application that listens to a group. */
  public static SparkplugPeer host(int port, String group) throws IOException {
    return start("host.js", "" + port, group);
  }

  private static SparkplugPeer start(String script, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("node", script));
    command.addAll(List.of(arguments));
    return new SparkplugPeer(
        new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).start());
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("{")) {
          messages.add(JSON.readTree(line));
        } else {
          lines.add(line);
        }
      }
    } catch (IOException e) {
      lines.add("output ended: " + e);
    }
  }

  /** Has it do something, see the scripts. */
  public void tell(String order) {
    try {
      process
          .getOutputStream()
          .write((order.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it received. */
  public List<JsonNode> messages() {
    return messages;
  }

  /** Waits for a message. */
  public JsonNode await(Predicate<JsonNode> so) {
    AtomicReference<@Nullable JsonNode> found = new AtomicReference<>();
    RecordingSink.await(
        () -> {
          messages.stream().filter(so).findFirst().ifPresent(found::set);
          return found.get() != null;
        },
        () -> "the peer received " + messages + " and said " + lines);
    return java.util.Objects.requireNonNull(found.get());
  }

  /** Ends it without a farewell. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
