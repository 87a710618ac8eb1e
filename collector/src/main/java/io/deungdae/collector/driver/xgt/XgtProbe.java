package io.deungdae.collector.driver.xgt;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import io.deungdae.collector.driver.Probe;
import io.deungdae.collector.driver.scan.WireType;
import io.deungdae.collector.driver.xgt.XgtSettings.WordOrder;
import io.deungdae.collector.signal.Clock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Looks at places of a PLC by hand: bytes, and what they would be as each type. */
final class XgtProbe implements Probe {

  private static final int WIDEST = 8; // bytes, of an int64
  private static final List<String> ALL =
      List.of(
          "uint16",
          "int16",
          "bcd16",
          "int32",
          "int32:high-first",
          "float32",
          "float32:high-first",
          "int64",
          "float64",
          "string8");

  private final String device;
  private final XgtSettings settings;
  private final Link link;
  private final Clock clock;

  XgtProbe(String device, XgtSettings settings, Link link, Clock clock) {
    this.device = device;
    this.settings = settings;
    this.link = link;
    this.clock = clock;
  }

  @Override
  public Reading read(String address, String type, int count) throws DeviceException {
    if (type.isEmpty()) {
      return Address.parse(address, settings.cpu(), true).isPresent()
              && Address.parse(address, settings.cpu(), false).isEmpty()
          ? bits(place(address, true), count)
          : everyType(place(address, false), count);
    }
    Encoding encoding =
        Encoding.parse(type, settings.wordOrder())
            .orElseThrow(() -> rejected("type '" + type + "' is not one of " + Encoding.ALLOWED));
    boolean bit = encoding.type() == WireType.BOOL;
    return bit
        ? bits(place(address, true), count)
        : oneType(place(address, false), type, encoding, count);
  }

  private Address place(String address, boolean bit) throws DeviceException {
    Optional<Address> found = Address.parse(address, settings.cpu(), bit);
    return found.orElseThrow(
        () ->
            rejected(
                "'" + address + "' is not " + XgtProtocol.allowedAddress(settings.cpu(), bit)));
  }

  private DeviceException rejected(String why) {
    return new DeviceException(Kind.REJECTED, device, why);
  }

  // ---- tables

  private Reading everyType(Address first, int count) throws DeviceException {
    int asked = checked(first, Short.BYTES * count);
    ByteBuffer memory = longest(first, asked);
    List<String> columns = new ArrayList<>(List.of("place", "bytes", "bits"));
    columns.addAll(ALL);
    List<List<String>> rows = new ArrayList<>();
    for (int at = 0; at < asked; at += Short.BYTES) {
      Address place = first.plus(at);
      List<String> row = new ArrayList<>();
      row.add(name(place));
      row.add(hex(memory, at, Short.BYTES));
      row.add(binary(memory, at));
      for (String type : ALL) {
        Encoding encoding = Encoding.parse(type, WordOrder.LOW_FIRST).orElseThrow();
        row.add(at + encoding.bytes() <= memory.capacity() ? text(encoding, memory, at) : "");
      }
      rows.add(row);
    }
    return new Reading(columns, rows);
  }

  /** With room for the widest type at the last place, or without where the area ends there. */
  private ByteBuffer longest(Address first, int asked) throws DeviceException {
    int most = settings.mostBytes();
    if (asked + WIDEST <= most && first.area() != 'U') {
      Answer answer = exchange(request(first, asked + WIDEST));
      if (answer instanceof Answer.Values values) {
        return values.data().get(0);
      }
    }
    return bytes(first, asked);
  }

