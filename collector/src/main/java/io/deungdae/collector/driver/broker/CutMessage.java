package io.deungdae.collector.driver.broker;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Marks payloads of which only the beginning was kept, on their way through the library. The mark
 * is drawn at each start, so that no publisher can set it.
 */
final class CutMessage {

  /** Bytes that are kept of a payload, to be shown. */
  static final int KEPT = 256;

  private static final byte[] MARK = new byte[16];

  static {
    new SecureRandom().nextBytes(MARK);
  }

  private CutMessage() {}

  /** The beginning of a payload that had {@code size} bytes, with the mark before it. */
  static byte[] marked(long size, byte[] beginning) {
    return ByteBuffer.allocate(MARK.length + Long.BYTES + beginning.length)
        .put(MARK)
        .putLong(size)
        .put(beginning)
        .array();
  }

  static boolean isMarked(byte[] payload) {
    return payload.length >= MARK.length + Long.BYTES
        && Arrays.equals(payload, 0, MARK.length, MARK, 0, MARK.length);
  }

  /** The bytes that a marked payload had. */
  static long size(byte[] payload) {
    return ByteBuffer.wrap(payload).getLong(MARK.length);
  }

  /** The beginning of a marked payload. */
  static byte[] beginning(byte[] payload) {
    return Arrays.copyOfRange(payload, MARK.length + Long.BYTES, payload.length);
  }
}
