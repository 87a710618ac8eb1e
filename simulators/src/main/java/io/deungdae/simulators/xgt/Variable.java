package io.deungdae.simulators.xgt;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A variable as a client names it.
 *
 * @param area letter of its area
 * @param size letter of its size
 * @param at its first byte; for a bit the byte it is in, for a contact its number
 * @param bit bit within the byte, 0 for everything else
 * @param contact true for the contact of a timer or counter
 */
record Variable(char area, char size, int at, int bit, boolean contact) {

  private static final Pattern NAME =
      Pattern.compile("%([A-Z])([XBWDL])(?:([0-9]{1,8})|([0-9]{1,6})([0-9A-F]))");
  private static final Pattern MODULE = Pattern.compile("%U([BWDL])([0-9A-F]{1,2})\\.([0-9]{1,2})");
  private static final int LONGEST = 16;
  private static final int MODULE_BYTES = 64;

  static Variable parse(String name, Model model) throws Refusal {
    if (name.length() < 4 || name.length() > LONGEST) {
      throw new Refusal(Refusal.NAME);
    }
    Matcher module = MODULE.matcher(name);
    if (module.matches()) {
      int slot = Integer.parseInt(module.group(2), 16);
      char size = module.group(1).charAt(0);
      int at = slot * MODULE_BYTES + Integer.parseInt(module.group(3)) * bytes(size);
      return known(new Variable('U', size, at, 0, false), model);
    }
    Matcher m = NAME.matcher(name);
    if (!m.matches()) {
      throw new Refusal(Refusal.NAME);
    }
    char area = m.group(1).charAt(0);
    char size = m.group(2).charAt(0);
    return known(size == 'X' ? bit(area, name.substring(3), model) : whole(area, size, m), model);
  }

  private static Variable whole(char area, char size, Matcher m) throws Refusal {
    if (m.group(3) == null) {
      throw new Refusal(Refusal.NAME);
    }
    long at = Long.parseLong(m.group(3)) * bytes(size);
    return new Variable(area, size, (int) Math.min(at, Integer.MAX_VALUE), 0, false);
  }

  private static Variable bit(char area, String digits, Model model) throws Refusal {
    try {
      if ((area == 'T' || area == 'C') && model != Model.XGI) {
        return new Variable(area, 'X', Integer.parseInt(digits), 0, true);
      }
      long index =
          model.bits() == Model.Bits.DECIMAL
              ? Long.parseLong(digits)
              : Long.parseLong("0" + digits.substring(0, digits.length() - 1)) * 16
                  + Integer.parseInt(digits.substring(digits.length() - 1), 16);
      return new Variable(area, 'X', (int) (index / 8), (int) (index % 8), false);
    } catch (NumberFormatException e) {
      throw new Refusal(Refusal.NAME);
    }
  }

  private static Variable known(Variable variable, Model model) throws Refusal {
    int size = model.bytes(variable.area);
    if (size == 0) {
      throw new Refusal(Refusal.NO_SUCH_AREA);
    }
    variable.within(variable.contact ? 2 : bytes(variable.size), model);
    return variable;
  }

  /** Checks that so many bytes from its first are in the area. */
  void within(int bytes, Model model) throws Refusal {
    long end = contact ? 2L * at + bytes : (long) at + bytes;
    if (end > model.bytes(area)) {
      throw new Refusal(Refusal.OUTSIDE_AREA);
    }
  }

  /** Bytes of a size letter; a bit is told in one. */
  static int bytes(char size) {
    return switch (size) {
      case 'W' -> 2;
      case 'D' -> 4;
      case 'L' -> 8;
      default -> 1;
    };
  }
}
