package io.deungdae.collector.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of tags in a table's own files, which may be damaged: one has the names, another says
 * where each of them begins.
 */
final class SymbolFile {

  /** The two of a table. */
  static final List<String> FILES = List.of("tag.c", "tag.o");

  private static final int HEADER = 64; // of the file of places

  private final byte[] names;
  private final ByteBuffer places;
  private final List<String> known;

  private SymbolFile(byte[] names, byte[] places, List<String> known) {
    this.names = names;
    this.places = ByteBuffer.wrap(places).order(ByteOrder.LITTLE_ENDIAN);
    this.known = known;
  }

  /**
   * Reads the names.
   *
   * @param known names that are likely; empty when nobody knows
   * @return the names by their numbers; null where one cannot be read
   */
  static List<@Nullable String> read(Path table, List<String> known) throws IOException {
    return new SymbolFile(
            bytes(table.resolve(FILES.get(0))), bytes(table.resolve(FILES.get(1))), known)
        .names();
  }

  private static byte[] bytes(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
  }

  private List<@Nullable String> names() {
    List<@Nullable String> found = new ArrayList<>();
    int next = 0; // where it would begin by the length of the one before
    for (int id = 0; ; id++) {
      int told = id == 0 ? 0 : place(id);
      String byPlace = told < 0 ? null : known(name(told));
      String byOrder = next < 0 ? null : known(name(next));
      String name = (byPlace != null && isKnown(byPlace)) || byOrder == null ? byPlace : byOrder;
      if (name == null && place(id + 1) < 0) {
        return found;
      }
      found.add(name);
      int begin = name != null && name.equals(byPlace) ? told : next;
      next = name == null ? place(id + 1) : begin + Integer.BYTES + 2 * name.length();
    }
  }

  private boolean isKnown(String name) {
    return known.isEmpty() || known.contains(name);
  }

  /** Where a name begins; -1 when that is not told. */
  private int place(int id) {
    int at = HEADER + Long.BYTES * id;
    if (at + Long.BYTES > places.limit()) {
      return -1;
    }
    long place = places.getLong(at);
    return place <= 0 || place > names.length - Integer.BYTES ? -1 : (int) place;
  }

  private @Nullable String name(int place) {
    if (place < 0 || place + Integer.BYTES > names.length) {
      return null;
    }
    int length = ByteBuffer.wrap(names).order(ByteOrder.LITTLE_ENDIAN).getInt(place);
    int begin = place + Integer.BYTES;
    if (length <= 0 || length > (names.length - begin) / 2) {
      return null;
    }
    return new String(names, begin, 2 * length, StandardCharsets.UTF_16LE);
  }

  /** The likely name that has one character else, if there is just one. */
  private @Nullable String known(@Nullable String name) {
    if (name == null || isKnown(name)) {
      return name;
    }
    List<String> near = known.stream().filter(other -> isNear(name, other)).toList();
    return near.size() == 1 ? near.get(0) : name;
  }

  private static boolean isNear(String one, String other) {
    if (one.length() != other.length()) {
      return false;
    }
    int apart = 0;
    for (int i = 0; i < one.length(); i++) {
      apart += one.charAt(i) == other.charAt(i) ? 0 : 1;
    }
    return apart == 1;
  }
}
