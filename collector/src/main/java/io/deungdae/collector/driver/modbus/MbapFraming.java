package io.deungdae.collector.driver.modbus;

import java.util.Arrays;

/**
 * Modbus TCP frames. Each request has a number that its answer repeats, so that a late answer is
 * never taken for another. Modbus Messaging on TCP/IP V1.0b §3.1.3.
 */
final class MbapFraming implements Framing {

  private static final int HEADER = 7;
  private static final int BEFORE_LENGTH = 6;
  private static final int SHORTEST = 3;
  private static final int LONGEST_BODY = LONGEST - BEFORE_LENGTH;

  @Override
  public byte[] wrap(Asked request) {
    byte[] pdu = request.pdu;
    byte[] frame = new byte[HEADER + pdu.length];
    put(frame, 0, request.number);
    put(frame, 4, pdu.length + 1);
    frame[6] = (byte) request.unit;
    System.arraycopy(pdu, 0, frame, HEADER, pdu.length);
    return frame;
  }

  @Override
  public Found look(byte[] buffer, int length) {
    if (length < BEFORE_LENGTH) {
      return Found.PART;
    }
    int body = at(buffer, 4);
    if (at(buffer, 2) != 0 || body < SHORTEST || body > LONGEST_BODY) {
      return Found.GARBAGE;
    }
    return length < BEFORE_LENGTH + body ? Found.PART : Found.WHOLE;
  }

  @Override
  public int frameLength(byte[] buffer) {
    return BEFORE_LENGTH + at(buffer, 4);
  }

  @Override
  public byte[] unwrap(byte[] buffer) {
    return Arrays.copyOfRange(buffer, HEADER, frameLength(buffer));
  }

  @Override
  public boolean answers(byte[] buffer, Asked request) {
    return at(buffer, 0) == request.number;
  }

  @Override
  public int unit(byte[] buffer) {
    return buffer[BEFORE_LENGTH] & 0xFF;
  }

  /** None: TCP brings what was sent and nothing else. */
  @Override
  public int noise(byte[] buffer, int length, Asked request) {
    return 0;
  }

  @Override
  public boolean numbersRequests() {
    return true;
  }

  private static int at(byte[] bytes, int i) {
    return (bytes[i] & 0xFF) << 8 | (bytes[i + 1] & 0xFF);
  }

  private static void put(byte[] bytes, int i, int word) {
    bytes[i] = (byte) (word >>> 8);
    bytes[i + 1] = (byte) word;
  }
}
