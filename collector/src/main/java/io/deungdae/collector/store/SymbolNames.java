package io.deungdae.collector.store;

import io.questdb.cairo.sql.Record;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A tag's name for the number that stands for it in the table, made once. Used by one thread. */
final class SymbolNames {

  private static final int FEW = 256;

  private @Nullable String[] names = new @Nullable String[FEW];

  /** The name in a column of symbols. */
  String of(Record row, int column) {
    int key = row.getInt(column);
    if (key < 0) {
      return String.valueOf(row.getSymA(column));
    }
    if (key >= names.length) {
      names = Arrays.copyOf(names, Math.max(key + 1, 2 * names.length));
    }
    String name = names[key];
    if (name == null) {
      name = String.valueOf(row.getSymA(column));
      names[key] = name;
    }
    return name;
  }
}
