package io.deungdae.collector.driver.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes the one socket of a connection, and acknowledges on it. */
final class BrokerSockets extends SocketFactory {

  private final BrokerSettings settings;
  private final @Nullable SSLSocketFactory tls;
  private final BooleanSupplier full;
  private volatile @Nullable BrokerSocket made;

  private BrokerSockets(
      BrokerSettings settings, @Nullable SSLSocketFactory tls, BooleanSupplier full) {
    this.full = full;
    this.settings = settings;
    this.tls = tls;
  }

  /**
   * Sockets to the broker, encrypted where its address says so.
   *
   * @param full true while nothing more should be read
   */
  static BrokerSockets of(BrokerSettings settings, BooleanSupplier full)
      throws IOException, GeneralSecurityException {
    return new BrokerSockets(
        settings, settings.encrypted() ? settings.tls().sockets() : null, full);
  }

  /** Acknowledges messages in this order. */
  void acknowledge(List<Broker.Message> messages) throws IOException {
    BrokerSocket socket = made;
    if (socket == null) {
      throw new IOException("not connected");
    }
    socket.receipts().acknowledge(messages);
  }

  @Override
  public Socket createSocket() {
    BrokerSocket socket = new BrokerSocket(settings, tls, full);
    made = socket;
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
    throw new UnsupportedOperationException();
  }
}
