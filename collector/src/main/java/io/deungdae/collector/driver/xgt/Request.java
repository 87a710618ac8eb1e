package io.deungdae.collector.driver.xgt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An instruction to a PLC, and how its answer is read. XGL-EFMF manual §7.1.1. */
sealed interface Request {

  /** Most variables in one instruction. */
  int MOST_VARIABLES = 16;

  /** Longest name of a variable. */
  int LONGEST_NAME = 16;

  int READ = 0x54;
  int READ_ANSWER = 0x55;
  int WRITE = 0x58;
  int WRITE_ANSWER = 0x59;

  /** The instruction's bytes. */
  byte[] body();

  /**
   * Reads the answer.
   *
   * @param body the answering instruction, little-endian
   * @throws MalformedException when it is none to this request
   */
  Answer answer(ByteBuffer body) throws MalformedException;

  /**
   * Asks for single variables.
   *
   * @param type of all of them
   * @param names 1 to 16
   */
  record ReadVariables(DataType type, List<String> names) implements Request {
    public ReadVariables {
      names = List.copyOf(names);
      checkCount(names.size());
    }

    @Override
    public byte[] body() {
      ByteBuffer out = head(READ, type, names.size());
      names.forEach(name -> putName(out, name));
      return bytes(out);
    }

    @Override
    public Answer answer(ByteBuffer body) throws MalformedException {
      Answer head = Answer.head(body, READ_ANSWER, names.size());
      return head instanceof Answer.Refused
          ? head
          : Answer.values(body, names.size(), type.bytes());
    }
  }

  /**
   * Asks for neighbouring bytes.
   *
   * @param name the first byte's variable
   * @param count how many, up to the family's limit
   */
  record ReadBytes(String name, int count) implements Request {
    @Override
    public byte[] body() {
      ByteBuffer out = head(READ, DataType.CONTINUOUS, 1);
      putName(out, name);
      out.putShort((short) count);
      return bytes(out);
    }

    @Override
    public Answer answer(ByteBuffer body) throws MalformedException {
      Answer head = Answer.head(body, READ_ANSWER, 1);
      return head instanceof Answer.Refused ? head : Answer.values(body, 1, count);
    }
  }

  /**
   * Writes single variables.
   *
   * @param type of all of them
   * @param names 1 to 16
   * @param values of each, in its lowest bytes
   */
  record WriteVariables(DataType type, List<String> names, List<Long> values) implements Request {
    public WriteVariables {
      names = List.copyOf(names);
      values = List.copyOf(values);
      checkCount(names.size());
      if (names.size() != values.size()) {
        throw new IllegalArgumentException("as many values as names");
      }
    }

    @Override
    public byte[] body() {
      ByteBuffer out = head(WRITE, type, names.size());
      names.forEach(name -> putName(out, name));
      for (long value : values) {
        out.putShort((short) type.bytes());
        for (int i = 0; i < type.bytes(); i++) {
          out.put((byte) (value >>> (Byte.SIZE * i)));
        }
      }
      return bytes(out);
    }

    @Override
    public Answer answer(ByteBuffer body) throws MalformedException {
      return Answer.head(body, WRITE_ANSWER, names.size());
    }
  }

  /**
   * Writes neighbouring bytes.
   *
   * @param name the first byte's variable
   * @param bytes their values, 0 to 255
   */
  record WriteBytes(String name, List<Integer> bytes) implements Request {
    public WriteBytes {
      bytes = List.copyOf(bytes);
    }

    @Override
    public byte[] body() {
      ByteBuffer out = head(WRITE, DataType.CONTINUOUS, 1);
      putName(out, name);
      out.putShort((short) bytes.size());
      bytes.forEach(b -> out.put(b.byteValue()));
      return Request.bytes(out);
    }

    @Override
    public Answer answer(ByteBuffer body) throws MalformedException {
      return Answer.head(body, WRITE_ANSWER, 1);
    }
  }

  private static void checkCount(int count) {
    if (count < 1 || count > MOST_VARIABLES) {
      throw new IllegalArgumentException("1 to 16 variables, found " + count);
    }
  }

  private static ByteBuffer head(int command, DataType type, int count) {
    return ByteBuffer.allocate(Frame.LONGEST_BODY)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) command)
        .putShort((short) type.code())
        .putShort((short) 0) // reserved
        .putShort((short) count);
  }

  private static void putName(ByteBuffer out, String name) {
    byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
    out.putShort((short) ascii.length).put(ascii);
  }

  private static byte[] bytes(ByteBuffer out) {
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  /** The words of neighbouring variables by name. */
  static List<String> names(Address first, DataType type, int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(first.plus(i * type.bytes()).name(type));
    }
    return names;
  }
}
