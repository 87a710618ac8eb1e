package io.deungdae.bench.collect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Many nodes over OPC UA: a subscription on a session of its own for each 25,000 tags. */
final class OpcUaLoad implements Load {

  private static final int TAGS_OF_ONE = 25_000;

  private final int tags;
  private final Process server;
  private final String port;

  OpcUaLoad(int tags) throws IOException {
    this.tags = tags;
    this.server = start(tags);
    this.port = server.inputReader().readLine();
  }

  /** Starts a source in a process of its own; its first line is its port. */
  static Process start(int tags) throws IOException {
    List<String> command = GatewayProcess.java("-Xmx768m");
    command.add(OpcUaSource.class.getName());
    command.add(Integer.toString(tags));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  @Override
  public Path site(Path folder) throws IOException {
    StringBuilder csv = new StringBuilder("tag,device,address\n");
    StringBuilder devices = new StringBuilder("devices:\n");
    for (int i = 0; i < tags; i++) {
      int device = i / TAGS_OF_ONE;
      if (i % TAGS_OF_ONE == 0) {
        devices.append(
            "  - {name: plc%d, protocol: opcua, opcua: {endpoint: 'opc.tcp://127.0.0.1:%s', security: none, timeout: 20s}}%n"
                .formatted(device, port));
      }
      csv.append("t%d,plc%d,ns=2;s=t%d sampling=500ms%n".formatted(i, device, i));
    }
    return Sites.write(folder, devices.toString(), csv.toString());
  }

  @Override
  public boolean numbersMustBeWhole() {
    return true; // the server looks twice a second at what changes once
  }

  @Override
  public void close() {
    server.destroy();
  }
}
