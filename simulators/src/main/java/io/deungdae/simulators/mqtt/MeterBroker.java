package io.deungdae.simulators.mqtt;

import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Properties;

/**
 * An MQTT 3.1.1 broker in this process, on the loopback interface, for anybody who reaches it
 * there; keeps nothing on disk. Serves from construction to {@link #close}.
 */
public final class MeterBroker implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final int TRIES = 10;

  private final Server server;
  private final int port;
  private boolean closed;

  /**
   * Starts serving.
   *
   * @param port TCP port; 0 is any free one
   * @throws IOException when the port is taken
   */
  public static MeterBroker start(int port) throws IOException {
    return port == 0 ? anywhere() : new MeterBroker(serve(port), port);
  }

  private MeterBroker(Server server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * A broker on any free port. The port is chosen here, because the broker keeps the one it bound
   * to in a {@code HashMap} that two threads may not use: whoever asks while it starts gets a
   * {@code ConcurrentModificationException}, or never the port.
   */
  private static MeterBroker anywhere() throws IOException {
    for (int i = 1; ; i++) {
      try {
        return start(free());
      } catch (IOException e) {
        if (i == TRIES) {
          throw e;
        }
      }
    }
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Server serve(int port) throws IOException {
    Properties settings = new Properties();
    settings.setProperty(IConfig.HOST_PROPERTY_NAME, HOST);
    settings.setProperty(IConfig.PORT_PROPERTY_NAME, Integer.toString(port));
    settings.setProperty(IConfig.WEB_SOCKET_PORT_PROPERTY_NAME, "disabled");
    settings.setProperty(IConfig.ALLOW_ANONYMOUS_PROPERTY_NAME, "true");
    settings.setProperty("allow_zero_byte_client_id", "true");
    settings.setProperty(IConfig.PERSISTENCE_ENABLED_PROPERTY_NAME, "false");
    settings.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
    Server server = new Server();
    try {
      server.startServer(new MemoryConfig(settings));
      return server;
    } catch (RuntimeException e) {
      throw new IOException("cannot start the MQTT broker on port " + port, e);
    }
  }

  /** The TCP port. */
  public int port() {
    return port;
  }

  /** Where clients connect to, e.g. {@code tcp://127.0.0.1:1883}. */
  public String url() {
    return "tcp://" + HOST + ":" + port;
  }

  /** Disconnects everybody. Harmless the second time. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      server.stopServer();
    }
  }
}
