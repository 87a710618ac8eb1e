package io.deungdae.bench.kill;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A Modbus TCP server that counts the reads it answers: every pair of holding registers is the
 * number of the read as a uint32 (high word first), so that each number is told once. Reads only
 * (function 3).
 */
final class CountingPlc implements AutoCloseable {

  private static final int HEADER = 7;
  private static final int READ_HOLDING_REGISTERS = 3;

  private final ServerSocket server;
  private final List<Long> answeredNs = new ArrayList<>();
  private final List<Long> acceptedNs = new ArrayList<>();
  private final List<Socket> clients = new CopyOnWriteArrayList<>();

  CountingPlc() throws IOException {
    server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Reads answered so far. */
  synchronized int reads() {
    return answeredNs.size();
  }

  /** When a read was answered, on the monotonic clock; reads count from 1. */
  synchronized long answeredNs(int read) {
    return answeredNs.get(read - 1);
  }

  /** When the connection was made that a read came over. */
  synchronized long acceptedNs(int read) {
    return acceptedNs.get(read - 1);
  }

  private synchronized int next(long connectedNs) {
    answeredNs.add(System.nanoTime());
    acceptedNs.add(connectedNs);
    return answeredNs.size();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "plc");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        clients.add(socket);
        long connectedNs = System.nanoTime();
        daemon(() -> serve(socket, connectedNs));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket, long connectedNs) {
    byte[] request = new byte[260];
    byte[] answer = new byte[260];
    try (socket) {
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      while (true) {
        in.readFully(request, 0, HEADER);
        int length = ByteBuffer.wrap(request).getShort(4);
        in.readFully(request, HEADER, length - 1);
        socket.getOutputStream().write(answer, 0, answer(request, answer, connectedNs));
      }
    } catch (IOException e) {
      // the gateway was killed
    }
  }

  private int answer(byte[] request, byte[] answer, long connectedNs) {
    System.arraycopy(request, 0, answer, 0, HEADER + 1);
    ByteBuffer told = ByteBuffer.wrap(answer);
    if (request[HEADER] != READ_HOLDING_REGISTERS) {
      told.putShort(4, (short) 3).put(HEADER, (byte) (request[HEADER] | 0x80));
      told.put(HEADER + 1, (byte) 1); // illegal function
      return HEADER + 2;
    }
    int start = Short.toUnsignedInt(ByteBuffer.wrap(request).getShort(HEADER + 1));
    int count = Short.toUnsignedInt(ByteBuffer.wrap(request).getShort(HEADER + 3));
    int number = next(connectedNs);
    told.putShort(4, (short) (3 + 2 * count)).put(HEADER + 1, (byte) (2 * count));
    for (int i = 0; i < count; i++) {
      boolean high = (start + i) % 2 == 0;
      told.putShort(HEADER + 2 + 2 * i, (short) (high ? number >>> 16 : number));
    }
    return HEADER + 2 + 2 * count;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket client : clients) {
      client.close();
    }
  }
}
