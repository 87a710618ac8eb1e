package io.deungdae.collector.store;

import io.questdb.cairo.ColumnType;
import io.questdb.cairo.TableWriter;
import io.questdb.cairo.sql.RecordMetadata;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns' files of one day or month of a table, or of a piece of its write-ahead log, read as
 * they lie on disk: without the database, which trusts them, and without mapping them into memory,
 * where a file that is cut off ends the process. Used by one thread; reads only.
 */
final class PartFiles implements Closeable {

  /** How wide a time is in a day's or month's folder. */
  static final int TIME = 8;

  /** How wide a time is in the write-ahead log: the row's number is beside it. */
  static final int TIME_IN_LOG = 16;

  private static final int ROWS_AT_ONCE = 8_192;
  private static final int LONGEST_TEXT = 1 << 20;

  private final RecordMetadata columns;
  private final List<@Nullable String> symbols;
  private final int time;
  private final int timeWidth;
  private final List<FileChannel> files = new ArrayList<>();
  private final List<@Nullable FileChannel> texts = new ArrayList<>();
  private final List<ByteBuffer> parts = new ArrayList<>();
  private final RowSum sum = new RowSum();
  private int loaded;

  /**
   * Opens them.
   *
   * @param columns the table's columns
   * @param symbols what the numbers of symbols stand for
   * @param timeWidth {@link #TIME} or {@link #TIME_IN_LOG}
   * @throws IOException when one cannot be read
   */
  PartFiles(Path folder, RecordMetadata columns, List<@Nullable String> symbols, int timeWidth)
      throws IOException {
    this.columns = columns;
    this.symbols = symbols;
    this.time = columns.getTimestampIndex();
    this.timeWidth = timeWidth;
    try {
      for (int i = 0; i < columns.getColumnCount(); i++) {
        String name = columns.getColumnName(i);
        boolean text = type(i) == ColumnType.STRING;
        files.add(open(folder.resolve(name + (text ? ".i" : ".d"))));
        texts.add(text ? open(folder.resolve(name + ".d")) : null);
        parts.add(
            ByteBuffer.allocate(ROWS_AT_ONCE * width(i)).order(ByteOrder.LITTLE_ENDIAN).limit(0));
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ);
  }

  private int type(int column) {
    return ColumnType.tagOf(columns.getColumnType(column));
  }

  private int width(int column) {
    return column == time ? timeWidth : width((short) type(column));
  }

  /** Bytes of a row in a column's file; of a text, in the file of places. */
  static int width(short type) {
    return switch (type) {
      case ColumnType.BOOLEAN, ColumnType.BYTE -> 1;
      case ColumnType.SHORT -> 2;
      case ColumnType.INT, ColumnType.SYMBOL, ColumnType.FLOAT -> 4;
      default -> 8;
    };
  }

  /** Rows that the file of times has room for; the last ones may never have been written. */
  long rows() throws IOException {
    return files.get(time).size() / timeWidth;
  }

  /** Bytes that a row takes, but for its texts. */
  int rowBytes() {
    int bytes = 0;
    for (int i = 0; i < parts.size(); i++) {
      bytes += width(i);
    }
    return bytes;
  }

  /**
   * Reads the next rows, some thousand at once.
   *
   * @return how many, by the file of times; 0 at its end
   */
  int load(long first) throws IOException {
    loaded = (int) Math.max(0, Math.min(ROWS_AT_ONCE, rows() - first));
    for (int i = 0; i < parts.size(); i++) {
      ByteBuffer part = parts.get(i).clear().limit(loaded * width(i));
      long place = first * width(i);
      while (part.hasRemaining() && files.get(i).read(part, place + part.position()) > 0) {
        // more of it
      }
      part.flip();
    }
    return loaded;
  }

  /** True when every column's file has the row, of those that {@link #load} has read. */
  boolean has(int row) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).limit() < (row + 1) * width(i)) {
        return false;
      }
    }
    return true;
  }

  /** The row's time; -1 when its file ends before. */
  long us(int row) {
    int place = row * timeWidth;
    ByteBuffer part = parts.get(time);
    return place + Long.BYTES <= part.limit() ? part.getLong(place) : -1;
  }

  /** A whole number of a row that is there. */
  long whole(int column, int row) {
    ByteBuffer part = parts.get(column);
    return switch (width(column)) {
      case 1 -> part.get(row);
      case 2 -> part.getShort(2 * row);
      case 4 -> part.getInt(4 * row);
      default -> part.getLong(width(column) * row);
    };
  }

  /** A real number of a row that is there. */
  double real(int column, int row) {
    return type(column) == ColumnType.FLOAT
        ? parts.get(column).getFloat(4 * row)
        : parts.get(column).getDouble(8 * row);
  }

  /** A symbol or text of a row that is there; null when there is none or it cannot be read. */
  @Nullable String text(int column, int row) throws IOException {
    long place = whole(column, row);
    FileChannel file = texts.get(column);
    if (file == null) {
      return place >= 0 && place < symbols.size() ? symbols.get((int) place) : null;
    }
    ByteBuffer head = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    if (place < 0 || file.read(head, place) < Integer.BYTES) {
      return null;
    }
    int length = head.getInt(0);
    if (length < 0 || length > LONGEST_TEXT) {
      return null;
    }
    ByteBuffer text = ByteBuffer.allocate(2 * length);
    while (text.hasRemaining() && file.read(text, place + 4 + text.position()) > 0) {
      // more of it
    }
    return text.hasRemaining() ? null : new String(text.array(), StandardCharsets.UTF_16LE);
  }

  /** What {@link TableShape#sum} says of the row as the database reads it. */
  long sum(int row) throws IOException {
    sum.begin();
    for (int i = 0; i < parts.size(); i++) {
      switch (type(i)) {
        case ColumnType.DOUBLE, ColumnType.FLOAT -> sum.add(real(i, row));
        case ColumnType.SYMBOL, ColumnType.STRING -> {
          String text = text(i, row);
          if (text == null) {
            sum.addNothing();
          } else {
            sum.add(text);
          }
        }
        case ColumnType.BOOLEAN -> sum.add(whole(i, row) == 0 ? 0L : 1L);
        default -> sum.add(i == time ? us(row) : whole(i, row));
      }
    }
    return sum.end();
  }

  /** Puts a row that is there into a table that has the same columns. */
  void put(int row, TableWriter.Row into) throws IOException {
    for (int i = 0; i < parts.size(); i++) {
      if (i != time) {
        put(i, row, into);
      }
    }
    into.append();
  }

  private void put(int i, int row, TableWriter.Row into) throws IOException {
    switch (type(i)) {
      case ColumnType.BOOLEAN -> into.putBool(i, whole(i, row) != 0);
      case ColumnType.BYTE -> into.putByte(i, (byte) whole(i, row));
      case ColumnType.SHORT -> into.putShort(i, (short) whole(i, row));
      case ColumnType.INT -> into.putInt(i, (int) whole(i, row));
      case ColumnType.LONG -> into.putLong(i, whole(i, row));
      case ColumnType.TIMESTAMP -> into.putTimestamp(i, whole(i, row));
      case ColumnType.FLOAT -> into.putFloat(i, (float) real(i, row));
      case ColumnType.DOUBLE -> into.putDouble(i, real(i, row));
      case ColumnType.SYMBOL -> into.putSym(i, text(i, row));
      default -> {
        String text = text(i, row);
        if (text != null) {
          into.putStr(i, text);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (FileChannel file : files) {
      file.close();
    }
    for (FileChannel file : texts) {
      if (file != null) {
        file.close();
      }
    }
  }
}
