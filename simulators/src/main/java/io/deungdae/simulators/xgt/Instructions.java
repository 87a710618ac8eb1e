package io.deungdae.simulators.xgt;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Does what instructions ask and answers them: individual and continuous reads and writes. What one
 * instruction writes is checked as a whole first. XGL-EFMF manual §7.1.1.
 */
final class Instructions {

  private static final int READ = 0x54;
  private static final int WRITE = 0x58;
  private static final int CONTINUOUS = 0x14;
  private static final int MOST_VARIABLES = 16;
  private static final String SIZES = "XBWDL"; // by the number of the data type
  private static final int ERROR_STATUS = 0xFFFF;

  private final Model model;
  private final Memory memory;

  Instructions(Model model, Memory memory) {
    this.model = model;
    this.memory = memory;
  }

  /** The answering instruction to one of a request. */
  byte[] answer(byte[] request) {
    ByteBuffer in = ByteBuffer.wrap(request).order(ByteOrder.LITTLE_ENDIAN);
    int command = request.length < 2 ? READ : in.getShort() & 0xFFFF;
    int type = request.length < 4 ? 0 : in.getShort() & 0xFFFF;
    try {
      in.getShort(); // reserved
      int count = in.getShort() & 0xFFFF;
      return switch (command) {
        case READ -> type == CONTINUOUS ? readBytes(in, count) : readVariables(in, type, count);
        case WRITE -> type == CONTINUOUS ? writeBytes(in, count) : writeVariables(in, type, count);
        default -> throw new Refusal(Refusal.COMMAND);
      };
    } catch (Refusal refusal) {
      return refused(command, type, refusal.code());
    } catch (BufferUnderflowException e) {
      return refused(command, type, Refusal.LENGTH);
    }
  }

  /** An error answer. */
  static byte[] refused(int command, int type, int code) {
    byte[] answer = new byte[10];
    head(command, type, 10)
        .putShort((short) ERROR_STATUS)
        .putShort((short) code)
        .flip()
        .get(answer);
    return answer;
  }

  private static ByteBuffer head(int command, int type, int length) {
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) (command + 1))
        .putShort((short) type)
        .putShort((short) 0);
  }

  private static byte[] done(int command, int type, int blocks, byte... content) {
    byte[] answer = new byte[10 + content.length];
    head(command, type, 10).putShort((short) 0).putShort((short) blocks).flip().get(answer, 0, 10);
    System.arraycopy(content, 0, answer, 10, content.length);
    return answer;
  }

  // ---- single variables

  private List<Variable> variables(ByteBuffer in, int type, int count) throws Refusal {
    if (count > MOST_VARIABLES || count < 1) {
      throw new Refusal(Refusal.TOO_MANY_VARIABLES);
    }
    if (type >= SIZES.length()) {
      throw new Refusal(Refusal.DATA_TYPE);
    }
    List<Variable> variables = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Variable variable = Variable.parse(name(in), model);
      if (variable.size() != SIZES.charAt(type)) {
        throw new Refusal(Refusal.DATA_TYPE);
      }
      variables.add(variable);
    }
    return variables;
  }

  private static String name(ByteBuffer in) throws Refusal {
    int length = in.getShort();
    if (length < 0 || length > in.remaining()) {
      throw new Refusal(Refusal.LENGTH);
    }
    byte[] name = new byte[length];
    in.get(name);
    return new String(name, StandardCharsets.US_ASCII);
  }

  private byte[] readVariables(ByteBuffer in, int type, int count) throws Refusal {
    List<Variable> variables = variables(in, type, count);
    int bytes = Variable.bytes(SIZES.charAt(type));
    ByteBuffer out = ByteBuffer.allocate(count * (2 + bytes)).order(ByteOrder.LITTLE_ENDIAN);
    for (Variable variable : variables) {
      out.putShort((short) bytes);
      for (int i = 0; i < bytes; i++) {
        out.put((byte) value(variable, i));
      }
    }
    return done(READ, type, count, out.array());
  }

  private int value(Variable variable, int i) {
    if (variable.contact()) {
      return memory.contact(variable.area(), variable.at()) ? 1 : 0;
    }
    int held = memory.read(variable.area(), variable.at() + i);
    return variable.size() == 'X' ? (held >>> variable.bit()) & 1 : held;
  }

  private byte[] writeVariables(ByteBuffer in, int type, int count) throws Refusal {
    List<Variable> variables = variables(in, type, count);
    List<byte[]> values = new ArrayList<>();
    for (Variable variable : variables) {
      values.add(data(in, Variable.bytes(variable.size())));
    }
    for (int i = 0; i < count; i++) {
      write(variables.get(i), values.get(i));
    }
    return done(WRITE, type, count);
  }

  private static byte[] data(ByteBuffer in, int expected) throws Refusal {
    int length = in.getShort() & 0xFFFF;
    if (length != expected || length > in.remaining()) {
      throw new Refusal(Refusal.LENGTH);
    }
    byte[] data = new byte[length];
    in.get(data);
    return data;
  }

  private void write(Variable variable, byte[] data) throws Refusal {
    boolean bit = variable.size() == 'X';
    byte[] bytes = bit ? new byte[] {(byte) ((data[0] & 1) << variable.bit())} : data;
    int mask = bit ? 1 << variable.bit() : 0xFF;
    if (variable.contact() || !memory.write(variable.area(), variable.at(), bytes, mask)) {
      throw new Refusal(Refusal.NO_SUCH_AREA);
    }
  }

  // ---- neighbouring bytes

  private Variable first(ByteBuffer in, int blocks) throws Refusal {
    if (blocks != 1) {
      throw new Refusal(Refusal.TOO_MANY_VARIABLES);
    }
    Variable first = Variable.parse(name(in), model);
    if (first.size() != 'B') {
      throw new Refusal(Refusal.DATA_TYPE);
    }
    return first;
  }

  private int count(Variable first, int count) throws Refusal {
    if (count < 1 || count > model.mostBytes()) {
      throw new Refusal(Refusal.BLOCK_TOO_LONG);
    }
    first.within(count, model);
    return count;
  }

  private byte[] readBytes(ByteBuffer in, int blocks) throws Refusal {
    Variable first = first(in, blocks);
    int count = count(first, in.getShort() & 0xFFFF);
    ByteBuffer out = ByteBuffer.allocate(2 + count).order(ByteOrder.LITTLE_ENDIAN);
    out.putShort((short) count);
    for (int i = 0; i < count; i++) {
      out.put((byte) memory.read(first.area(), first.at() + i));
    }
    return done(READ, CONTINUOUS, 1, out.array());
  }

  private byte[] writeBytes(ByteBuffer in, int blocks) throws Refusal {
    Variable first = first(in, blocks);
    int count = count(first, in.getShort(in.position()) & 0xFFFF);
    if (!memory.write(first.area(), first.at(), data(in, count), 0xFF)) {
      throw new Refusal(Refusal.NO_SUCH_AREA);
    }
    return done(WRITE, CONTINUOUS, 1);
  }
}
