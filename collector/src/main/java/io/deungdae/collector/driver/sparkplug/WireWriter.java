package io.deungdae.collector.driver.sparkplug;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes protobuf's wire format. Used by one thread. */
final class WireWriter {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

  void varint(int field, long value) {
    tag(field, WireReader.VARINT);
    raw(value);
  }

  void flag(int field, boolean on) {
    varint(field, on ? 1 : 0);
  }

  void fixed64(int field, long value) {
    tag(field, WireReader.FIXED64);
    fixed(value, 8);
  }

  void fixed32(int field, int value) {
    tag(field, WireReader.FIXED32);
    fixed(value, 4);
  }

  void text(int field, String text) {
    bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  void message(int field, WireWriter message) {
    tag(field, WireReader.BYTES);
    raw(message.out.size());
    out.writeBytes(message.toBytes());
  }

  private void bytes(int field, byte[] content) {
    tag(field, WireReader.BYTES);
    raw(content.length);
    out.writeBytes(content);
  }

  private void tag(int field, int how) {
    raw(((long) field << 3) | how);
  }

  private void raw(long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      out.write((int) ((left & 0x7F) | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }

  private void fixed(long value, int size) {
    for (int i = 0; i < size; i++) {
      out.write((int) (value >>> (8 * i)));
    }
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
