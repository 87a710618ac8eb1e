package io.deungdae.collector.driver.modbus;

import io.deungdae.collector.driver.tls.TlsFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A TCP connection, in clear or inside TLS. */
final class TcpLine implements Line {

  private static final long NS_PER_MS = 1_000_000;

  private final String host;
  private final int port;
  private final Duration connectTimeout;
  private final @Nullable Tls tls;
  private @Nullable Socket socket;

  /**
   * What TLS needs. Modbus/TCP Security Protocol Specification v36.
   *
   * @param files certificates and key
   * @param verifyHost true when the device's certificate has to name the host
   */
  record Tls(TlsFiles files, boolean verifyHost) {}

  TcpLine(String host, int port, Duration connectTimeout, @Nullable Tls tls) {
    this.host = host;
    this.port = port;
    this.connectTimeout = connectTimeout;
    this.tls = tls;
  }

  @Override
  public void open() throws IOException {
    close();
    Socket plain = new Socket();
    socket = plain;
    plain.setTcpNoDelay(true);
    plain.setKeepAlive(true);
    plain.connect(new InetSocketAddress(host, port), (int) connectTimeout.toMillis());
    if (tls != null) {
      plain.setSoTimeout((int) connectTimeout.toMillis());
      socket = secured(plain, tls);
    }
  }

  private Socket secured(Socket plain, Tls with) throws IOException {
    try {
      SSLSocket secure =
          (SSLSocket) with.files().sockets().createSocket(plain, host, port, /* autoClose= */ true);
      if (with.verifyHost()) {
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // host name against certificate
        secure.setSSLParameters(parameters);
      }
      secure.startHandshake();
      return secure;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS: " + e.getMessage(), e);
    }
  }

  private Socket connected() throws IOException {
    Socket open = socket;
    if (open == null) {
      throw new IOException("not connected");
    }
    return open;
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    connected().getOutputStream().write(bytes);
  }

  @Override
  public int read(byte[] buffer, int from, long waitNs) throws IOException {
    Socket open = connected();
    if (waitNs <= 0 && open.getInputStream().available() == 0) {
      return 0;
    }
    open.setSoTimeout((int) Math.max(1, waitNs / NS_PER_MS));
    try {
      int count = open.getInputStream().read(buffer, from, buffer.length - from);
      if (count < 0) {
        throw new IOException("closed by the device");
      }
      return count;
    } catch (SocketTimeoutException e) {
      return 0;
    }
  }

  @Override
  public long carryNs(int bytes) {
    return 0;
  }

  @Override
  public boolean canHangUp() {
    return true;
  }

  @Override
  public void close() {
    Socket open = socket;
    socket = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // it is gone either way
      }
    }
  }
}
