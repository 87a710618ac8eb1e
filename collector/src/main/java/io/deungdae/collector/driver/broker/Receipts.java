package io.deungdae.collector.driver.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What goes to the broker: all that the library writes, except its receipts for QoS 2, and our own
 * receipts between its packets, many with one write.
 *
 * <p>The library sends PUBREC as soon as it has a message, and with it the broker's duty to give it
 * again ends. So these are taken out, and ours goes out when the message is safe.
 */
final class Receipts extends OutputStream {

  private static final int PUBACK = 0x40; // MQTT 3.1.1 §3.4.1
  private static final int PUBREC = 0x50; // MQTT 3.1.1 §3.5.1
  private static final int TYPE = 0xF0;

  private final OutputStream out;
  private final ReentrantLock lock = new ReentrantLock();
  private final ByteArrayOutputStream ready = new ByteArrayOutputStream();
  private final ByteArrayOutputStream receipts = new ByteArrayOutputStream();

  private enum Part {
    TYPE,
    LENGTH,
    BODY
  }

  private Part part = Part.TYPE;
  private boolean dropped;
  private int shift;
  private int left;

  Receipts(OutputStream out) {
    this.out = out;
  }

  /** Acknowledges messages in this order; any thread. */
  void acknowledge(List<Broker.Message> messages) throws IOException {
    lock.lock();
    try {
      for (Broker.Message message : messages) {
        receipts.write(message.qos() == 2 ? PUBREC : PUBACK);
        receipts.write(2);
        receipts.write(message.id() >>> 8);
        receipts.write(message.id());
      }
      if (part == Part.TYPE) {
        send();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int off, int len) throws IOException {
    lock.lock();
    try {
      int at = off;
      while (at < off + len) {
        at += part == Part.BODY ? body(bytes, at, off + len - at) : header(bytes[at]);
      }
      send();
    } finally {
      lock.unlock();
    }
  }

  private int header(byte next) {
    if (part == Part.TYPE) {
      dropped = (next & TYPE) == PUBREC;
      part = Part.LENGTH;
      shift = 0;
      left = 0;
    } else { // MQTT 3.1.1 §2.2.3: seven bits in each byte, the lowest first
      left |= (next & 0x7F) << shift;
      shift += 7;
      if (next >= 0) {
        part = left == 0 ? Part.TYPE : Part.BODY;
      }
    }
    if (!dropped) {
      ready.write(next);
    }
    return 1;
  }

  private int body(byte[] bytes, int at, int most) {
    int number = Math.min(left, most);
    if (!dropped) {
      ready.write(bytes, at, number);
    }
    left -= number;
    if (left == 0) {
      part = Part.TYPE;
    }
    return number;
  }

  private void send() throws IOException {
    if (part == Part.TYPE && receipts.size() > 0) {
      receipts.writeTo(ready);
      receipts.reset();
    }
    if (ready.size() > 0) {
      ready.writeTo(out);
      ready.reset();
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
