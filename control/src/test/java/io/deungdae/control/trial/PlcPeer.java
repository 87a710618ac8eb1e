package io.deungdae.control.trial;

import io.deungdae.collector.signal.Clock;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A small PLC behind Modbus TCP, written from the protocol's specification alone, that trusts
 * nobody: it numbers what is read, watches the heartbeat by itself, refuses setpoints unless it is
 * in REMOTE with a live heartbeat, falls back when the heartbeat stops, and keeps a record of every
 * setpoint that anybody tried to write, with what stood before.
 *
 * <p>Holding registers, 32-bit values low word first: 0 setpoint, 2 process value, 4 number of the
 * reading, 6 heartbeat, 8 not-a-number. Discrete inputs: 0 REMOTE, 1 heartbeat seen, 2 interlock.
 */
final class PlcPeer implements AutoCloseable {

  static final long WATCHDOG_NS = 2_000_000_000L;
  static final float FALLBACK = 40;
  private static final int SETPOINT = 0;
  private static final int PROCESS_VALUE = 2;
  private static final int NUMBER = 4;
  private static final int HEARTBEAT = 6;
  private static final int NOT_A_NUMBER = 8;

  private final Clock clock = Clock.system();
  private final ServerSocket server;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final List<Write> writes = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final short[] registers = new short[16];
  private boolean remote = true;
  private boolean beating;
  private long beatNs;
  private long changedNs;
  private long sheds;
  private long readings;
  private long connections;
  private long beats;
  private int life;

  /**
   * A setpoint that somebody tried to write.
   *
   * @param life which start of the gateway it came from
   * @param value what was written
   * @param before what stood before
   * @param permitted whether the PLC was in REMOTE with a live heartbeat
   * @param sinceNs for how long it had been so
   */
  record Write(int life, float value, float before, boolean permitted, long sinceNs) {}

  /** A PLC in REMOTE with its setpoint at 50. */
  PlcPeer() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    put(SETPOINT, 50f);
    put(NOT_A_NUMBER, Float.NaN);
    daemon("plc", this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** From now on a further start of the gateway writes. */
  void nextLife() {
    locked(() -> ++life);
  }

  List<Write> writes() {
    return List.copyOf(writes);
  }

  /** The setpoint in force. */
  float setpoint() {
    return locked(() -> value(SETPOINT));
  }

  /** True while the heartbeat is alive. */
  boolean heartbeatAlive() {
    return locked(() -> beating);
  }

  /** How often it fell back because the heartbeat stopped. */
  long sheds() {
    return locked(() -> sheds);
  }

  /** How many beats it has seen. */
  long beats() {
    return locked(() -> beats);
  }

  /** How often somebody has connected. */
  long connections() {
    return locked(() -> connections);
  }

  /** How often the number has been read. */
  long readings() {
    return locked(() -> readings);
  }

  /** The operator turns the key. */
  void turnKey(boolean toRemote) {
    locked(
        () -> {
          remote = toRemote;
          changedNs = clock.nanoTime();
          return remote;
        });
  }

  private interface Part<T> {
    T run();
  }

  private <T> T locked(Part<T> part) {
    lock.lock();
    try {
      watch();
      return part.run();
    } finally {
      lock.unlock();
    }
  }

  // ---- the PLC's program

  private void watch() {
    if (beating && clock.nanoTime() - beatNs > WATCHDOG_NS) {
      beating = false;
      changedNs = clock.nanoTime();
      sheds++;
      put(SETPOINT, FALLBACK);
    }
    float pv = value(PROCESS_VALUE);
    put(PROCESS_VALUE, pv + 0.1f * (value(SETPOINT) - pv));
  }

  private boolean permits() {
    return remote && beating;
  }

  private void beat(short value) {
    if (value != registers[HEARTBEAT]) {
      registers[HEARTBEAT] = value;
      beats++;
      beatNs = clock.nanoTime();
      if (!beating) {
        beating = true;
        changedNs = beatNs;
      }
    }
  }

  private boolean write(float value) {
    boolean permitted = permits();
    long sinceNs = clock.nanoTime() - changedNs;
    writes.add(new Write(life, value, value(SETPOINT), permitted, sinceNs));
    if (permitted) {
      put(SETPOINT, value);
    }
    return permitted;
  }

  private float value(int register) {
    int bits = (registers[register + 1] & 0xffff) << 16 | (registers[register] & 0xffff);
    return Float.intBitsToFloat(bits);
  }

  private void put(int register, float value) {
    putBits(register, Float.floatToRawIntBits(value));
  }

  private void putBits(int register, int bits) {
    registers[register] = (short) bits;
    registers[register + 1] = (short) (bits >>> 16);
  }

  // ---- Modbus, MODBUS Messaging on TCP/IP Implementation Guide V1.0b

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        client.setTcpNoDelay(true);
        clients.add(client);
        locked(() -> ++connections);
        daemon("plc-client", () -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket client) {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      DataOutputStream out = new DataOutputStream(client.getOutputStream());
      while (true) {
        short transaction = in.readShort();
        in.readShort();
        byte[] request = new byte[in.readUnsignedShort()];
        in.readFully(request);
        ByteBuffer answer = answer(ByteBuffer.wrap(request));
        ByteBuffer frame = ByteBuffer.allocate(6 + answer.remaining());
        frame.putShort(transaction).putShort((short) 0).putShort((short) answer.remaining());
        out.write(frame.put(answer).array());
      }
    } catch (IOException e) {
      clients.remove(client); // gone
    }
  }

