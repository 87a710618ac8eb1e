package io.deungdae.bench.forward;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A receiver without a limit of its own, in a process of its own: takes writes over HTTP, counts
 * the lines in them, and answers 204 when it has read them. A GET tells how many lines there were.
 */
public final class Blackhole {

  private static final int BUFFER = 256 * 1024;
  private static final byte[] TAKEN =
      "HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final AtomicLong lines = new AtomicLong();

  private Blackhole() {}

  /** Prints its port and serves until it is ended. */
  public static void main(String[] args) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      System.out.println(server.getLocalPort());
      Blackhole hole = new Blackhole();
      while (true) {
        Socket socket = server.accept();
        Thread thread = new Thread(() -> hole.serve(socket), "connection");
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      byte[] buffer = new byte[BUFFER];
      String request = line(in);
      while (!request.isEmpty()) {
        long length = length(in);
        read(in, length, buffer);
        answer(socket.getOutputStream(), request);
        request = line(in);
      }
    } catch (IOException e) {
      System.err.println("connection ended: " + e); // the client's business
    }
  }

  private static long length(InputStream in) throws IOException {
    long length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Long.parseLong(header.substring("content-length:".length()).strip());
      }
    }
    return length;
  }

  private void read(InputStream in, long length, byte[] buffer) throws IOException {
    long left = length;
    long ends = 0;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new IOException("cut off");
      }
      for (int i = 0; i < read; i++) {
        ends += buffer[i] == '\n' ? 1 : 0;
      }
      left -= read;
    }
    lines.addAndGet(ends);
  }

  private void answer(OutputStream out, String request) throws IOException {
    if (request.startsWith("GET")) {
      String count = Long.toString(lines.get());
      out.write(
          ("HTTP/1.1 200 OK\r\nContent-Length: " + count.length() + "\r\n\r\n" + count)
              .getBytes(StandardCharsets.US_ASCII));
    } else {
      out.write(TAKEN);
    }
    out.flush();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
