package io.deungdae.collector.driver.modbus;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import io.deungdae.collector.driver.Probe;
import io.deungdae.collector.driver.modbus.Link.Urgency;
import io.deungdae.collector.driver.scan.WireType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads cells by hand and shows them in every way that they can be meant: as they are, and as
 * values of every type in every order.
 */
final class ModbusProbe implements Probe {

  private static final int CELLS = 65_536;
  private static final int MOST_BITS = 2000; // Modbus Application Protocol V1.1b3 §6.1
  private static final int[] LOOKED_AHEAD = {3, 1, 0}; // so that a value of 64 or 32 bits is seen
  private static final List<WireType> IN_ONE_REGISTER =
      List.of(WireType.UINT16, WireType.INT16, WireType.BCD16);
  private static final List<WireType> IN_SEVERAL =
      List.of(
          WireType.INT32,
          WireType.UINT32,
          WireType.FLOAT32,
          WireType.BCD32,
          WireType.INT64,
          WireType.FLOAT64);

  private final String device;
  private final ModbusSettings settings;
  private final Link link;
  private int tickets;

  /** A probe whose link is open. */
  ModbusProbe(String device, ModbusSettings settings, Link link) {
    this.device = device;
    this.settings = settings;
    this.link = link;
  }

  /**
   * {@inheritDoc}
   *
   * <p>For registers: {@code address} as tag lists write it, {@code wire} its number as sent,
   * {@code manual} the reference that counts from one, the registers in hexadecimal, and the
   * values. The order that the settings ask for has a star.
   */
  @Override
  public Reading read(String address, String type, int count) throws DeviceException {
    Address first =
        Address.parse(address, settings.firstAddress())
            .orElseThrow(() -> no("'" + address + "' is no address; hr:100 and hr:100.3 are"));
    if (count < 1 || first.start() + count > CELLS) {
      throw no("there are no " + count + " values from " + address);
    }
    if (first.table().isBits()) {
      return bits(first, count);
    }
    if (first.isRegisterBit()) {
      return registerBits(first, count);
    }
    return type.isBlank() ? everything(first, count) : values(first, encoding(type), count);
  }

  private Encoding encoding(String type) throws DeviceException {
    return Encoding.parse(type, settings.order())
        .orElseThrow(() -> no("'" + type + "' is no type; " + Encoding.ALLOWED + " are"));
  }

  private DeviceException no(String message) {
    return new DeviceException(Kind.REJECTED, device, message);
  }

  // ---- tables for people

