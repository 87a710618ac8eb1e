package io.deungdae.collector.export;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table between two programs of the same version: exact, quick to write and to read, and its end
 * is marked, so that a broken stream is not taken for a whole one.
 *
 * <p>{@code "DDR1"}, the number of columns, and of each its name and type; for each row a 1 and its
 * cells, each a byte that says what it is and the cell; at the end a 0 and the number of rows.
 * Texts are a length and UTF-8; numbers are big-endian.
 */
public final class RowStream implements Table {

  /** The MIME type. */
  public static final String CONTENT_TYPE = "application/x-deungdae-rows";

  private static final int MAGIC = 0x44445231;
  private static final int END = 0;
  private static final int ROW = 1;

  private static final int EMPTY = 0;
  private static final int WHOLE = 1;
  private static final int NUMBER = 2;
  private static final int FLAG = 3;
  private static final int TEXT = 4;

  private final DataOutputStream out;
  private long rows;

  /** A stream; it is whole only after {@link #complete}. */
  public RowStream(OutputStream out, List<Column> columns) throws IOException {
    this.out = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
    this.out.writeInt(MAGIC);
    this.out.writeInt(columns.size());
    for (Column column : columns) {
      text(column.name());
      text(column.type().name());
    }
  }

  private void text(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  @Override
  public void add(@Nullable Object[] cells) throws IOException {
    out.writeByte(ROW);
    for (Object cell : cells) {
      write(cell);
    }
    rows++;
  }

  private void write(@Nullable Object cell) throws IOException {
    if (cell == null) {
      out.writeByte(EMPTY);
    } else if (cell instanceof Long whole) {
      out.writeByte(WHOLE);
      out.writeLong(whole);
    } else if (cell instanceof Double number) {
      out.writeByte(NUMBER);
      out.writeDouble(number);
    } else if (cell instanceof Boolean flag) {
      out.writeByte(FLAG);
      out.writeBoolean(flag);
    } else {
      out.writeByte(TEXT);
      text(cell.toString());
    }
  }

  /** Marks the end; without it the reader knows that something is missing. */
  public void complete() throws IOException {
    out.writeByte(END);
    out.writeLong(rows);
    out.flush();
  }

  /** Sends what there is on its way; the stream beneath stays open. */
  @Override
  public void close() throws IOException {
    out.flush();
  }

  /**
   * Reads a stream into a table, which it closes.
   *
   * @return how many rows came
   * @throws EOFException when the stream ends before its end
   */
  public static long read(InputStream from, HistoryDesk.TableMaker maker, HistoryExport.Watch watch)
      throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(from, 1 << 16));
    if (in.readInt() != MAGIC) {
      throw new IOException("the gateway is of another version: it sends rows in another form");
    }
    List<Column> columns = new ArrayList<>();
    int width = in.readInt();
    for (int i = 0; i < width; i++) {
      columns.add(new Column(text(in), Column.Type.valueOf(text(in))));
    }
    long rows = 0;
    try (Table table = maker.open(columns)) {
      while (in.readByte() == ROW) {
        @Nullable Object[] cells = new @Nullable Object[width];
        for (int i = 0; i < width; i++) {
          cells[i] = cell(in);
        }
        table.add(cells);
        watch.goesOn(++rows);
      }
    }
    if (in.readLong() != rows) {
      throw new EOFException("rows were lost on the way");
    }
    return rows;
  }

  private static @Nullable Object cell(DataInputStream in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case EMPTY -> null;
      case WHOLE -> (Object) in.readLong();
      case NUMBER -> (Object) in.readDouble();
      case FLAG -> (Object) in.readBoolean();
      case TEXT -> text(in);
      default -> throw new IOException("a damaged stream of rows: " + kind);
    };
  }

  private static String text(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
