package io.deungdae.collector.driver.modbus;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on bare sockets that reads each request properly and answers as badly as told. Register
 * n holds n.
 */
final class RudeServer implements AutoCloseable {

  /** How to answer. */
  interface Manners {
    /**
     * Answers one request.
     *
     * @param number requests so far on all connections, from 0
     * @param frame the request, with its header
     * @param out where the answer goes
     * @return false to hang up
     */
    boolean answer(int number, byte[] frame, OutputStream out) throws IOException;
  }

  private final ServerSocket listener;
  private final Manners manners;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  RudeServer(Manners manners) throws IOException {
    this.manners = manners;
    this.listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    daemon(this::acceptAll);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "rude-server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  int requests() {
    return requests.get();
  }

  int connections() {
    return connections.get();
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        connections.incrementAndGet();
        daemon(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      while (true) {
        byte[] header = in.readNBytes(6);
        if (header.length < 6) {
          return;
        }
        int length = (header[4] & 0xFF) << 8 | (header[5] & 0xFF);
        byte[] frame = new byte[6 + length];
        System.arraycopy(header, 0, frame, 0, 6);
        in.readFully(frame, 6, length);
        if (!manners.answer(requests.getAndIncrement(), frame, socket.getOutputStream())) {
          return;
        }
      }
    } catch (IOException e) {
      // the client has gone
    }
  }

  /** The proper answer to a read of registers. */
  static byte[] properly(byte[] frame) {
    int start = (frame[8] & 0xFF) << 8 | (frame[9] & 0xFF);
    int count = (frame[10] & 0xFF) << 8 | (frame[11] & 0xFF);
    byte[] answer = new byte[9 + 2 * count];
    System.arraycopy(frame, 0, answer, 0, 8);
    answer[4] = (byte) ((3 + 2 * count) >>> 8);
    answer[5] = (byte) (3 + 2 * count);
    answer[8] = (byte) (2 * count);
    for (int i = 0; i < count; i++) {
      answer[9 + 2 * i] = (byte) ((start + i) >>> 8);
      answer[10 + 2 * i] = (byte) (start + i);
    }
    return answer;
  }

  /** A refusal. */
  static byte[] exception(byte[] frame, int code) {
    byte[] answer = new byte[9];
    System.arraycopy(frame, 0, answer, 0, 8);
    answer[4] = 0;
    answer[5] = 3;
    answer[7] |= (byte) 0x80;
    answer[8] = (byte) code;
    return answer;
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
