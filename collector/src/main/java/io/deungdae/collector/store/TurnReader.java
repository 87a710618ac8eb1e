package io.deungdae.collector.store;

import io.questdb.cairo.sql.Record;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts, for some rows, the earlier ones with the same tag and time. */
final class TurnReader implements Database.Rows {

  static final String COLUMNS = "ts, tag, seq";
  private static final long APART_US = 10_000_000;
  private static final int NONE = -1;
  private static final long MIX = 0x9E3779B97F4A7C15L; // Knuth's multiplicative hashing

  private final SymbolNames names = new SymbolNames();
  private final Map<String, Integer> ids = new HashMap<>();
  private int[] idOfKey = new int[0];

  // The rows, and a hash table from tag and time to the first row with them.
  private final int[] tag;
  private final long[] us;
  private final long[] seq;
  private final int[] sameAs;
  private final int[] firstAt;
  private final int[] turns;
  private final boolean whole;
  private long belowSeq;

  TurnReader(List<StoredSample> rows) {
    int number = rows.size();
    this.tag = new int[number];
    this.us = new long[number];
    this.seq = new long[number];
    this.sameAs = new int[number];
    this.turns = new int[number];
    this.firstAt = new int[Integer.highestOneBit(Math.max(1, number)) * 4];
    Arrays.fill(firstAt, NONE);
    this.whole = isWhole(rows);
    for (int i = 0; i < number; i++) {
      StoredSample row = rows.get(i);
      tag[i] = ids.computeIfAbsent(row.tag(), name -> ids.size());
      us[i] = SourceTimes.micros(row.sourceTime());
      seq[i] = row.seq();
      belowSeq = whole ? seq[0] : Math.max(belowSeq, seq[i]);
      int at = place(tag[i], us[i]);
      sameAs[i] = firstAt[at];
      firstAt[at] = i;
      if (whole && sameAs[i] != NONE) {
        turns[i] = turns[sameAs[i]] + 1; // those before the list are added to both alike
      }
    }
  }

  /** True for rows in order with none missing: only what lies before them is to be looked up. */
  private static boolean isWhole(List<StoredSample> rows) {
    int number = rows.size();
    for (int i = 1; i < number; i++) {
      if (rows.get(i).seq() != rows.get(i - 1).seq() + 1) {
        return false;
      }
    }
    return number > 0;
  }

  /** Where in the table a tag and time are, or would be. */
  private int place(int wantedTag, long wantedUs) {
    int mask = firstAt.length - 1;
    long hash = (wantedUs * 31 + wantedTag) * MIX;
    int at = (int) (hash >>> 32) & mask;
    while (firstAt[at] != NONE && (us[firstAt[at]] != wantedUs || tag[firstAt[at]] != wantedTag)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  /** Where to look: near times are looked up together. */
  List<Stretch> stretches() {
    long[] sorted = us.clone();
    Arrays.sort(sorted);
    List<Stretch> stretches = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] - sorted[i - 1] > APART_US) {
        stretches.add(new Stretch(sorted[from], sorted[i - 1]));
        from = i;
      }
    }
    return stretches;
  }

  /** Rows with this number and above need not be read. */
  long belowSeq() {
    return belowSeq;
  }

  @Override
  public void row(Record row) {
    int id = id(row);
    if (id == NONE) {
      return;
    }
    long found = row.getLong(2);
    for (int i = firstAt[place(id, row.getTimestamp(0))]; i != NONE; i = sameAs[i]) {
      if (found < seq[i]) {
        turns[i]++;
      }
    }
  }

  private int id(Record row) {
    int key = row.getInt(1);
    if (key < 0) {
      return NONE;
    }
    if (key >= idOfKey.length) {
      int before = idOfKey.length;
      idOfKey = Arrays.copyOf(idOfKey, Math.max(key + 1, 2 * before));
      Arrays.fill(idOfKey, before, idOfKey.length, Integer.MIN_VALUE);
    }
    if (idOfKey[key] == Integer.MIN_VALUE) {
      idOfKey[key] = ids.getOrDefault(names.of(row, 1), NONE);
    }
    return idOfKey[key];
  }

  int[] turns() {
    return turns;
  }
}
