package io.deungdae.bench.collect;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes JSON messages over MQTT 3.1.1 with QoS 1: every second one of each topic, spread evenly
 * over the second, each with {@code values} values that count the rounds from 1. Ends after so many
 * rounds, when the broker has acknowledged all.
 *
 * <p>Arguments: port, topics, values in a message, rounds.
 */
final class MqttSource {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final int PIECES = 100;

  private final DataOutputStream out;
  private final int topics;
  private final int values;
  private int packet;

  private MqttSource(OutputStream out, int topics, int values) {
    this.out = new DataOutputStream(out);
    this.topics = topics;
    this.values = values;
  }

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    int topics = Integer.parseInt(args[1]);
    int values = Integer.parseInt(args[2]);
    int rounds = Integer.parseInt(args[3]);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      MqttSource source = new MqttSource(socket.getOutputStream(), topics, values);
      source.connect();
      Thread sending = new Thread(() -> source.publish(rounds), "publish");
      sending.start();
      long acknowledgements = 4L * topics * rounds; // PUBACK: 4 bytes each
      socket.getInputStream().skipNBytes(4 + acknowledgements); // CONNACK: 4 bytes
    }
  }

  private void connect() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream packing = new DataOutputStream(body);
    packing.writeUTF("MQTT");
    packing.write(new byte[] {4, 2, 0, 0}); // 3.1.1, clean session, no keep-alive
    packing.writeUTF("bench-source");
    out.write(new byte[] {0x10, (byte) body.size()});
    body.writeTo(out);
    out.flush();
  }

  private void publish(int rounds) {
    long startNs = System.nanoTime();
    try {
      for (int round = 1; round <= rounds; round++) {
        for (int piece = 0; piece < PIECES; piece++) {
          long dueNs = startNs + (round - 1) * SECOND_NS + piece * SECOND_NS / PIECES;
          while (System.nanoTime() - dueNs < 0) {
            LockSupport.parkNanos(dueNs - System.nanoTime());
          }
          piece(round, topics * piece / PIECES, topics * (piece + 1) / PIECES);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the broker is gone", e);
    }
  }

  private void piece(int round, int from, int to) throws IOException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int topic = from; topic < to; topic++) {
      frame(frames, "bench/" + topic, payload(round));
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
    int length = 2 + name.length + 2 + payload.length;
    for (int left = length; ; left >>>= 7) {
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
}