  private Reading bits(Address first, int count) throws DeviceException {
    int[] cells = cells(first.table(), first.start(), count);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(first.table(), first.start() + i, Integer.toString(cells[i])));
    }
    return new Reading(List.of("address", "wire", "manual", "value"), rows);
  }

  private Reading registerBits(Address first, int count) throws DeviceException {
    int[] words = cells(first.table(), first.start(), (first.bit() + count + 15) / Short.SIZE);
    List<List<String>> rows = new ArrayList<>();
    for (int i = first.bit(); i < first.bit() + count; i++) {
      int word = settings.order().bytes(words[i / Short.SIZE]);
      int bit = i % Short.SIZE;
      List<String> row =
          row(first.table(), first.start() + i / Short.SIZE, hex(words, i / Short.SIZE, 1));
      row.set(0, row.get(0) + "." + bit);
      row.add(Integer.toString(word >>> bit & 1));
      rows.add(row);
    }
    return new Reading(List.of("address", "wire", "manual", "register", "value"), rows);
  }

  private Reading values(Address first, Encoding encoding, int count) throws DeviceException {
    int size = encoding.registers();
    if (first.start() + count * size > CELLS) {
      throw no("there are no " + count + " such values from " + first.start());
    }
    int[] words = cells(first.table(), first.start(), count * size);
    List<Order> orders = orders(size);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = i * size;
      List<String> row = row(first.table(), first.start() + from, hex(words, from, size));
      for (Order order : orders) {
        row.add(show(new Encoding(encoding.type(), order, size), words, from));
      }
      rows.add(row);
    }
    List<String> columns = new ArrayList<>(List.of("address", "wire", "manual", "registers"));
    orders.forEach(order -> columns.add(name(order, size, encoding.order())));
    return new Reading(columns, rows);
  }

  /** In one register and in text the order of words makes no difference. */
  private static List<Order> orders(int registers) {
    return registers == 1 ? List.of(Order.ABCD, Order.BADC) : List.of(Order.values());
  }

  private static String name(Order order, int registers, Order inUse) {
    String name = registers == 1 ? order.name().substring(0, 2) : order.name();
    boolean same =
        registers == 1 ? order.bytes(1) == inUse.bytes(1) : order == inUse; // of bytes alone
    return same ? name + " *" : name;
  }

  private Reading everything(Address first, int count) throws DeviceException {
    int[] words = cellsAndAhead(first, count);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      for (Order order : Order.values()) {
        rows.add(everything(first, words, i, order));
      }
    }
    List<String> columns =
        new ArrayList<>(List.of("address", "wire", "manual", "register", "order"));
    IN_ONE_REGISTER.forEach(type -> columns.add(type.name().toLowerCase(Locale.ROOT)));
    IN_SEVERAL.forEach(type -> columns.add(type.name().toLowerCase(Locale.ROOT)));
    columns.add("text");
    return new Reading(columns, rows);
  }

  private List<String> everything(Address first, int[] words, int at, Order order) {
    List<String> row = row(first.table(), first.start() + at, hex(words, at, 1));
    if (order != Order.ABCD) {
      row.replaceAll(cell -> "");
    }
    row.add(name(order, 2, settings.order()));
    boolean byteOrderOnly = order == Order.ABCD || order == Order.BADC;
    for (WireType type : IN_ONE_REGISTER) {
      row.add(byteOrderOnly ? show(new Encoding(type, order, 1), words, at) : "");
    }
    for (WireType type : IN_SEVERAL) {
      row.add(show(new Encoding(type, order, type.registers()), words, at));
    }
    row.add(byteOrderOnly ? show(new Encoding(WireType.STRING, order, 1), words, at) : "");
    return row;
  }

  private List<String> row(Table table, int wire, String cell) {
    return new ArrayList<>(
        List.of(
            table.prefix() + ":" + (wire + settings.firstAddress()),
            Integer.toString(wire),
            table.manual(wire),
            cell));
  }

  private static String hex(int[] words, int from, int count) {
    StringBuilder hex = new StringBuilder();
    for (int i = from; i < from + count; i++) {
      hex.append(i == from ? "" : " ").append(String.format("%04X", words[i]));
    }
    return hex.toString();
  }

  private String show(Encoding encoding, int[] words, int from) {
    if (from + encoding.registers() > words.length) {
      return "";
    }
    if (encoding.type() == WireType.STRING) {
      return printable(new String(encoding.bytes(words, from), settings.charset()));
    }
    long bits = encoding.bits(words, from);
    return switch (encoding.type()) {
      case FLOAT32 -> Float.toString(Float.intBitsToFloat((int) bits));
      case FLOAT64 -> Double.toString(Double.longBitsToDouble(bits));
      case UINT64 -> Long.toUnsignedString(bits);
      default -> {
        var whole = encoding.type().whole(bits);
        yield whole.isPresent() ? Long.toString(whole.getAsLong()) : "-";
      }
    };
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", ".");
  }

  // ---- reading

  private int[] cellsAndAhead(Address first, int count) throws DeviceException {
    for (int ahead : LOOKED_AHEAD) {
      if (ahead > 0 && first.start() + count + ahead <= CELLS) {
        try {
          return cells(first.table(), first.start(), count + ahead);
        } catch (DeviceException e) {
          if (e.kind() == Kind.CONNECT) {
            throw e;
          } // refused, cut short or met with silence: perhaps for what lies ahead
        }
      }
    }
    return cells(first.table(), first.start(), count);
  }

  private int[] cells(Table table, int start, int count) throws DeviceException {
    int most = table.isBits() ? MOST_BITS : settings.maxBlock();
    int[] all = new int[count];
    for (int done = 0; done < count; done += most) {
      int part = Math.min(most, count - done);
      int[] cells = new int[part];
      byte[] answer = exchange(Wire.read(table, start + done, part));
      if (Pdu.isException(answer)) {
        throw no(table.prefix() + " " + (start + done) + " on the wire: " + Refusal.of(answer));
      }
      if (!Pdu.cells(answer, part, cells)) {
        throw new DeviceException(
            Kind.PROTOCOL, device, "another number of values came than was asked for");
      }
      System.arraycopy(cells, 0, all, done, part);
    }
    return all;
  }

  private byte[] exchange(byte[] request) throws DeviceException {
    int ticket = ++tickets;
    link.send(ticket, request, Urgency.IN_TURN);
    Answer answer = link.receive();
    while (answer == null) {
      answer = link.receive();
    }
    byte[] pdu = answer.pdu();
    if (pdu == null) {
      throw new DeviceException(
          Kind.TIMEOUT,
          device,
          "no answer from " + settings.endpoint() + " in " + settings.timeout().toMillis() + " ms");
    }
    return pdu;
  }

  @Override
  public void close() {
    link.close();
  }
}
