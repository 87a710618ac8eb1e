package io.deungdae.simulators.xgt;

import io.deungdae.simulators.trouble.Trouble;
import io.deungdae.simulators.trouble.Troubles;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One client's connection: frames with the company header (XGL-EFMF manual §7.1.1) in, answers out.
 * Ends when the client hangs up, sends a length that cannot be, or is quiet for ten minutes.
 */
final class XgtConnection implements AutoCloseable {

  private static final int QUIET_MS = 600_000;
  private static final int HEADER = 20;
  private static final int LONGEST = 2048;
  private static final byte[] XGT = "LSIS-XGT\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] GLOFA = "LGIS-GLOFA".getBytes(StandardCharsets.US_ASCII);
  private static final int CLIENT = 0x33;
  private static final int PLC = 0x11;
  private static final int UNKNOWN_ERROR = 0x0BAD;

  private final Socket socket;
  private final XgtServer server;
  private final Lock sending = new ReentrantLock();

  XgtConnection(Socket socket, XgtServer server) {
    this.socket = socket;
    this.server = server;
  }

  /** Serves until the connection ends. */
  void run() {
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(QUIET_MS);
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      while (exchange(in)) {
        // one request after the other
      }
    } catch (IOException e) {
      // the client is gone; that is its right
    }
  }

  private boolean exchange(DataInputStream in) throws IOException {
    byte[] header = new byte[HEADER];
    in.readFully(header);
    int length = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getShort(16) & 0xFFFF;
    if (length > LONGEST) {
      return false;
    }
    byte[] request = new byte[length];
    in.readFully(request);
    server.counted();
    return reply(header, request);
  }

  private boolean reply(byte[] header, byte[] request) throws IOException {
    Troubles troubles = server.troubles();
    if (troubles.on(Trouble.HANG_UP)) {
      return false;
    }
    if (troubles.on(Trouble.SILENT)) {
      return true;
    }
    byte[] frame = frame(header, answer(header, request, troubles));
    if (troubles.on(Trouble.WRONG_ID)) {
      frame[14]++;
      frame[19]++;
    }
    if (troubles.on(Trouble.GARBAGE)) {
      frame = "HTTP/1.1 400 Bad Request".getBytes(StandardCharsets.US_ASCII);
    }
    if (troubles.on(Trouble.CUT)) {
      send(Arrays.copyOf(frame, frame.length - frame.length / 4));
      return false;
    }
    Duration after =
        troubles.on(Trouble.SLOW)
            ? Duration.ofMillis(Math.round(1000 * troubles.size(Trouble.SLOW)))
            : server.latency();
    send(frame, after);
    if (troubles.on(Trouble.TWICE)) {
      send(frame, after);
    }
    return true;
  }

  private byte[] answer(byte[] header, byte[] request, Troubles troubles) {
    int command = request.length < 2 ? 0 : request[0] & 0xFF;
    int type = request.length < 4 ? 0 : request[2] & 0xFF;
    if (troubles.on(Trouble.EXCEPTION)) {
      int code = (int) troubles.size(Trouble.EXCEPTION);
      return Instructions.refused(command, type, code == 0 ? UNKNOWN_ERROR : code);
    }
    int wrong = wrong(header);
    return wrong != 0
        ? Instructions.refused(command, type, wrong)
        : server.instructions().answer(request);
  }

  /** The error in a header, or 0. A checksum of 0 counts as left out. */
  private static int wrong(byte[] header) {
    byte[] company = Arrays.copyOf(header, XGT.length);
    boolean known = Arrays.equals(company, XGT) || Arrays.equals(company, GLOFA);
    if (!known || (header[13] & 0xFF) != CLIENT) {
      return Refusal.COMPANY;
    }
    return header[19] != 0 && header[19] != checksum(header) ? Refusal.CHECKSUM : 0;
  }

  private static byte checksum(byte[] header) {
    int sum = 0;
    for (int i = 0; i < HEADER - 1; i++) {
      sum += header[i] & 0xFF;
    }
    return (byte) sum;
  }

  private byte[] frame(byte[] request, byte[] answer) {
    byte[] frame = new byte[HEADER + answer.length];
    ByteBuffer out = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    boolean glofa = Arrays.equals(Arrays.copyOf(request, GLOFA.length), GLOFA);
    out.put(glofa ? GLOFA : XGT);
    out.putShort((short) server.model().plcInfo());
    out.put((byte) server.model().cpu());
    out.put((byte) PLC);
    out.put(request[14]).put(request[15]); // the request's number
    out.putShort((short) answer.length);
    out.put((byte) 0); // position: modules were seen to leave it out
    out.put(checksum(frame));
    out.put(answer);
    return frame;
  }

  private void send(byte[] frame, Duration after) throws IOException {
    if (after.isZero()) {
      send(frame);
      return;
    }
    try {
      var unused =
          server.timer().schedule(() -> later(frame), after.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      throw new IOException("server stopped", e);
    }
  }

  private void later(byte[] frame) {
    try {
      send(frame);
    } catch (IOException e) {
      // the client did not wait
    }
  }

  private void send(byte[] bytes) throws IOException {
    sending.lock();
    try {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    } finally {
      sending.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
