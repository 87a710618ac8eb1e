package io.deungdae.collector.driver.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes the one socket of a connection, and acknowledges on it. */
final class BrokerSockets extends SocketFactory {

  private final BrokerSettings settings;
  private final @Nullable SSLSocketFactory tls;
  private volatile @Nullable BrokerSocket made;

  private BrokerSockets(BrokerSettings settings, @Nullable SSLSocketFactory tls) {
    this.settings = settings;
    this.tls = tls;
  }

  /** Sockets to the broker, encrypted where its address says so. */
  static BrokerSockets of(BrokerSettings settings) throws IOException, GeneralSecurityException {
    return new BrokerSockets(settings, settings.encrypted() ? settings.tls().sockets() : null);
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
    BrokerSocket socket = new BrokerSocket(settings, tls);
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
