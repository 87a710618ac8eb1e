package io.deungdae.simulators.mqtt;

import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/**
 * An MQTT 3.1.1 broker in this process, on the loopback interface, for anybody who reaches it
 * there; keeps nothing on disk. Serves from construction to {@link #close}.
 */
public final class MeterBroker implements AutoCloseable {

  private static final String HOST = "127.0.0.1";

  private final Server server = new Server();
  private final int port;
  private boolean closed;

  /**
   * Starts serving.
   *
   * @param port TCP port, or 0 for any free one
   * @throws IOException when the port is taken
   */
  public MeterBroker(int port) throws IOException {
    Properties settings = new Properties();
    settings.setProperty(IConfig.HOST_PROPERTY_NAME, HOST);
    settings.setProperty(IConfig.PORT_PROPERTY_NAME, Integer.toString(port));
    settings.setProperty(IConfig.WEB_SOCKET_PORT_PROPERTY_NAME, "disabled");
    settings.setProperty(IConfig.ALLOW_ANONYMOUS_PROPERTY_NAME, "true");
    settings.setProperty("allow_zero_byte_client_id", "true");
    settings.setProperty(IConfig.PERSISTENCE_ENABLED_PROPERTY_NAME, "false");
    settings.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
    try {
      server.startServer(new MemoryConfig(settings));
    } catch (RuntimeException e) {
      throw new IOException("cannot start the MQTT broker on port " + port, e);
    }
    this.port = port == 0 ? bound() : port;
  }

  /** The port it bound to, which the broker learns a moment after it has started. */
  private int bound() throws IOException {
    for (int i = 0; i < 500 && server.getPort() == 0; i++) {
      LockSupport.parkNanos(10_000_000);
    }
    if (server.getPort() == 0) {
      server.stopServer();
      throw new IOException("the MQTT broker does not tell its port");
    }
    return server.getPort();
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
