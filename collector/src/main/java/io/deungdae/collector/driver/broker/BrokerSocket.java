package io.deungdae.collector.driver.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A socket to a broker, TLS included. It reads ahead, since the library reads byte by byte, and
 * lets us write acknowledgements between what the library writes.
 */
final class BrokerSocket extends Socket {

  private static final int READ_AHEAD = 64 * 1024;

  private final BrokerSettings settings;
  private final @Nullable SSLSocketFactory tls;
  private final BooleanSupplier full;
  private final Socket plain = new Socket();
  private volatile Socket top = plain;
  private volatile @Nullable Receipts receipts;
  private @Nullable InputStream in;

  BrokerSocket(BrokerSettings settings, @Nullable SSLSocketFactory tls, BooleanSupplier full) {
    this.full = full;
    this.settings = settings;
    this.tls = tls;
  }

  @Override
  public void connect(SocketAddress address, int timeoutMs) throws IOException {
    plain.connect(address, timeoutMs);
    plain.setTcpNoDelay(true);
    if (tls != null) {
      plain.setSoTimeout((int) settings.timeout().toMillis());
      top = secured(tls);
      plain.setSoTimeout(0);
    }
    in =
        new Incoming(
            new ReadAhead(top.getInputStream(), full),
            settings.longestMessage(),
            settings.version());
    receipts = new Receipts(top.getOutputStream());
  }

  private Socket secured(SSLSocketFactory factory) throws IOException {
    SSLSocket socket =
        (SSLSocket) factory.createSocket(plain, settings.host(), settings.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate is that host's
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /** What is written. */
  Receipts receipts() throws IOException {
    Receipts stream = receipts;
    if (stream == null) {
      throw new IOException("not connected");
    }
    return stream;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    InputStream stream = in;
    if (stream == null) {
      throw new IOException("not connected");
    }
    return stream;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return receipts();
  }

  /**
   * Does nothing: the library would lose the first byte of a message whose second comes a second
   * later. Keep-alives find a dead connection, closing ends a read.
   */
  @Override
  public void setSoTimeout(int timeoutMs) {}

  @Override
  public boolean isConnected() {
    return plain.isConnected();
  }

  @Override
  public boolean isClosed() {
    return plain.isClosed();
  }

  @Override
  public void close() throws IOException {
    try {
      plain.close(); // a reader that waits inside TLS holds a lock that closing it would want
    } finally {
      super.close();
    }
  }

  /**
   * Reads ahead, and tells what is there without asking the system. While there is no room for more
   * it waits, and so does the broker. Read by one thread.
   */
  private static final class ReadAhead extends InputStream {

    private static final long PAUSE_NS = 2_000_000L;

    private final InputStream in;
    private final BooleanSupplier full;
    private final byte[] buffer = new byte[READ_AHEAD];
    private int from;
    private int to;

    ReadAhead(InputStream in, BooleanSupplier full) {
      this.full = full;
      this.in = in;
    }

    private boolean filled() throws IOException {
      if (from == to) {
        while (full.getAsBoolean()) { // not for ever: the keep-alive ends it
          LockSupport.parkNanos(this, PAUSE_NS);
        }
        from = 0;
        to = Math.max(0, in.read(buffer, 0, buffer.length));
      }
      return from < to;
    }

    @Override
    public int read() throws IOException {
      return filled() ? buffer[from++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int off, int len) throws IOException {
      if (len == 0) {
        return 0;
      }
      if (!filled()) {
        return -1;
      }
      int number = Math.min(len, to - from);
      System.arraycopy(buffer, from, bytes, off, number);
      from += number;
      return number;
    }

    @Override
    public int available() {
      return to - from;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