  private Reading oneType(Address first, String type, Encoding encoding, int count)
      throws DeviceException {
    int width = encoding.bytes();
    ByteBuffer memory = bytes(first, checked(first, width * count));
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = i * width;
      rows.add(List.of(name(first.plus(at)), hex(memory, at, width), text(encoding, memory, at)));
    }
    return new Reading(List.of("place", "bytes", type), rows);
  }

  private Reading bits(Address first, int count) throws DeviceException {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Address place = bitAfter(first, i);
      rows.add(
          place.area() == 'U'
              ? List.of(bitOfModule(place), "", inByte(place))
              : List.of(
                  place.bitName(settings.bitNames()),
                  byName(place),
                  place.contact() ? "" : inByte(place)));
    }
    return new Reading(List.of("place", "by name", "in its byte"), rows);
  }

  private String byName(Address place) throws DeviceException {
    String name = place.bitName(settings.bitNames());
    Answer answer = exchange(new Request.ReadVariables(DataType.BIT, List.of(name)));
    return answer instanceof Answer.Values values
        ? String.valueOf(values.data().get(0).get(0) & 1)
        : said(answer);
  }

  /** The driver reads bits of modules out of their words: LS documents no names for them. */
  private static String bitOfModule(Address place) {
    Address word = Address.ofByte(place.area(), place.start() / 2 * 2);
    int bit = place.start() % 2 * Byte.SIZE + place.bit();
    return String.format("%s bit %X", word.name(DataType.WORD), bit);
  }

  private static Address bitAfter(Address first, int further) {
    if (first.contact()) {
      return first.plus(further);
    }
    int index = first.start() * Byte.SIZE + first.bit() + further;
    return new Address(first.area(), index / Byte.SIZE, index % Byte.SIZE, false);
  }

  private String inByte(Address place) throws DeviceException {
    int held = bytes(Address.ofByte(place.area(), place.start()), 1).get(0);
    return String.valueOf((held >>> place.bit()) & 1);
  }

  // ---- cells of a table

  private static String name(Address place) {
    return place.name(place.start() % 2 == 0 ? DataType.WORD : DataType.BYTE);
  }

  private static String hex(ByteBuffer memory, int at, int length) {
    byte[] bytes = new byte[Math.min(length, memory.capacity() - at)];
    memory.get(at, bytes);
    return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes);
  }

  private static String binary(ByteBuffer memory, int at) {
    String bits = Integer.toBinaryString((1 << Short.SIZE) | (memory.getShort(at) & 0xFFFF));
    return bits.substring(1);
  }

  private String text(Encoding encoding, ByteBuffer memory, int at) {
    WireType type = encoding.type();
    if (type == WireType.STRING) {
      return printable(new String(encoding.text(memory, at), settings.charset()));
    }
    long bits = encoding.bits(memory, at);
    if (!type.isWhole()) {
      return type == WireType.FLOAT32
          ? String.valueOf((float) type.number(bits))
          : String.valueOf(type.number(bits));
    }
    OptionalLong whole = type.whole(bits);
    return whole.isPresent() ? String.valueOf(whole.getAsLong()) : "";
  }

  private static String printable(String text) {
    return text.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0xFFFD) ? "" : text;
  }

  // ---- the wire

  private int checked(Address first, int bytes) throws DeviceException {
    int most = first.area() == 'U' ? ReadPlan.MOST_BY_NAME : settings.mostBytes();
    if (bytes < 1 || bytes > most) {
      throw rejected("1 to " + most + " bytes at once, asked for " + bytes);
    }
    return bytes;
  }

  private static Request request(Address first, int bytes) {
    return new Request.ReadBytes(first.name(DataType.BYTE), bytes);
  }

  private ByteBuffer bytes(Address first, int count) throws DeviceException {
    if (first.area() == 'U') {
      return wordsByName(first, count);
    }
    Answer answer = exchange(request(first, count));
    if (answer instanceof Answer.Values values) {
      return values.data().get(0);
    }
    throw refused(first, answer);
  }

  /** As the driver does: asked for bytes of a module, a server was seen to answer other bytes. */
  private ByteBuffer wordsByName(Address first, int count) throws DeviceException {
    int before = first.start() % Short.BYTES;
    Address word = Address.ofByte(first.area(), first.start() - before);
    int words = (before + count + 1) / Short.BYTES;
    Answer answer =
        exchange(
            new Request.ReadVariables(DataType.WORD, Request.names(word, DataType.WORD, words)));
    if (answer instanceof Answer.Values values) {
      return Fetch.joined(values.data(), 0, words)
          .slice(before, count)
          .order(ByteOrder.LITTLE_ENDIAN);
    }
    throw refused(first, answer);
  }

  private DeviceException refused(Address first, Answer answer) {
    return rejected("the PLC refuses " + first.name(DataType.BYTE) + ": " + said(answer));
  }

  private static String said(Answer answer) {
    return answer instanceof Answer.Refused refused ? refused.refusal().toString() : "nothing";
  }

  private Answer exchange(Request request) throws DeviceException {
    int id = link.send(request);
    Link.Reply reply = link.await(clock.nanoTime() + settings.timeout().toNanos());
    if (reply == null || reply.invokeId() != id) {
      throw new DeviceException(
          Kind.TIMEOUT,
          device,
          "no answer from " + settings.endpoint() + " in " + settings.timeout().toMillis() + " ms");
    }
    return reply.answer();
  }

  @Override
  public void close() {
    link.close();
  }
}
