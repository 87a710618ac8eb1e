package io.deungdae.collector.driver.xgt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A frame: its header and the instruction in it. Immutable. */
final class Frame {

  /**
   * Longest instruction: a continuous write of 1400 bytes with its own head and the longest name.
   */
  static final int LONGEST_BODY = 1500;

  private final Header header;
  private final byte[] body;

  /** A frame of its own copy of the body. */
  Frame(Header header, byte[] body) {
    this.header = header;
    this.body = body.clone();
  }

  Header header() {
    return header;
  }

  /** Length of the body, bytes. */
  int length() {
    return body.length;
  }

  /** The body, little-endian, to be read only; a new view each time. */
  ByteBuffer body() {
    return ByteBuffer.wrap(body).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public String toString() {
    return header + " + " + body.length + " bytes";
  }
}
