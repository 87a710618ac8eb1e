package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.NodePackages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An OPC UA server of other people's, node-opcua, in a process of its own. */
final class NodeServer implements AutoCloseable {

  private static final Path FOLDER = Path.of("src/test/node").toAbsolutePath();

  private final Process process;
  private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final int port;

  private NodeServer(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "node-opcua-output");
    reader.setDaemon(true);
    reader.start();
    this.port = Integer.parseInt(ready().split(" ", -1)[1]);
  }

  private String ready() {
    boolean well = false;
    try {
      String line = expect("READY ");
      well = true;
      return line;
    } finally {
      if (!well) {
        powerCut();
      }
    }
  }

  /** Installs the server if need be; skips the test where there is no npm. */
  static void install() throws IOException, InterruptedException {
    NodePackages.install(FOLDER, "node-opcua");
  }

  /**
   * Starts a server.
   *
   * @param pki folder for its certificates
   * @param more more options, as JSON members, e.g. {@code "items":2000}; may be empty
   */
  static NodeServer start(Path pki, String more) throws IOException {
    String options =
        "{\"pki\":\"" + pki.toAbsolutePath() + "\"" + (more.isEmpty() ? "" : "," + more) + "}";
    return new NodeServer(
        new ProcessBuilder("node", "opcua-server.js", options)
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .start());
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("output ended: " + e);
    }
  }

  private String expect(String start) {
    StringBuilder seen = new StringBuilder();
    try {
      for (String line = next(); line != null; line = next()) {
        if (line.startsWith(start)) {
          return line;
        }
        seen.append(line).append('\n');
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("no " + start + "from the server; it said:\n" + seen);
  }

  private @org.jspecify.annotations.Nullable String next() throws InterruptedException {
    return lines.poll(120, TimeUnit.SECONDS);
  }

  int port() {
    return port;
  }

  String endpoint() {
    return "opc.tcp://localhost:" + port;
  }

  void tell(String command) {
    try {
      process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String ask(String command, String answer) {
    tell(command);
    return expect(answer).substring(answer.length()).strip();
  }

  /** Stops the process from running without ending it: connections stay, nothing is answered. */
  void freeze() {
    signal("-STOP");
  }

  void thaw() {
    signal("-CONT");
  }

  private void signal(String signal) {
    try {
      Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
      if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
        throw new AssertionError("kill " + signal + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    powerCut();
  }

  /** Ends the process at once. */
  void powerCut() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
