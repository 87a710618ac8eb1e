package io.deungdae.collector.driver.modbus;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers reads of one register in RTU frames over TCP, as a serial device server does; register n
 * holds n. One answer is kept back and sent with the next, as a slow slave makes it happen.
 */
final class RtuServer implements AutoCloseable {

  private final ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  private final AtomicInteger connections = new AtomicInteger();
  private final int keptBack;
  private final AtomicInteger requests = new AtomicInteger();

  RtuServer(int keptBack) throws IOException {
    this.keptBack = keptBack;
    Thread thread = new Thread(this::serveAll, "rtu-server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  private void serveAll() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        connections.incrementAndGet();
        serve(new DataInputStream(socket.getInputStream()), socket.getOutputStream());
      } catch (IOException e) {
        // the next one
      }
    }
  }

  private void serve(DataInputStream in, OutputStream out) throws IOException {
    byte[] kept = new byte[0];
    while (true) {
      byte[] request = in.readNBytes(8);
      if (request.length < 8) {
        return;
      }
      byte[] answer = {request[0], request[1], 2, request[2], request[3], 0, 0};
      int checksum = checksum(answer, 5);
      answer[5] = (byte) checksum;
      answer[6] = (byte) (checksum >>> 8);
      if (requests.incrementAndGet() == keptBack) {
        kept = answer;
        continue;
      }
      out.write(kept);
      out.write(answer);
      kept = new byte[0];
    }
  }

  /** Modbus over Serial Line V1.02 §6.2.2, bit by bit. */
  private static int checksum(byte[] bytes, int length) {
    int sum = 0xFFFF;
    for (int i = 0; i < length; i++) {
      sum ^= bytes[i] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        sum = (sum & 1) == 0 ? sum >>> 1 : (sum >>> 1) ^ 0xA001;
      }
    }
    return sum;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
