package io.deungdae.control.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The simulated plants of a demo: a process of their own, reached over sockets only. */
final class DemoPlants {

  private static final int START_TENTHS = 600;

  private final Path folder;
  private final double speed;
  private final int modbus = freePort(15020);
  private final int opcua = freePort(14840);
  private final int mqtt = freePort(11883);
  private final int s3 = freePort(19000);
  private final int control = freePort(15900);

  /**
   * Plants that keep their files in the folder; not started yet.
   *
   * @param speed how much faster than real time they run
   */
  DemoPlants(Path folder, double speed) throws IOException {
    this.folder = folder;
    this.speed = speed;
  }

  /** Starts them and waits until all servers answer. */
  Process start(Path log) throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of("serve", "--exit-with-parent", "--folder", folder.toString()));
    arguments.addAll(List.of("--speed", Double.toString(speed)));
    arguments.addAll(
        List.of(
            "--modbus-port", "" + modbus, "--opcua-port", "" + opcua, "--mqtt-port", "" + mqtt));
    arguments.addAll(List.of("--s3-port", "" + s3, "--control-port", "" + control));
    arguments.addAll(List.of("--remote-after", "5"));
    Process process =
        JavaProcess.simulators(arguments)
            .redirectOutput(log.toFile())
            .redirectErrorStream(true)
            .start();
    for (int i = 0; i < START_TENTHS; i++) {
      if (Files.exists(folder.resolve("ready.json"))) {
        return process;
      }
      if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    process.destroyForcibly();
    throw new IOException("the plants did not start; their log is " + log);
  }

  /** The settings that say where the servers of this run are. */
  Map<String, String> overrides() {
    Map<String, String> set = new LinkedHashMap<>();
    set.put("devices.furnace-plc.modbus.port", "" + modbus);
    set.put("devices.moulding-imm.opcua.endpoint", "opc.tcp://127.0.0.1:" + opcua + "/deungdae");
    set.put("devices.energy-meters.mqtt.broker", "tcp://127.0.0.1:" + mqtt);
    set.put("kamp.endpoint", "http://127.0.0.1:" + s3);
    set.put("kamp.accessKey", folder.resolve("s3-access-key").toString());
    set.put("kamp.secretKey", folder.resolve("s3-secret-key").toString());
    return set;
  }

  /** Makes something go wrong, as {@code deungdae fault start} does. */
  void startFault(String fault, double size) throws IOException, InterruptedException {
    fault("start", fault, "--size", Double.toString(size));
  }

  /** Ends it. */
  void stopFault(String fault) throws IOException, InterruptedException {
    fault("stop", fault);
  }

  private void fault(String... action) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("fault"));
    arguments.addAll(List.of(action));
    arguments.addAll(List.of("--folder", folder.toString()));
    Process process = JavaProcess.simulators(arguments).redirectErrorStream(true).start();
    String answer =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("the plants refused " + arguments + ": " + answer);
    }
  }

  /** The wanted port when it is free, else another. */
  static int freePort(int wanted) throws IOException {
    try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }
  }
}
