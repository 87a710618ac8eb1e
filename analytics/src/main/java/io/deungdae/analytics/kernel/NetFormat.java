package io.deungdae.analytics.kernel;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The bytes of a compiled net, big-endian: {@code DGNT}, format version (u16), number of layers
 * (u16), then each layer as kind (u8), shape (i32 each) and weights (f64 each), and at the end the
 * CRC-32C (i32) of everything before it.
 */
final class NetFormat {

  private static final int MAGIC = 0x44474E54; // "DGNT"
  private static final int VERSION = 1;
  private static final int HEADER = 8;
  private static final int TRAILER = 4;

  /** Wider than any net that belongs on a gateway; stops a damaged length from being believed. */
  private static final int WIDEST = 1 << 20;

  private NetFormat() {}

  static byte[] write(List<Layer> layers) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream to = new DataOutputStream(bytes)) {
      to.writeInt(MAGIC);
      to.writeShort(VERSION);
      to.writeShort(layers.size());
      for (Layer layer : layers) {
        layer.write(to);
      }
      to.writeInt(crc(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  static List<Layer> read(byte[] bytes) throws NetFormatException {
    check(bytes);
    Reader from = new Reader(ByteBuffer.wrap(bytes, HEADER, bytes.length - HEADER - TRAILER));
    int count = ByteBuffer.wrap(bytes).getShort(6) & 0xFFFF;
    List<Layer> layers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      layers.add(layer(from));
    }
    from.end();
    return layers;
  }

  private static void check(byte[] bytes) throws NetFormatException {
    if (bytes.length < HEADER + TRAILER) {
      throw new NetFormatException("cut short: " + bytes.length + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (buffer.getInt(0) != MAGIC) {
      throw new NetFormatException("does not begin with DGNT");
    }
    int version = buffer.getShort(4) & 0xFFFF;
    if (version != VERSION) {
      throw new NetFormatException("format version " + version + ", this reads " + VERSION);
    }
    if (buffer.getInt(bytes.length - TRAILER) != crc(bytes, bytes.length - TRAILER)) {
      throw new NetFormatException("checksum does not match: damaged or cut short");
    }
  }

  private static Layer layer(Reader from) throws NetFormatException {
    int kind = from.kind();
    try {
      return switch (kind) {
        case Dense.KIND -> Dense.read(from);
        case Conv1d.KIND -> Conv1d.read(from);
        case Lstm.KIND -> Lstm.read(from);
        case Pool.KIND -> Pool.read(from);
        default -> throw new NetFormatException("unknown layer kind " + kind);
      };
    } catch (IllegalArgumentException e) {
      throw new NetFormatException("layer of kind " + kind + ": " + e.getMessage());
    }
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  static void writeInts(DataOutputStream to, int... values) throws IOException {
    for (int value : values) {
      to.writeInt(value);
    }
  }

  static void writeDoubles(DataOutputStream to, double[] values) throws IOException {
    for (double value : values) {
      to.writeDouble(value);
    }
  }

  /** Reads checked numbers; every length is held against what is left before memory is taken. */
  static final class Reader {
    private final ByteBuffer from;

    Reader(ByteBuffer from) {
      this.from = from;
    }

    int kind() throws NetFormatException {
      try {
        return from.get();
      } catch (BufferUnderflowException e) {
        throw new NetFormatException("fewer layers than announced");
      }
    }

    int dimension(String name) throws NetFormatException {
      return between(name, 1, WIDEST);
    }

    boolean flag() throws NetFormatException {
      return between("flag", 0, 1) == 1;
    }

    Activation activation() throws NetFormatException {
      int code = between("activation", 0, Activation.values().length - 1);
      return Arrays.stream(Activation.values())
          .filter(a -> a.code() == code)
          .findFirst()
          .orElseThrow();
    }

    int between(String name, int low, int high) throws NetFormatException {
      need(Integer.BYTES);
      int value = from.getInt();
      if (value < low || value > high) {
        throw new NetFormatException(name + " is " + value);
      }
      return value;
    }

    double[] doubles(long count) throws NetFormatException {
      need(count * Double.BYTES);
      double[] values = new double[(int) count];
      from.asDoubleBuffer().get(values);
      from.position(from.position() + values.length * Double.BYTES);
      return values;
    }

    void end() throws NetFormatException {
      if (from.hasRemaining()) {
        throw new NetFormatException(from.remaining() + " bytes after the last layer");
      }
    }

    private void need(long bytes) throws NetFormatException {
      if (bytes < 0 || bytes > from.remaining()) {
        throw new NetFormatException(
            "needs " + bytes + " bytes more, " + from.remaining() + " are left");
      }
    }
  }
}