  private ByteBuffer answer(ByteBuffer request) {
    byte unit = request.get();
    byte function = request.get();
    int address = request.getShort() & 0xffff;
    int amount = request.getShort() & 0xffff;
    ByteBuffer answer = ByteBuffer.allocate(260).put(unit).put(function);
    int refusal =
        locked(
            () ->
                switch (function) {
                  case 2 -> readFlags(address, amount, answer);
                  case 3 -> readRegisters(address, amount, answer);
                  case 6 -> writeOne(address, amount, answer);
                  case 16 -> writeMany(address, amount, request, answer);
                  default -> 1;
                });
    if (refusal != 0) {
      answer.clear().put(unit).put((byte) (function | 0x80)).put((byte) refusal);
    }
    return answer.flip();
  }

  private int readFlags(int address, int amount, ByteBuffer answer) {
    if (address + amount > 3) {
      return 2;
    }
    int all = (remote ? 1 : 0) | (beating ? 2 : 0);
    answer.put((byte) 1).put((byte) (all >> address & (1 << amount) - 1));
    return 0;
  }

  private int readRegisters(int address, int amount, ByteBuffer answer) {
    if (address + amount > registers.length) {
      return 2;
    }
    if (address <= NUMBER && address + amount >= NUMBER + 2) {
      readings++;
      putBits(NUMBER, (int) readings);
    }
    answer.put((byte) (2 * amount));
    for (int i = 0; i < amount; i++) {
      answer.putShort(registers[address + i]);
    }
    return 0;
  }

  private int writeOne(int address, int value, ByteBuffer answer) {
    if (address != HEARTBEAT) {
      return 2;
    }
    beat((short) value);
    answer.putShort((short) address).putShort((short) value);
    return 0;
  }

  private int writeMany(int address, int amount, ByteBuffer request, ByteBuffer answer) {
    if (address != SETPOINT || amount != 2) {
      return 2;
    }
    request.get();
    int low = request.getShort() & 0xffff;
    int high = request.getShort() & 0xffff;
    answer.putShort((short) address).putShort((short) amount);
    return write(Float.intBitsToFloat(high << 16 | low)) ? 0 : 4;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket client : clients) {
      client.close();
    }
  }
}
