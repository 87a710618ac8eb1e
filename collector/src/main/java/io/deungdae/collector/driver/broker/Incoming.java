package io.deungdae.collector.driver.broker;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * What comes from the broker, packet by packet. Of a message that is longer than it may be only the
 * beginning is handed on, marked as such.
 *
 * <p>The library would ask for all the memory that a message says it needs. One that is too much
 * for the machine would come again after each start, since nobody has acknowledged it. Read by one
 * thread.
 */
final class Incoming extends InputStream {

  private static final int TYPE = 0xF0;
  private static final int PUBLISH = 0x30; // MQTT 3.1.1 §3.3
  private static final int QOS = 0x06;
  private static final int MORE = 0x80; // MQTT 3.1.1 §2.2.3: seven bits in each byte
  private static final int LONGEST_FIXED_HEADER = 5;
  private static final int LONGEST_PROPERTIES = 1 << 20;

  private final InputStream in;
  private final int longest;
  private final boolean withProperties;
  private final byte[] fixedHeader = new byte[LONGEST_FIXED_HEADER];
  private byte[] ready = fixedHeader;
  private int from;
  private int to;
  private int left;

  /**
   * Over a stream.
   *
   * @param longest most bytes of a message that is handed on as it is
   * @param version of the protocol, 3 or 5
   */
  Incoming(InputStream in, int longest, int version) {
    this.in = in;
    this.longest = longest;
    this.withProperties = version == 5;
  }

  @Override
  public int read() throws IOException {
    if (from == to && left > 0) {
      left--;
      return one();
    }
    return from < to || packet() ? ready[from++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] bytes, int off, int len) throws IOException {
    if (len == 0) {
      return 0;
    }
    if (from == to && left > 0) {
      int number = in.read(bytes, off, Math.min(len, left));
      left -= Math.max(0, number);
      return number;
    }
    if (from == to && !packet()) {
      return -1;
    }
    int number = Math.min(len, to - from);
    System.arraycopy(ready, from, bytes, off, number);
    from += number;
    return number;
  }

  @Override
  public int available() throws IOException {
    return to - from + in.available();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Begins the next packet; false when there is none. */
  private boolean packet() throws IOException {
    int first = in.read();
    if (first < 0) {
      return false;
    }
    ready = fixedHeader;
    from = 0;
    to = 0;
    fixedHeader[to++] = (byte) first;
    int length = 0;
    int next;
    do {
      if (to == LONGEST_FIXED_HEADER) {
        throw new IOException("the broker tells a length of more than four bytes");
      }
      next = one();
      length |= (next & (MORE - 1)) << (7 * (to - 1));
      fixedHeader[to++] = (byte) next;
    } while ((next & MORE) != 0);
    left = length;
    if ((first & TYPE) == PUBLISH && length > longest) {
      cut(first, length);
    }
    return true;
  }

  private void cut(int first, int length) throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.write(exactly(2));
    byte[] size = header.toByteArray();
    header.write(exactly(((size[0] & 0xFF) << 8) | (size[1] & 0xFF)));
    if ((first & QOS) != 0) {
      header.write(exactly(2));
    }
    if (withProperties) {
      properties(header);
    }
    int payload = length - header.size();
    if (payload < 0) {
      throw new IOException("the broker sends a message that ends before its payload");
    }
    byte[] beginning = exactly(Math.min(payload, CutMessage.KEPT));
    in.skipNBytes(payload - beginning.length);
    header.write(CutMessage.marked(payload, beginning));
    ByteArrayOutputStream packet = new ByteArrayOutputStream(header.size() + LONGEST_FIXED_HEADER);
    packet.write(first);
    int rest = header.size();
    for (; rest >= MORE; rest >>>= 7) {
      packet.write((rest & (MORE - 1)) | MORE);
    }
    packet.write(rest);
    header.writeTo(packet);
    ready = packet.toByteArray();
    to = ready.length;
    left = 0;
  }

  private void properties(ByteArrayOutputStream header) throws IOException {
    int length = 0;
    int shift = 0;
    int next;
    do {
      next = one();
      header.write(next);
      length |= (next & (MORE - 1)) << shift;
      shift += 7;
    } while ((next & MORE) != 0 && shift < 28);
    if (length > LONGEST_PROPERTIES) {
      throw new IOException("the broker sends a message with " + length + " bytes of properties");
    }
    header.write(exactly(length));
  }

  private int one() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException();
    }
    return next;
  }

  private byte[] exactly(int number) throws IOException {
    byte[] bytes = in.readNBytes(number);
    if (bytes.length < number) {
      throw new EOFException();
    }
    return bytes;
  }
}
