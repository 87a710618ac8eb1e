package io.deungdae.collector.store;

import io.questdb.cairo.ColumnType;
import io.questdb.cairo.TableWriter;
import io.questdb.cairo.sql.Record;
import io.questdb.cairo.sql.RecordMetadata;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table, and how its rows are written to a file and read again: whole numbers as
 * the difference to the row before, symbols once and then by number. Holds what the row before was,
 * so one is needed for each file.
 */
final class TableShape {

  /** Kinds of columns. Their order is on disk. */
  private enum Form {
    WHOLE,
    REAL,
    SYMBOL,
    TEXT
  }

  private record Column(String name, int type, Form form) {}

  private static final int MOST_COLUMNS = 1_000;
  private static final int LONGEST_TEXT = 16 << 20;

  private final List<Column> columns;
  private final int time;
  private final int tag;
  private final long[] before;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> symbols = new ArrayList<>();
  private final RowSum sum = new RowSum();

  private TableShape(List<Column> columns, int time) {
    this.columns = columns;
    this.time = time;
    this.before = new long[columns.size()];
    int first = -1;
    for (int i = 0; i < columns.size() && first < 0; i++) {
      first = columns.get(i).form == Form.SYMBOL ? i : -1;
    }
    this.tag = first;
  }

  /**
   * The shape of a table.
   *
   * @throws IOException when it has a kind of column that is not known here
   */
  static TableShape of(RecordMetadata table) throws IOException {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < table.getColumnCount(); i++) {
      int type = ColumnType.tagOf(table.getColumnType(i));
      columns.add(new Column(table.getColumnName(i), type, form(type)));
    }
    return new TableShape(columns, table.getTimestampIndex());
  }

  private static Form form(int type) throws IOException {
    return switch (type) {
      case ColumnType.BOOLEAN,
          ColumnType.BYTE,
          ColumnType.SHORT,
          ColumnType.INT,
          ColumnType.LONG,
          ColumnType.TIMESTAMP ->
          Form.WHOLE;
      case ColumnType.FLOAT, ColumnType.DOUBLE -> Form.REAL;
      case ColumnType.SYMBOL -> Form.SYMBOL;
      case ColumnType.STRING -> Form.TEXT;
      default -> throw new IOException("a column of type " + ColumnType.nameOf(type));
    };
  }

  void writeHead(DataOutputStream out) throws IOException {
    out.writeInt(columns.size());
    out.writeInt(time);
    for (Column column : columns) {
      out.writeUTF(column.name);
      out.writeByte(column.type);
    }
  }

  /**
   * Reads what {@link #writeHead} wrote, for a table that has these columns, in whatever order.
   *
   * @throws IOException when the table is another
   */
  static TableShape readHead(DataInputStream in) throws IOException {
    int count = in.readInt();
    int time = in.readInt();
    if (count < 1 || count > MOST_COLUMNS || time < 0 || time >= count) {
      throw new IOException("not a file of rows");
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = in.readUTF();
      int type = in.readByte();
      columns.add(new Column(name, type, form(type)));
    }
    return new TableShape(columns, time);
  }

  /** Where each of the columns is in a table; a column that is not there is a mistake. */
  int[] placesIn(RecordMetadata table) throws IOException {
    int[] places = new int[columns.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = table.getColumnIndexQuiet(columns.get(i).name);
      if (places[i] < 0
          || ColumnType.tagOf(table.getColumnType(places[i])) != columns.get(i).type) {
        throw new IOException("the table has no column like " + columns.get(i));
      }
    }
    return places;
  }

  /** The tag that a row belongs to; empty when the table has none. */
  String tag(Record row) {
    return tag < 0 ? "" : String.valueOf(row.getSymA(tag));
  }

  /** The row's number, see {@link RowSum}. */
  long sum(Record row) {
    sum.begin();
    for (int i = 0; i < before.length; i++) {
      Column column = columns.get(i);
      switch (column.form) {
        case WHOLE -> sum.add(whole(row, i, column.type));
        case REAL -> sum.add(real(row, i, column.type));
        case SYMBOL, TEXT -> add(text(row, i, column.form));
      }
    }
    return sum.end();
  }

  private void add(@Nullable CharSequence text) {
    if (text == null) {
      sum.addNothing();
    } else {
      sum.add(text);
    }
  }

  private static @Nullable CharSequence text(Record row, int column, Form form) {
    return form == Form.SYMBOL ? row.getSymA(column) : row.getStrA(column);
  }

  private static long whole(Record row, int column, int type) {
    return switch (type) {
      case ColumnType.BOOLEAN -> row.getBool(column) ? 1 : 0;
      case ColumnType.BYTE -> row.getByte(column);
      case ColumnType.SHORT -> row.getShort(column);
      case ColumnType.INT -> row.getInt(column);
      case ColumnType.LONG -> row.getLong(column);
      default -> row.getTimestamp(column);
    };
  }

  private static double real(Record row, int column, int type) {
    return type == ColumnType.FLOAT ? row.getFloat(column) : row.getDouble(column);
  }

  // ---- to a file

  void write(Record row, DataOutputStream out) throws IOException {
    for (int i = 0; i < before.length; i++) {
      Column column = columns.get(i);
      switch (column.form) {
        case WHOLE -> {
          long value = whole(row, i, column.type);
          writeSigned(out, value - before[i]);
          before[i] = value;
        }
        case REAL -> out.writeLong(Double.doubleToLongBits(real(row, i, column.type)));
        case SYMBOL -> writeSymbol(row.getSymA(i), out);
        case TEXT -> writeText(row.getStrA(i), out);
      }
    }
  }

  private void writeSymbol(@Nullable CharSequence symbol, DataOutputStream out) throws IOException {
    if (symbol == null) {
      writeUnsigned(out, 0);
      return;
    }
    String text = symbol.toString();
    Integer known = numbers.get(text);
    if (known == null) {
      numbers.put(text, numbers.size() + 1);
      writeUnsigned(out, numbers.size());
      writeText(text, out);
    } else {
      writeUnsigned(out, known);
    }
  }

  private static void writeText(@Nullable CharSequence text, DataOutputStream out)
      throws IOException {
    if (text == null) {
      writeUnsigned(out, 0);
      return;
    }
    writeUnsigned(out, text.length() + 1L);
    for (int i = 0; i < text.length(); i++) {
      writeUnsigned(out, text.charAt(i));
    }
  }

  private static void writeSigned(DataOutputStream out, long value) throws IOException {
    writeUnsigned(out, (value << 1) ^ (value >> 63));
  }

  static void writeUnsigned(DataOutputStream out, long value) throws IOException {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      out.writeByte((int) (left & 0x7F) | 0x80);
      left >>>= 7;
    }
    out.writeByte((int) left);
  }

  // ---- from a file

  /** Values of one row, as they were read. */
  final class Row {
    private final long[] wholes = new long[before.length];
    private final @Nullable String[] texts = new @Nullable String[before.length];

    /** Reads the next one. */
    void read(DataInputStream in) throws IOException {
      for (int i = 0; i < before.length; i++) {
        switch (columns.get(i).form) {
          case WHOLE -> {
            before[i] += readSigned(in);
            wholes[i] = before[i];
          }
          case REAL -> wholes[i] = in.readLong();
          case SYMBOL -> texts[i] = readSymbol(in);
          case TEXT -> texts[i] = readText(in);
        }
      }
    }

    /** The designated time. */
    long us() {
      return wholes[time];
    }

    String tag() {
      return tag < 0 ? "" : String.valueOf(texts[tag]);
    }

    /** As {@link TableShape#sum}. */
    long sum() {
      sum.begin();
      for (int i = 0; i < before.length; i++) {
        switch (columns.get(i).form) {
          case WHOLE -> sum.add(wholes[i]);
          case REAL -> sum.add(Double.longBitsToDouble(wholes[i]));
          case SYMBOL, TEXT -> add(texts[i]);
        }
      }
      return sum.end();
    }

    /**
     * Puts it into a table.
     *
     * @param places see {@link TableShape#placesIn}
     */
    void put(TableWriter.Row into, int[] places) {
      for (int i = 0; i < before.length; i++) {
        if (i != time) {
          put(into, i, places[i]);
        }
      }
      into.append();
    }

    private void put(TableWriter.Row into, int i, int place) {
      switch (columns.get(i).type) {
        case ColumnType.BOOLEAN -> into.putBool(place, wholes[i] != 0);
        case ColumnType.BYTE -> into.putByte(place, (byte) wholes[i]);
        case ColumnType.SHORT -> into.putShort(place, (short) wholes[i]);
        case ColumnType.INT -> into.putInt(place, (int) wholes[i]);
        case ColumnType.LONG -> into.putLong(place, wholes[i]);
        case ColumnType.TIMESTAMP -> into.putTimestamp(place, wholes[i]);
        case ColumnType.FLOAT -> into.putFloat(place, (float) Double.longBitsToDouble(wholes[i]));
        case ColumnType.DOUBLE -> into.putDouble(place, Double.longBitsToDouble(wholes[i]));
        case ColumnType.SYMBOL -> into.putSym(place, texts[i]);
        default -> into.putStr(place, texts[i]);
      }
    }
  }

  private @Nullable String readSymbol(DataInputStream in) throws IOException {
    long number = readUnsigned(in);
    if (number == 0) {
      return null;
    }
    if (number == symbols.size() + 1L) {
      symbols.add(String.valueOf(readText(in)));
    }
    if (number > symbols.size()) {
      throw new EOFException("a symbol that was not named");
    }
    return symbols.get((int) number - 1);
  }

  private static @Nullable String readText(DataInputStream in) throws IOException {
    long length = readUnsigned(in) - 1;
    if (length < 0) {
      return null;
    }
    if (length > LONGEST_TEXT) {
      throw new EOFException("a text of " + length + " characters");
    }
    char[] text = new char[(int) length];
    for (int i = 0; i < text.length; i++) {
      text[i] = (char) readUnsigned(in);
    }
    return new String(text);
  }

  private static long readSigned(DataInputStream in) throws IOException {
    long folded = readUnsigned(in);
    return (folded >>> 1) ^ -(folded & 1);
  }

  static long readUnsigned(DataInputStream in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = in.readUnsignedByte();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new EOFException("a number without an end");
  }
}
