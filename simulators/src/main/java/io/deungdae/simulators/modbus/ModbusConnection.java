package io.deungdae.simulators.modbus;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One client's connection: frames with the MBAP header (Modbus Messaging on TCP/IP V1.0b, 3.1.3)
 * in, answers out, one after the other. Ends on the first malformed header, when the client hangs
 * up, or after ten quiet minutes.
 */
final class ModbusConnection implements AutoCloseable {

  private static final int QUIET_MS = 600_000;
  private static final int LATE_MS = 2000;
  private static final int LONGEST = 253;

  private final Socket socket;
  private final PlantRegisters registers;
  private final Supplier<Misbehaviour> misbehaviour;

  ModbusConnection(Socket socket, PlantRegisters registers, Supplier<Misbehaviour> misbehaviour) {
    this.socket = socket;
    this.registers = registers;
    this.misbehaviour = misbehaviour;
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
    Misbehaviour trouble = misbehaviour.get();
    if (trouble == Misbehaviour.LATE) {
      TimeUnit.MILLISECONDS.sleep(LATE_MS);
    }
    int number = trouble == Misbehaviour.WRONG_TRANSACTION ? transaction + 1 : transaction;
    if (trouble != Misbehaviour.SILENT && trouble != Misbehaviour.HANG_UP) {
      out.write(frame(number, unit, answer(request, trouble)));
    }
    return trouble != Misbehaviour.HANG_UP;
  }

  private byte[] answer(byte[] request, Misbehaviour trouble) {
    return trouble == Misbehaviour.BUSY
        ? Refusal.answer(request[0] & 0x7F, Refusal.BUSY)
        : registers.answer(request);
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
