package io.deungdae.collector.driver.xgt;

import io.deungdae.collector.driver.Device.Confirmation;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.WriteResult;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Writes points one at a time. Used by the device's thread.
 *
 * <p>How a bit is named differs between families and firmwares, and a wrong name sets a wrong bit.
 * So before the first write to a bit on each link its word is read twice, as a word and as sixteen
 * bits by name; where they differ, nothing is written.
 */
final class Writer {

  private static final int ATTEMPTS = 3;

  private final XgtSettings settings;
  private final Wire wire;
  private final Set<Point> checked = new HashSet<>();

  /** One request and its answer. */
  interface Wire {
    Answer exchange(Request request) throws DeviceException;
  }

  Writer(XgtSettings settings, Wire wire) {
    this.settings = settings;
    this.wire = wire;
  }

  /** Forgets which names were checked: another PLC may answer now. */
  void linkUp() {
    checked.clear();
  }

  /** Writes a value in the tag's unit, and reads it back when asked to. */
  WriteResult write(Point point, double value, Confirmation confirmation) throws DeviceException {
    OptionalLong raw = point.raw(value);
    if (raw.isEmpty()) {
      return new WriteResult.NotRepresentable(
          value + " cannot be held as " + point.encoding() + " within the tag's tolerance");
    }
    Answer answer =
        point.address().bit() == Address.WHOLE
            ? wire.exchange(number(point, raw.getAsLong()))
            : bit(point, raw.getAsLong() != 0);
    if (answer instanceof Answer.Refused refused) {
      boolean named = point.address().bit() != Address.WHOLE && refused.refusal().concernsAddress();
      return new WriteResult.Refused(
          refused.refusal() + (named ? "; is xgt.bitIndex right for this PLC?" : ""));
    }
    if (!(answer instanceof Answer.Written)) {
      return new WriteResult.Refused(
          "the PLC does not name bits as xgt.bitIndex says, a wrong bit would be set: try the"
              + " other");
    }
    return new WriteResult.Done(
        confirmation == Confirmation.READ_BACK ? readBack(point) : Double.NaN);
  }

  /**
   * By name where the place is a multiple of the value's size; in area D, where LS documents only
   * bytes and words for some modules, longer values go as neighbouring bytes, still in one request.
   */
  private static Request number(Point point, long raw) {
    Address address = point.address();
    Encoding encoding = point.encoding();
    List<Integer> bytes = encoding.bytes(raw);
    DataType type = ofSize(encoding.bytes());
    boolean byName = type.bytes() <= Short.BYTES || address.area() != 'D';
    if (!byName || address.start() % type.bytes() != 0) {
      return new Request.WriteBytes(address.name(DataType.BYTE), bytes);
    }
    long lying = 0;
    for (int i = 0; i < bytes.size(); i++) {
      lying |= (long) bytes.get(i) << (Byte.SIZE * i);
    }
    return new Request.WriteVariables(type, List.of(address.name(type)), List.of(lying));
  }

  private static DataType ofSize(int bytes) {
    return switch (bytes) {
      case 1 -> DataType.BYTE;
      case 2 -> DataType.WORD;
      case 4 -> DataType.DWORD;
      default -> DataType.LWORD;
    };
  }

  // ---- bits

  private Answer bit(Point point, boolean on) throws DeviceException {
    Address address = point.address();
    if (!settings.cpu().writesBitsOf(address.area())) {
      return bitOfWord(point, on);
    }
    if (!checked.contains(point)) {
      Answer check = check(point);
      if (!(check instanceof Answer.Written)) {
        return check;
      }
      checked.add(point);
    }
    return wire.exchange(
        new Request.WriteVariables(
            DataType.BIT, List.of(address.bitName(settings.bitNames())), List.of(on ? 1L : 0L)));
  }

  /** Reads the word, changes the bit, writes the word: the PLC may change another in between. */
  private Answer bitOfWord(Point point, boolean on) throws DeviceException {
    Address word = word(point);
    Answer before = wire.exchange(readWord(word));
    if (!(before instanceof Answer.Values values)) {
      return before;
    }
    int mask = 1 << bitOfWord(point);
    long held = values.data().get(0).getShort(0) & 0xFFFF;
    return wire.exchange(
        new Request.WriteVariables(
            DataType.WORD,
            List.of(word.name(DataType.WORD)),
            List.of(on ? held | mask : held & ~mask)));
  }

  private static Address word(Point point) {
    return Address.ofByte(point.address().area(), point.address().start() / 2 * 2);
  }

  private static int bitOfWord(Point point) {
    return point.address().start() % 2 * Byte.SIZE + point.address().bit();
  }

  private static Request readWord(Address word) {
    return new Request.ReadVariables(DataType.WORD, List.of(word.name(DataType.WORD)));
  }

  /**
   * Compares a word with its bits by name.
   *
   * @return Written when they agree, Values when they do not, or the PLC's refusal
   */
  private Answer check(Point point) throws DeviceException {
    Address word = word(point);
    Answer answer = wire.exchange(readWord(word));
    for (int i = 0; i < ATTEMPTS && answer instanceof Answer.Values before; i++) {
      Answer bits = wire.exchange(readBits(word));
      answer = wire.exchange(readWord(word));
      if (!(bits instanceof Answer.Values named)) {
        return bits;
      }
      if (answer instanceof Answer.Values after && same(before, after)) {
        // the word stood still, so its bits can be told
        return joined(named.data()) == value(after) ? new Answer.Written() : after;
      }
    }
    // a word that never stands still cannot be compared
    return answer instanceof Answer.Values ? new Answer.Written() : answer;
  }

  private Request readBits(Address word) {
    List<String> names = new java.util.ArrayList<>();
    for (int bit = 0; bit < Short.SIZE; bit++) {
      int start = word.start() + bit / Byte.SIZE;
      Address place = new Address(word.area(), start, bit % Byte.SIZE, false);
      names.add(place.bitName(settings.bitNames()));
    }
    return new Request.ReadVariables(DataType.BIT, names);
  }

  private static boolean same(Answer.Values one, Answer.Values other) {
    return value(one) == value(other);
  }

  private static int value(Answer.Values word) {
    return word.data().get(0).getShort(0) & 0xFFFF;
  }

  private static int joined(List<ByteBuffer> bits) {
    int word = 0;
    for (int i = 0; i < bits.size(); i++) {
      word |= (bits.get(i).get(0) & 1) << i;
    }
    return word;
  }

  private double readBack(Point point) throws DeviceException {
    Address address = point.address();
    Answer answer =
        wire.exchange(
            new Request.ReadBytes(
                Address.ofByte(address.area(), address.start()).name(DataType.BYTE),
                point.encoding().bytes()));
    return answer instanceof Answer.Values values
        ? point.value(values.data().get(0), 0)
        : Double.NaN;
  }
}
