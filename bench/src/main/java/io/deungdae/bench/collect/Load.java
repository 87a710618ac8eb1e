package io.deungdae.bench.collect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A source of signals, in processes of its own, and the site that collects them. Every tag is
 * called {@code t} and a number, changes once a second, and counts up by one.
 */
interface Load extends AutoCloseable {

  /**
   * Writes {@code site.yaml} and {@code tags.csv}.
   *
   * @return the settings file
   */
  Path site(Path folder) throws IOException;

  /** Where it is reached, on loopback. */
  String port();

  /** Called when the gateway has started: what has to be sent is sent from now on. */
  default void begin(int seconds) throws IOException {}

  /** True when the source itself decides what arrives, so that every number must have arrived. */
  boolean numbersMustBeWhole();

  @Override
  void close() throws IOException;

  /** A load by name: modbus, opcua, mqtt. */
  static Load of(String protocol, int tags, int values, Path folder) throws IOException {
    return switch (protocol) {
      case "modbus" -> new ModbusLoad(tags);
      case "opcua" -> new OpcUaLoad(tags);
      case "mqtt" -> new MqttLoad(tags, values, folder);
      default -> throw new IllegalArgumentException(protocol + " is none of modbus, opcua, mqtt");
    };
  }

  /** Many registers over Modbus TCP; a connection for each 25,000 tags. */
  final class ModbusLoad implements Load {
    private static final int TAGS_OF_ONE = 25_000;

    private final int tags;
    private final Process server;
    private final String port;

    ModbusLoad(int tags) throws IOException {
      this.tags = tags;
      List<String> command = GatewayProcess.java("-Xmx64m");
      command.add(ModbusSource.class.getName());
      this.server =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      this.port = server.inputReader().readLine();
    }

    @Override
    public Path site(Path folder) throws IOException {
      StringBuilder csv = new StringBuilder("tag,device,address,type\n");
      StringBuilder devices = new StringBuilder("devices:\n");
      for (int i = 0; i < tags; i++) {
        int device = i / TAGS_OF_ONE;
        if (i % TAGS_OF_ONE == 0) {
          devices.append(
              "  - {name: plc%d, protocol: modbus, modbus: {host: 127.0.0.1, port: %s, unit: %d}}%n"
                  .formatted(device, port, device + 1));
        }
        csv.append("t%d,plc%d,hr:%d,float32%n".formatted(i, device, 2 * (i % TAGS_OF_ONE)));
      }
      return Sites.write(folder, devices.toString(), csv.toString());
    }

    @Override
    public String port() {
      return port;
    }

    @Override
    public boolean numbersMustBeWhole() {
      return false; // two clocks of a second each: now and then a number is seen twice, or passed
    }

    @Override
    public void close() {
      server.destroy();
    }
  }

  /** Many doubles over OPC UA, in one subscription. */
  final class OpcUaLoad implements Load {
    private final int tags;
    private final Process server;
    private final String port;

    OpcUaLoad(int tags) throws IOException {
      this.tags = tags;
      List<String> command = GatewayProcess.java("-Xmx1g");
      command.add(OpcUaPlant.class.getName());
      command.add(Integer.toString(tags));
      this.server =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      this.port = server.inputReader().readLine();
    }

    @Override
    public Path site(Path folder) throws IOException {
      StringBuilder csv = new StringBuilder("tag,device,address\n");
      for (int i = 0; i < tags; i++) {
        csv.append("t%d,plc,ns=2;s=t%d sampling=500ms%n".formatted(i, i));
      }
      String devices =
          """
          devices:
            - name: plc
              protocol: opcua
              opcua: {endpoint: "opc.tcp://127.0.0.1:%s", security: none}
          """
              .formatted(port);
      return Sites.write(folder, devices, csv.toString());
    }

    @Override
    public String port() {
      return port;
    }

    @Override
    public boolean numbersMustBeWhole() {
      return true;
    }

    @Override
    public void close() {
      server.destroy();
    }
  }

  /** Many topics over mosquitto. */
  final class MqttLoad implements Load {
    private static final String MOSQUITTO = "/usr/sbin/mosquitto";

    private final int tags;
    private final int values;
    private final int port;
    private final Process broker;
    private final List<Process> publishers = new ArrayList<>();

    MqttLoad(int tags, int values, Path folder) throws IOException {
      this.tags = tags;
      this.values = values;
      try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        this.port = probe.getLocalPort();
      }
      Path settings =
          Files.writeString(
              folder.resolve("mosquitto.conf"),
              """
              listener %d 127.0.0.1
              allow_anonymous true
              max_inflight_messages 0
              max_queued_messages 0
              """
                  .formatted(port));
      this.broker =
          new ProcessBuilder(MOSQUITTO, "-c", settings.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("mosquitto.log").toFile())
              .start();
    }

    @Override
    public Path site(Path folder) throws IOException {
      StringBuilder csv = new StringBuilder("tag,device,address\n");
      for (int i = 0; i < tags; i++) {
        csv.append("t%d,broker,bench/%d#v%d%n".formatted(i, i / values, i % values));
      }
      String devices =
          """
          devices:
            - name: broker
              protocol: mqtt
              mqtt: {broker: "tcp://127.0.0.1:%d", time: ts, inFlight: 10000}
          """
              .formatted(port);
      return Sites.write(folder, devices, csv.toString());
    }

    @Override
    public void begin(int seconds) throws IOException {
      List<String> command = GatewayProcess.java("-Xmx64m");
      command.add(MqttSource.class.getName());
      for (int argument : new int[] {port, tags / values, values, seconds}) {
        command.add(Integer.toString(argument));
      }
      publishers.add(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    @Override
    public String port() {
      return Integer.toString(port);
    }

    @Override
    public boolean numbersMustBeWhole() {
      return true;
    }

    @Override
    public void close() throws IOException {
      publishers.forEach(Process::destroy);
      try {
        for (Process publisher : publishers) {
          if (!publisher.waitFor(10, TimeUnit.SECONDS)) { // before its broker, or it cries
            throw new IOException("the publisher did not stop");
          }
        }
        broker.destroy();
        if (!broker.waitFor(10, TimeUnit.SECONDS)) {
          throw new IOException("mosquitto did not stop");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
