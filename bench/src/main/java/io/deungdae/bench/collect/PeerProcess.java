package io.deungdae.bench.collect;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A collector of other people's in a process of its own. It collects and stores nothing. */
final class PeerProcess implements AutoCloseable {

  private static final Path SCRIPTS = Path.of("bench/peers/src/main/node").toAbsolutePath();

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private final String name;
  private final Process process;
  private volatile long values;

  private PeerProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    Thread reading = new Thread(this::count, "peer-output");
    reading.setDaemon(true);
    reading.start();
  }

  /**
   * Starts the peer for a protocol.
   *
   * @param memory of a Java machine, if it is one
   */
  static PeerProcess start(String protocol, String port, int tags, String memory)
      throws IOException {
    return switch (protocol) {
      case "modbus" -> new PeerProcess("Apache PLC4X", plc4x(port, tags, memory));
      case "opcua" ->
          new PeerProcess(
              "node-opcua", node("collector/src/test/node", "opcua-subscribe.js", port, "" + tags));
      case "mqtt" ->
          new PeerProcess(
              "MQTT.js", node("collector/src/test/node/mqtt", "mqtt-subscribe.js", port));
      default -> throw new IllegalArgumentException(protocol);
    };
  }

  private static Process plc4x(String port, int tags, String memory) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of(memory.split(" ")));
    command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("peers")));
    command.addAll(List.of("io.deungdae.bench.peers.Plc4xPoll", port, "" + tags));
    return started(new ProcessBuilder(command));
  }

  private static Process node(String modules, String script, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("node", SCRIPTS.resolve(script).toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("NODE_PATH", Path.of(modules, "node_modules").toAbsolutePath() + "");
    return started(builder);
  }

  private static Process started(ProcessBuilder builder) throws IOException {
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private void count() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (NUMBER.matcher(line).matches()) { // some greet with warnings
          values = Long.parseLong(line);
        }
      }
    } catch (IOException e) {
      // it has ended, which runs() tells
    }
  }

  /** What it is called. */
  String name() {
    return name;
  }

  /** How many values it has had; a second old at most. */
  long values() {
    return values;
  }

  /** False when it has ended, which it should not. */
  boolean runs() {
    return process.isAlive();
  }

  /** What it has cost so far. */
  ProcessFigures figures() {
    return new ProcessFigures(process.toHandle());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
