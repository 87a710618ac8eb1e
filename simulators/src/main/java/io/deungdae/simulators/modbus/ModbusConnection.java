package io.deungdae.simulators.modbus;

import io.deungdae.simulators.trouble.Trouble;
import io.deungdae.simulators.trouble.Troubles;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * One client's connection: frames with the MBAP header (Modbus Messaging on TCP/IP V1.0b, 3.1.3)
 * in, answers out, one after the other. Ends on the first malformed header, when the client hangs
 * up, or after ten quiet minutes.
 */
final class ModbusConnection implements AutoCloseable {

  private static final int QUIET_MS = 600_000;
  private static final int LONGEST = 253;

  private final Socket socket;
  private final PlantRegisters registers;
  private final Troubles troubles;

  ModbusConnection(Socket socket, PlantRegisters registers, Troubles troubles) {
    this.socket = socket;
    this.registers = registers;
    this.troubles = troubles;
  }

  /** Serves until the connection ends. */
  void run() {
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(QUIET_MS);
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      OutputStream out = socket.getOutputStream();
      while (exchange(in, out)) {
        // one request after the other
      }
    } catch (IOException e) {
      // the client is gone; that is its right
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean exchange(DataInputStream in, OutputStream out)
      throws IOException, InterruptedException {
    int transaction = in.readUnsignedShort();
    int protocol = in.readUnsignedShort();
    int length = in.readUnsignedShort() - 1;
    int unit = in.readUnsignedByte();
    if (protocol != 0 || length < 1 || length > LONGEST) {
      return false;
    }
    byte[] request = new byte[length];
    in.readFully(request);
    return reply(transaction, unit, request, out);
  }

  private boolean reply(int transaction, int unit, byte[] request, OutputStream out)
      throws IOException, InterruptedException {
    TimeUnit.MILLISECONDS.sleep(Math.round(1000 * troubles.size(Trouble.SLOW)));
    if (troubles.on(Trouble.HANG_UP)) {
      return false;
    }
    if (troubles.on(Trouble.SILENT)) {
      return true;
    }
    int number = troubles.on(Trouble.WRONG_ID) ? transaction + 1 : transaction;
    byte[] frame = frame(number, unit, answer(request));
    if (troubles.on(Trouble.GARBAGE)) {
      frame = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    }
    boolean cut = troubles.on(Trouble.CUT);
    out.write(frame, 0, cut ? frame.length / 2 : frame.length);
    if (troubles.on(Trouble.TWICE)) {
      out.write(frame);
    }
    return !cut;
  }

  private byte[] answer(byte[] request) {
    if (!troubles.on(Trouble.EXCEPTION)) {
      return registers.answer(request);
    }
    int code = (int) troubles.size(Trouble.EXCEPTION);
    return Refusal.answer(request[0] & 0x7F, code == 0 ? Refusal.BUSY : code);
  }

  private static byte[] frame(int transaction, int unit, byte[] answer) {
    return ByteBuffer.allocate(7 + answer.length)
        .putShort((short) transaction)
        .putShort((short) 0)
        .putShort((short) (1 + answer.length))
        .put((byte) unit)
        .put(answer)
        .array();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
