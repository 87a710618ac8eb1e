package io.deungdae.collector.driver.xgt;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a value begins.
 *
 * @param area letter of the device area
 * @param start its first byte in the area; for a contact the number of the timer or counter
 * @param bit the bit within that byte, 0 (least significant) to 7, or {@link #WHOLE}
 * @param contact true for the contact of a timer or counter, which lies in no byte
 */
record Address(char area, int start, int bit, boolean contact) {

  /** Not a bit. */
  static final int WHOLE = -1;

  private static final int LAST_BYTE =
      0x7F_FFFF; // longest areas: R of an XGI, 64 Ki words and more
  private static final int U_WORDS = 32; // words of one module in area U: U0.0 to U0.31
  private static final int SLOT_BITS = 64; // XGI: fixed room of one slot
  private static final int BASE_SLOTS = 16;

  private static final Pattern VARIABLE =
      Pattern.compile("%([A-Z])([XBWDL])([0-9]{1,8}|[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3})");
  private static final Pattern DEVICE =
      Pattern.compile("([A-Z])([0-9]{1,7}[0-9A-F]?)(?:\\.([0-9A-F]))?");
  private static final Pattern MODULE =
      Pattern.compile("U([0-9A-F]{1,2})\\.([0-9]{1,2})(?:\\.([0-9A-F]))?");
  private static final String BIT_DEVICES = "PMLKF";
  private static final String CONTACTS = "TC";

  /** How one bit, or all bits. */
  private enum Want {
    BIT,
    NUMBER
  }

  /**
   * Reads an address as XG5000 shows it. IEC variables with their size letter, {@code %MW100},
   * {@code %DB201}, {@code %MX2764} (the bit counted from the area's first, decimal), {@code
   * %IX0.1.12} (base, slot, bit); and, where the family has them, device names: {@code D100},
   * {@code D100.A} (bit 10), {@code M0012F} as a bit (word 12, bit 15), {@code M0012} as a word,
   * {@code T5}, {@code U3.1}. Empty when it is none of these.
   *
   * @param bit true when the tag's type is a bit, which decides what {@code M0012} and {@code T5}
   *     are
   */
  static Optional<Address> parse(String text, Cpu cpu, boolean bit) {
    String name = text.strip().toUpperCase(java.util.Locale.ROOT);
    Want want = bit ? Want.BIT : Want.NUMBER;
    Optional<Address> found =
        name.startsWith("%") ? variable(name, want, cpu) : device(name, want, cpu);
    return found
        .filter(a -> cpu.areas().indexOf(a.area) >= 0)
        .filter(a -> (a.bit != WHOLE || a.contact) == bit)
        .filter(a -> a.start >= 0 && a.start <= LAST_BYTE);
  }

  private static Optional<Address> variable(String name, Want want, Cpu cpu) {
    Matcher m = VARIABLE.matcher(name);
    if (!m.matches() || m.group(1).equals("U")) {
      return Optional.empty();
    }
    char area = m.group(1).charAt(0);
    char size = m.group(2).charAt(0);
    boolean inSlots = m.group(3).indexOf('.') >= 0;
    if (inSlots && (!cpu.iec() || "IQ".indexOf(area) < 0)) {
      return Optional.empty();
    }
    int unitBits = unitBits(size);
    long index = inSlots ? inSlots(m.group(3), unitBits) : Long.parseLong(m.group(3));
    if (size == 'X' && !cpu.iec() && CONTACTS.indexOf(area) >= 0) {
      return Optional.of(new Address(area, (int) index, WHOLE, true));
    }
    if ((size == 'X') != (want == Want.BIT)) {
      return Optional.empty();
    }
    return want == Want.BIT ? bit(area, index) : bytes(area, index * unitBits / 8);
  }

  private static int unitBits(char size) {
    return switch (size) {
      case 'X' -> 1;
      case 'B' -> 8;
      case 'W' -> 16;
      case 'D' -> 32;
      default -> 64;
    };
  }

  private static long inSlots(String text, int unitBits) {
    String[] parts = text.split("\\.", -1);
    long slot = Long.parseLong(parts[0]) * BASE_SLOTS + Long.parseLong(parts[1]);
    return slot * (SLOT_BITS / unitBits) + Long.parseLong(parts[2]);
  }

  private static Optional<Address> device(String name, Want want, Cpu cpu) {
    if (cpu.iec()) {
      return Optional.empty();
    }
    Matcher module = MODULE.matcher(name);
    if (module.matches()) {
      return module(module, want);
    }
    Matcher m = DEVICE.matcher(name);
    if (!m.matches() || m.group(1).equals("U")) {
      return Optional.empty();
    }
    char area = m.group(1).charAt(0);
    String digits = m.group(2);
    if (m.group(3) != null) {
      return decimal(digits).flatMap(word -> bit(area, word * 16 + hex(m.group(3))));
    }
    if (want == Want.NUMBER) {
      return decimal(digits).flatMap(word -> bytes(area, word * 2));
    }
    if (CONTACTS.indexOf(area) >= 0) {
      return decimal(digits).map(n -> new Address(area, n.intValue(), WHOLE, true));
    }
    if (BIT_DEVICES.indexOf(area) < 0) {
      return Optional.empty();
    }
    String word = "0" + digits.substring(0, digits.length() - 1);
    int bit = hex(digits.substring(digits.length() - 1));
    return decimal(word).flatMap(w -> bit(area, w * 16 + bit));
  }

  private static Optional<Address> module(Matcher m, Want want) {
    int word = Integer.parseInt(m.group(2));
    if (word >= U_WORDS) {
      return Optional.empty();
    }
    long first = (long) hex(m.group(1)) * U_WORDS + word;
    if (m.group(3) != null) {
      return bit('U', first * 16 + hex(m.group(3)));
    }
    return want == Want.NUMBER ? bytes('U', first * 2) : Optional.empty();
  }

  private static Optional<Long> decimal(String digits) {
    return digits.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Optional.of(Long.valueOf(digits))
        : Optional.empty();
  }

  private static int hex(String digits) {
    return Integer.parseInt(digits, 16);
  }

  private static Optional<Address> bit(char area, long index) {
    return index / 8 > LAST_BYTE
        ? Optional.empty()
        : Optional.of(new Address(area, (int) (index / 8), (int) (index % 8), false));
  }

  private static Optional<Address> bytes(char area, long start) {
    return start > LAST_BYTE
        ? Optional.empty()
        : Optional.of(new Address(area, (int) start, WHOLE, false));
  }

  /** Where the area's byte is, as a whole. */
  static Address ofByte(char area, int start) {
    return new Address(area, start, WHOLE, false);
  }

  /** The place so many bytes further on. */
  Address plus(int bytes) {
    return new Address(area, start + bytes, bit, contact);
  }

  /**
   * Its name on the wire as a byte, word or longer; the place must be a multiple of that. XGL-EFMF
   * manual §7.1.1, note 3.
   */
  String name(DataType type) {
    if (start % type.bytes() != 0) {
      throw new IllegalArgumentException(this + " is no " + type);
    }
    int index = start / type.bytes();
    if (area == 'U') {
      int inModule = 2 * U_WORDS / type.bytes();
      return String.format("%%U%c%X.%d", type.letter(), index / inModule, index % inModule);
    }
    return "%" + area + type.letter() + index;
  }

  /**
   * Its name on the wire as a bit. XGL-EFMF manual §7.1.1, note 4: bits are counted through, in
   * decimal; XGB takes the word in decimal and the bit within it in hexadecimal.
   */
  String bitName(XgtSettings.BitIndex count) {
    if (contact) {
      return "%" + area + "X" + start;
    }
    int index = start * 8 + bit;
    return count == XgtSettings.BitIndex.HEX
        ? String.format("%%%cX%d%X", area, index / 16, index % 16)
        : "%" + area + "X" + index;
  }
}
