package io.deungdae.collector.store;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A day of a table in a file of a backup: the columns, the rows, then how many rows each tag has
 * and what they add up to. Compressed; checked as a whole by a CRC32C that is kept elsewhere.
 */
final class DayFile {

  private static final int MAGIC = 0x44_44_41_31; // DDA1
  private static final int BUFFER = 1 << 16;
  private static final int ROW = 1;
  private static final int END = 0;

  private DayFile() {}

  /** Takes the rows of a file. */
  interface Rows {
    /** The columns, before the first row. */
    void shape(TableShape shape) throws IOException;

    /** One row; valid only during the call. */
    void row(TableShape.Row row) throws IOException;
  }

  /** Writes a file, row by row. */
  static final class Writing implements AutoCloseable {
    private final FileChannel channel;
    private final CRC32C crc = new CRC32C();
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final OutputStream counted;
    private final DeflaterOutputStream packing;
    private final DataOutputStream out;
    private final TableShape shape;
    private final DaySums sums = new DaySums();

    Writing(Path file, TableShape shape) throws IOException {
      this.shape = shape;
      this.channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      this.counted =
          new CheckedOutputStream(
              new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER), crc);
      this.packing = new DeflaterOutputStream(counted, deflater, BUFFER);
      this.out = new DataOutputStream(new BufferedOutputStream(packing, BUFFER));
      out.writeInt(MAGIC);
      shape.writeHead(out);
    }

    void add(io.questdb.cairo.sql.Record row) throws IOException {
      out.writeByte(ROW);
      shape.write(row, out);
      sums.add(shape.tag(row), shape.sum(row));
    }

    /** Ends the file and puts it on disk. */
    DaySums finish() throws IOException {
      out.writeByte(END);
      out.writeInt(sums.byTag().size());
      for (Map.Entry<String, DaySums.Sum> entry : sums.byTag().entrySet()) {
        out.writeUTF(entry.getKey());
        out.writeLong(entry.getValue().rows());
        out.writeLong(entry.getValue().sum());
      }
      out.flush();
      packing.finish();
      counted.flush();
      channel.force(true);
      return sums;
    }

    /** Of the whole file, after {@link #finish}. */
    long crc() {
      return crc.getValue();
    }

    @Override
    public void close() throws IOException {
      deflater.end();
      channel.close();
    }
  }

  /** CRC32C of a whole file. */
  static long crc(Path file) throws IOException {
    CRC32C crc = new CRC32C();
    try (InputStream in = new CheckedInputStream(Files.newInputStream(file), crc)) {
      byte[] buffer = new byte[BUFFER];
      while (in.read(buffer) >= 0) {
        // the checksum looks at what is read
      }
    }
    return crc.getValue();
  }

  /**
   * Reads a file from its beginning to its end.
   *
   * @return what it says the rows add up to
   * @throws IOException when it is damaged, or what it says is not what it has
   */
  static DaySums read(Path file, Rows rows) throws IOException {
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(
                new InflaterInputStream(
                    new BufferedInputStream(Files.newInputStream(file), BUFFER)),
                BUFFER))) {
      if (in.readInt() != MAGIC) {
        throw new EOFException("it does not begin as it should");
      }
      TableShape shape = TableShape.readHead(in);
      rows.shape(shape);
      TableShape.Row row = shape.new Row();
      DaySums found = new DaySums();
      while (in.readUnsignedByte() == ROW) {
        row.read(in);
        found.add(row.tag(), row.sum());
        rows.row(row);
      }
      DaySums told = sums(in);
      String difference = told.differenceTo(found);
      if (!difference.isEmpty()) {
        throw new EOFException(difference);
      }
      return told;
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  private static DaySums sums(DataInputStream in) throws IOException {
    DaySums sums = new DaySums();
    for (int left = in.readInt(); left > 0; left--) {
      String tag = in.readUTF();
      long rows = in.readLong();
      sums.add(tag, rows, in.readLong());
    }
    return sums;
  }
}
