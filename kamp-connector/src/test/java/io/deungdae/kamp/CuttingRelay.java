package io.deungdae.kamp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A line between client and server that breaks after so many bytes from the client. */
final class CuttingRelay implements AutoCloseable {

  private final ServerSocket server;
  private final int target;
  private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  CuttingRelay(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Breaks every connection after so many more bytes from the client. */
  void breakAfter(long bytes) {
    left.set(bytes);
  }

  /** Works again. */
  void heal() {
    left.set(Long.MAX_VALUE);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (left.get() <= 0) {
          client.close();
          continue;
        }
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
        threads.execute(() -> pump(client, upstream, true));
        threads.execute(() -> pump(upstream, client, false));
      } catch (IOException e) {
        // closed, or a client gone before it was served: the next one is waited for
      }
    }
  }

  private void pump(Socket from, Socket to, boolean counted) {
    byte[] buffer = new byte[1 << 14];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (counted && left.addAndGet(-n) <= 0) {
          return;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // the line is cut: that is what it is for
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
