package io.deungdae.collector.driver.xgt;

import io.netty.buffer.ByteBuf;

/** The header's last byte, called BCC: the sum of the nineteen before it. */
final class Checksum {

  private static final int SUMMED = Header.LENGTH - 1;

  private Checksum() {}

  /** The checksum of the header that begins at {@code start}. */
  static int of(ByteBuf buffer, int start) {
    int sum = 0;
    for (int i = 0; i < SUMMED; i++) {
      sum += buffer.getUnsignedByte(start + i);
    }
    return sum & 0xFF;
  }

  /** True when the header's own checksum is right, or 0 as from modules that leave it out. */
  static boolean holds(ByteBuf buffer, int start) {
    int told = buffer.getUnsignedByte(start + SUMMED);
    return told == 0 || told == of(buffer, start);
  }
}
