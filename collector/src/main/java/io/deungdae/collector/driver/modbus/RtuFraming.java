package io.deungdae.collector.driver.modbus;

import com.ghgande.j2mod.modbus.util.ModbusUtil;
import java.util.Arrays;

/**
 * RTU frames. An answer does not carry a number; what it does tell (unit, function, length, address
 * of a write) has to fit the request. Modbus over Serial Line V1.02 §2.5.1.
 */
final class RtuFraming implements Framing {

  private static final int CHECKSUM = 2;
  private static final int EXCEPTION = 0x80;
  private static final int EXCEPTION_FRAME = 5;
  private static final int WRITE_FRAME = 8;
  private static final int MASK_WRITE_FRAME = 10;
  private static final int LAST_READ = 4;

  @Override
  public byte[] wrap(Asked request) {
    byte[] pdu = request.pdu;
    byte[] frame = new byte[1 + pdu.length + CHECKSUM];
    frame[0] = (byte) request.unit;
    System.arraycopy(pdu, 0, frame, 1, pdu.length);
    int[] checksum = ModbusUtil.calculateCRC(frame, 0, frame.length - CHECKSUM);
    frame[frame.length - 2] = (byte) checksum[0];
    frame[frame.length - 1] = (byte) checksum[1];
    return frame;
  }

  @Override
  public Found look(byte[] buffer, int length) {
    if (length < EXCEPTION_FRAME) {
      return Found.PART;
    }
    int frame = frameLength(buffer);
    if (frame > LONGEST) {
      return Found.GARBAGE;
    }
    if (length < frame) {
      return Found.PART;
    }
    int[] checksum = ModbusUtil.calculateCRC(buffer, 0, frame - CHECKSUM);
    boolean right =
        (buffer[frame - 2] & 0xFF) == checksum[0] && (buffer[frame - 1] & 0xFF) == checksum[1];
    return right ? Found.WHOLE : Found.GARBAGE;
  }

  @Override
  public int frameLength(byte[] buffer) {
    int function = buffer[1] & 0xFF;
    if (function > EXCEPTION) {
      return EXCEPTION_FRAME;
    }
    return switch (function) {
      case 1, 2, 3, 4 -> 3 + (buffer[2] & 0xFF) + CHECKSUM;
      case 5, 6, 15, 16 -> WRITE_FRAME;
      case 22 -> MASK_WRITE_FRAME;
      default -> LONGEST + 1; // no answer to anything we ask
    };
  }

  @Override
  public byte[] unwrap(byte[] buffer) {
    return Arrays.copyOfRange(buffer, 1, frameLength(buffer) - CHECKSUM);
  }

  @Override
  public boolean answers(byte[] buffer, Asked request) {
    if ((buffer[0] & 0xFF) != request.unit) {
      return false;
    }
    int asked = request.pdu[0];
    if ((buffer[1] & 0xFF) == (asked | EXCEPTION)) {
      return true;
    }
    if (buffer[1] != asked) {
      return false;
    }
    return asked <= LAST_READ
        ? (buffer[2] & 0xFF) == Pdu.dataLength(request.pdu)
        : buffer[2] == request.pdu[1] && buffer[3] == request.pdu[2];
  }

  @Override
  public int unit(byte[] buffer) {
    return buffer[0] & 0xFF;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Converters make a byte or two when a sender is switched, and some bring our own request back
   * before the answer. An answer begins with its unit, its function and, of a read, its length.
   */
  @Override
  public int noise(byte[] buffer, int length, Asked request) {
    int from = 0;
    while (from < length && !mayBegin(buffer, from, length, request)) {
      from++;
    }
    return from;
  }

  private static boolean mayBegin(byte[] buffer, int from, int length, Asked request) {
    if ((buffer[from] & 0xFF) != request.unit) {
      return false;
    }
    int asked = request.pdu[0];
    boolean refusal = length > from + 1 && (buffer[from + 1] & 0xFF) == (asked | EXCEPTION);
    if (length == from + 1 || refusal) {
      return true;
    }
    boolean lengthToCome = asked > LAST_READ || length == from + 2;
    return buffer[from + 1] == asked
        && (lengthToCome || (buffer[from + 2] & 0xFF) == Pdu.dataLength(request.pdu));
  }

  @Override
  public boolean numbersRequests() {
    return false;
  }
}
