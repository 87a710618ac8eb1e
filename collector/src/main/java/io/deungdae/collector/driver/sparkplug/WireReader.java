package io.deungdae.collector.driver.sparkplug;

import java.nio.charset.StandardCharsets;

/** Reads protobuf's wire format: fields one after the other. Used by one thread. */
final class WireReader {

  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private final byte[] bytes;
  private final int end;
  private int at;

  /** What is not a message. */
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    Broken(String why) {
      super(why);
    }
  }

  WireReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private WireReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  boolean more() {
    return at < end;
  }

  /** The next field: its number times eight plus how it is written. */
  int tag() throws Broken {
    long tag = varint();
    if (tag >>> 3 == 0 || tag >>> 32 != 0) {
      throw new Broken("no field number " + tag);
    }
    return (int) tag;
  }

  long varint() throws Broken {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = bytes[take(1)];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new Broken("a number of more than ten bytes");
  }

  long fixed64() throws Broken {
    return fixed(8);
  }

  int fixed32() throws Broken {
    return (int) fixed(4);
  }

  private long fixed(int size) throws Broken {
    int from = take(size);
    long value = 0;
    for (int i = size - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[from + i] & 0xFF);
    }
    return value;
  }

  String text() throws Broken {
    int size = size();
    return new String(bytes, take(size), size, StandardCharsets.UTF_8);
  }

  /** A message within. */
  WireReader message() throws Broken {
    int size = size();
    int from = take(size);
    return new WireReader(bytes, from, from + size);
  }

  /** Passes over the content of a field that is of no interest. */
  void skip(int tag) throws Broken {
    switch (tag & 7) {
      case VARINT -> {
        long unused = varint();
      }
      case FIXED64 -> {
        int unused = take(8);
      }
      case BYTES -> {
        int unused = take(size());
      }
      case FIXED32 -> {
        int unused = take(4);
      }
      default -> throw new Broken("a field written as " + (tag & 7));
    }
  }

  private int size() throws Broken {
    long size = varint();
    if (size < 0 || size > end - at) {
      throw new Broken("a part of " + size + " bytes where " + (end - at) + " are left");
    }
    return (int) size;
  }

  private int take(int size) throws Broken {
    if (size > end - at) {
      throw new Broken("it ends in the middle");
    }
    int from = at;
    at += size;
    return from;
  }
}
