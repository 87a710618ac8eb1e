package io.deungdae.bench.kill;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A device that numbers its samples: MQTT 3.1.1 at QoS 1. In each round every topic gets one
 * message, and all values of a message are the number of the round, from 1. What the broker has
 * acknowledged is the broker's to bring.
 */
final class NumberedSource implements AutoCloseable {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final int PIECES = 20;
  private static final int ACKNOWLEDGEMENT = 4; // PUBACK, bytes

  private final int topics;
  private final int values;
  private final long roundNs;
  private final Socket socket;
  private final DataOutputStream out;
  private final Thread sending = new Thread(this::send, "publish");
  private volatile boolean stopping;
  private volatile int rounds;
  private int packet;

  NumberedSource(int port, int topics, int values, int roundsPerSecond) throws IOException {
    this.topics = topics;
    this.values = values;
    this.roundNs = SECOND_NS / roundsPerSecond;
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    this.out = new DataOutputStream(socket.getOutputStream());
    connect();
  }

  private void connect() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream packing = new DataOutputStream(body);
    packing.writeUTF("MQTT");
    packing.write(new byte[] {4, 2, 0, 0}); // 3.1.1, clean session, no keep-alive
    packing.writeUTF("numbered-source");
    out.write(new byte[] {0x10, (byte) body.size()});
    body.writeTo(out);
    out.flush();
    new DataInputStream(socket.getInputStream()).skipNBytes(4); // CONNACK
  }

  void start() {
    sending.start();
  }

  /**
   * Ends with the round in hand and waits until the broker has acknowledged everything.
   *
   * @return rounds sent
   */
  int stop() throws IOException, InterruptedException {
    stopping = true;
    sending.join(TimeUnit.SECONDS.toMillis(60));
    acknowledged.join(TimeUnit.SECONDS.toMillis(60));
    if (sending.isAlive() || acknowledgements < (long) rounds * topics) {
      throw new IOException("the broker has not taken everything");
    }
    return rounds;
  }

  private volatile long acknowledgements;
  private final Thread acknowledged = new Thread(this::count, "acknowledged");

  private void count() {
    byte[] buffer = new byte[64 * 1024];
    try {
      socket.setSoTimeout(1_000);
      long bytes = 0;
      while (!stopping || sending.isAlive() || acknowledgements < (long) rounds * topics) {
        bytes += Math.max(0, read(buffer));
        acknowledgements = bytes / ACKNOWLEDGEMENT;
      }
    } catch (IOException e) {
      throw new IllegalStateException("the broker is gone", e);
    }
  }

  private int read(byte[] buffer) throws IOException {
    try {
      return socket.getInputStream().read(buffer);
    } catch (java.net.SocketTimeoutException e) {
      return 0;
    }
  }

  private void send() {
    acknowledged.start();
    long startNs = System.nanoTime();
    try {
      for (int round = 1; !stopping; round++) {
        for (int piece = 0; piece < PIECES; piece++) {
          long dueNs = startNs + (round - 1) * roundNs + piece * roundNs / PIECES;
          while (System.nanoTime() - dueNs < 0) {
            LockSupport.parkNanos(dueNs - System.nanoTime());
          }
          piece(round, topics * piece / PIECES, topics * (piece + 1) / PIECES);
        }
        rounds = round;
      }
    } catch (IOException e) {
      throw new IllegalStateException("the broker is gone", e);
    }
  }

  private void piece(int round, int from, int to) throws IOException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int topic = from; topic < to; topic++) {
      frame(frames, "kill/" + topic, payload(round));
    }
    frames.writeTo(out);
    out.flush();
  }

  private byte[] payload(int round) {
    StringBuilder json = new StringBuilder("{\"ts\":" + System.currentTimeMillis());
    for (int i = 0; i < values; i++) {
      json.append(",\"v").append(i).append("\":").append(round);
    }
    return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  private void frame(ByteArrayOutputStream frames, String topic, byte[] payload)
      throws IOException {
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    packet = packet % 65_535 + 1;
    frames.write(0x32); // PUBLISH, QoS 1
    for (int left = 2 + name.length + 2 + payload.length; ; left >>>= 7) {
      frames.write(left > 127 ? (left & 127) | 128 : left);
      if (left <= 127) {
        break;
      }
    }
    frames.write(new byte[] {0, (byte) name.length});
    frames.write(name);
    frames.write(new byte[] {(byte) (packet >>> 8), (byte) packet});
    frames.write(payload);
  }

  @Override
  public void close() throws IOException {
    stopping = true;
    socket.close();
  }
}
