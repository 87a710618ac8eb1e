package io.deungdae.bench.collect;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;

/**
 * A Modbus TCP server for any unit whose every pair of holding registers is one float32 (high word
 * first) that counts the seconds since its start. Reads only (function 3). Prints its port; ends
 * with its standard input.
 */
final class ModbusSource {

  private static final int HEADER = 7;
  private static final int READ_HOLDING_REGISTERS = 3;

  private final long startNs = System.nanoTime();

  private ModbusSource() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    ModbusSource source = new ModbusSource();
    Thread accepting = new Thread(() -> source.accept(server), "accept");
    accepting.setDaemon(true);
    accepting.start();
    System.out.println(server.getLocalPort());
    System.in.transferTo(OutputStream.nullOutputStream());
  }

  private void accept(ServerSocket server) {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread serving = new Thread(() -> serve(socket), "serve");
        serving.setDaemon(true);
        serving.start();
      }
    } catch (IOException e) {
      throw new IllegalStateException("the server's port is gone", e);
    }
  }

  private void serve(Socket socket) {
    byte[] request = new byte[260];
    byte[] answer = new byte[260];
    try (socket) {
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      while (true) {
        in.readFully(request, 0, HEADER);
        int length = ByteBuffer.wrap(request).getShort(4);
        in.readFully(request, HEADER, length - 1);
        socket.getOutputStream().write(answer, 0, answer(request, answer));
      }
    } catch (EOFException | SocketException e) {
      // the client has gone
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private long seconds() {
    return (System.nanoTime() - startNs) / 1_000_000_000L;
  }

  private int answer(byte[] request, byte[] answer) {
    System.arraycopy(request, 0, answer, 0, HEADER + 1);
    ByteBuffer asked = ByteBuffer.wrap(request);
    ByteBuffer told = ByteBuffer.wrap(answer);
    if (request[HEADER] != READ_HOLDING_REGISTERS) {
      told.putShort(4, (short) 3).put(HEADER, (byte) (request[HEADER] | 0x80));
      told.put(HEADER + 1, (byte) 1); // illegal function
      return HEADER + 2;
    }
    int start = Short.toUnsignedInt(asked.getShort(HEADER + 1));
    int count = Short.toUnsignedInt(asked.getShort(HEADER + 3));
    int bits = Float.floatToIntBits((float) seconds());
    told.putShort(4, (short) (3 + 2 * count)).put(HEADER + 1, (byte) (2 * count));
    for (int i = 0; i < count; i++) {
      boolean high = (start + i) % 2 == 0;
      told.putShort(HEADER + 2 + 2 * i, (short) (high ? bits >>> 16 : bits));
    }
    return HEADER + 2 + 2 * count;
  }
}
