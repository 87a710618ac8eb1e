package io.deungdae.collector.driver.xgt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** What a PLC answers. XGL-EFMF manual §7.1.1. */
sealed interface Answer {

  /**
   * What was read.
   *
   * @param data of each variable, little-endian, to be read only and by index only
   */
  record Values(List<ByteBuffer> data) implements Answer {
    public Values {
      data = List.copyOf(data);
    }
  }

  /** It was written. */
  record Written() implements Answer {}

  /** The PLC did not do it. */
  record Refused(Refusal refusal) implements Answer {}

  /** Command, type, reserved and error status. */
  int HEAD = 8;

  /**
   * Reads an answer up to the number of its blocks.
   *
   * @return that it is refused, or {@link Written}, to be read on after a read
   */
  static Answer head(ByteBuffer body, int command, int blocks) throws MalformedException {
    if (body.remaining() < HEAD + 1) {
      throw new MalformedException("an answer of " + body.remaining() + " bytes");
    }
    int told = body.getShort() & 0xFFFF;
    if (told != command) {
      throw new MalformedException(String.format("command 0x%02X for 0x%02X", told, command));
    }
    body.getShort(); // data type
    body.getShort(); // reserved, and not always 0
    if (body.getShort() != 0) {
      return new Refused(new Refusal(code(body)));
    }
    if (body.remaining() < Short.BYTES) {
      throw new MalformedException("an answer that ends before its values");
    }
    int count = body.getShort() & 0xFFFF;
    if (count != blocks) {
      throw new MalformedException(count + " values for " + blocks);
    }
    return new Written();
  }

  /** One byte from older modules, two from others. */
  private static int code(ByteBuffer body) {
    return body.remaining() == 1 ? body.get() & 0xFF : body.getShort() & 0xFFFF;
  }

  /** Reads the values of an answer after its head. */
  static Answer values(ByteBuffer body, int count, int bytes) throws MalformedException {
    List<ByteBuffer> data = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int length = body.remaining() < Short.BYTES ? -1 : body.getShort() & 0xFFFF;
      if (length != bytes || body.remaining() < length) {
        throw new MalformedException("a value of another length than asked for");
      }
      data.add(body.slice(body.position(), length).order(ByteOrder.LITTLE_ENDIAN));
      body.position(body.position() + length);
    }
    if (body.hasRemaining()) {
      throw new MalformedException(body.remaining() + " bytes too many");
    }
    return new Values(data);
  }
}
