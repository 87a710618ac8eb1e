package io.deungdae.collector.store;

import io.questdb.cairo.TableWriter;
import io.questdb.cairo.wal.WalWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets the samples out of a database's files that the database itself cannot or must not open any
 * more. It reads the columns' files of days and of the write-ahead log, ignores everything that
 * says which of them are in force, and takes every row that can be one: rows that turn up twice
 * have the same number and become one row again. Reads only.
 */
final class Salvage {

  private static final Logger LOG = LoggerFactory.getLogger(Salvage.class);
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}.*");
  private static final Pattern WAL = Pattern.compile("wal\\d+");
  private static final Pattern SEGMENT = Pattern.compile("\\d+");
  private static final int ROWS_AT_ONCE = 8_192;
  private static final int ROWS_IN_COMMIT = 200_000;
  private static final int LONGEST_TEXT = 1 << 20;
  private static final long LATEST_US = 4_102_444_800_000_000L; // 2100-01-01
  private static final long DAY_US = 86_400_000_000L;

  private final List<String> names;
  private final WalWriter into;
  private long rows;
  private int waiting;

  private Salvage(List<String> names, WalWriter into) {
    this.names = names;
    this.into = into;
  }

  /**
   * Puts all samples that can be read into a database that has none.
   *
   * @param from the damaged history's folder
   * @return rows read, some of them more than once
   */
  static long run(Path from, Database database) throws IOException {
    long read = 0;
    for (Path table : folders(from, Pattern.compile("samples~\\d+"))) {
      List<String> names = names(from, table);
      try (WalWriter writer = database.writer()) {
        Salvage salvage = new Salvage(names, writer);
        for (Path day : folders(table, DAY)) {
          salvage.day(day);
        }
        for (Path wal : folders(table, WAL)) {
          for (Path segment : folders(wal, SEGMENT)) {
            salvage.pour(segment, 16, 0, LATEST_US);
          }
        }
        salvage.commit();
        read += salvage.rows;
      }
    }
    return read;
  }

  private static List<Path> folders(Path above, Pattern name) throws IOException {
    try (Stream<Path> inside = Files.list(above)) {
      return inside
          .filter(path -> Files.isDirectory(path))
          .filter(path -> name.matcher(String.valueOf(path.getFileName())).matches())
          .sorted(Comparator.comparing(Salvage::version).thenComparing(Comparator.naturalOrder()))
          .toList();
    }
  }

  /** Later versions of a day have a higher number behind a dot; they come last and stay. */
  private static long version(Path folder) {
    String name = String.valueOf(folder.getFileName());
    int dot = name.indexOf('.');
    try {
      return dot < 0 ? 0 : Long.parseLong(name.substring(dot + 1));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Our own list of names; what it lacks, from the table's. */
  private static List<String> names(Path from, Path table) throws IOException {
    List<String> ours = TagNames.load(from);
    List<String> theirs = new ArrayList<>();
    Path file = table.resolve("tag.c");
    if (Files.exists(file)) {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      while (bytes.remaining() >= Integer.BYTES) {
        int length = bytes.getInt();
        if (length <= 0 || length > bytes.remaining() / 2) {
          break;
        }
        byte[] text = new byte[2 * length];
        bytes.get(text);
        theirs.add(new String(text, StandardCharsets.UTF_16LE));
      }
    }
    return ours.size() >= theirs.size() ? ours : theirs;
  }

  private void day(Path folder) throws IOException {
    String name = String.valueOf(folder.getFileName());
    try {
      LocalDate day = LocalDate.parse(name.substring(0, 10));
      long fromUs = SourceTimes.micros(day.atStartOfDay(ZoneOffset.UTC).toInstant());
      pour(folder, 8, fromUs, fromUs + DAY_US);
    } catch (DateTimeException e) {
      LOG.warn("history has a folder that is no day, it is left out folder={}", folder);
    }
  }

  /** The columns' files of a folder. */
  private record Columns(
      FileChannel ts,
      FileChannel tag,
      FileChannel seq,
      FileChannel arrival,
      FileChannel quality,
      FileChannel kind,
      FileChannel num,
      FileChannel whole,
      FileChannel textPlaces,
      FileChannel texts) {}

  private void pour(Path folder, int timeSize, long fromUs, long toUs) {
    List<FileChannel> open = new ArrayList<>();
    try {
      for (String file :
          List.of(
              "ts.d",
              "tag.d",
              "seq.d",
              "arrival.d",
              "quality.d",
              "kind.d",
              "num.d",
              "whole.d",
              "txt.i",
              "txt.d")) {
        open.add(FileChannel.open(folder.resolve(file), StandardOpenOption.READ));
      }
      Columns columns =
          new Columns(
              open.get(0),
              open.get(1),
              open.get(2),
              open.get(3),
              open.get(4),
              open.get(5),
              open.get(6),
              open.get(7),
              open.get(8),
              open.get(9));
      pour(columns, timeSize, fromUs, toUs);
    } catch (IOException e) {
      LOG.warn("a part of the history cannot be read folder={} reason={}", folder, e.toString());
    } finally {
      for (FileChannel channel : open) {
        close(channel);
      }
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing what was only read", e);
    }
  }

  private void pour(Columns c, int timeSize, long fromUs, long toUs) throws IOException {
    long most = c.ts.size() / timeSize;
    for (long first = 0; first < most; first += ROWS_AT_ONCE) {
      int count = (int) Math.min(ROWS_AT_ONCE, most - first);
      ByteBuffer ts = part(c.ts, first, count, timeSize);
      ByteBuffer tag = part(c.tag, first, count, 4);
      ByteBuffer seq = part(c.seq, first, count, 8);
      ByteBuffer arrival = part(c.arrival, first, count, 8);
      ByteBuffer quality = part(c.quality, first, count, 2);
      ByteBuffer kind = part(c.kind, first, count, 1);
      ByteBuffer num = part(c.num, first, count, 8);
      ByteBuffer whole = part(c.whole, first, count, 8);
      ByteBuffer places = part(c.textPlaces, first, count, 8);
      boolean any = false;
      for (int i = 0; i < count; i++) {
        long us = at(ts, i, timeSize);
        if (us < fromUs || us >= toUs || 8 * i + 8 > seq.limit() || seq.getLong(8 * i) <= 0) {
          continue;
        }
        any = true;
        if (4 * i + 4 > tag.limit()
            || 8 * i + 8 > arrival.limit()
            || 2 * i + 2 > quality.limit()
            || i + 1 > kind.limit()
            || 8 * i + 8 > num.limit()
            || 8 * i + 8 > whole.limit()) {
          return; // a file was cut off
        }
        int id = tag.getInt(4 * i);
        byte code = kind.get(i);
        String text = code == StoredValue.TEXT ? text(c.texts, places, i) : null;
        if (id < 0
            || id >= names.size()
            || !StoredValue.isKnown(code)
            || (code == StoredValue.TEXT && text == null)) {
          continue; // not a row, or not one any more
        }
        TableWriter.Row row = into.newRow(us);
        row.putSym(Database.TAG, names.get(id));
        row.putLong(Database.SEQ, seq.getLong(8 * i));
        row.putTimestamp(Database.ARRIVAL, arrival.getLong(8 * i));
        row.putShort(Database.QUALITY, quality.getShort(2 * i));
        row.putByte(Database.KIND, code);
        row.putDouble(Database.NUM, num.getDouble(8 * i));
        row.putLong(Database.WHOLE, whole.getLong(8 * i));
        if (text != null) {
          row.putStr(Database.TEXT, text);
        }
        row.append();
        rows++;
        if (++waiting == ROWS_IN_COMMIT) {
          commit();
        }
      }
      if (!any) {
        return; // the rest of the file was never written
      }
    }
  }

  private static long at(ByteBuffer ts, int row, int size) {
    int place = row * size;
    return place + 8 <= ts.limit() ? ts.getLong(place) : -1;
  }

  private static ByteBuffer part(FileChannel file, long first, int count, int size)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count * size).order(ByteOrder.LITTLE_ENDIAN);
    long place = first * size;
    while (bytes.hasRemaining() && file.read(bytes, place + bytes.position()) > 0) {
      // more of it
    }
    return bytes.flip();
  }

  private static @Nullable String text(FileChannel texts, ByteBuffer places, int row)
      throws IOException {
    if (8 * row + 8 > places.limit()) {
      return null;
    }
    long place = places.getLong(8 * row);
    ByteBuffer head = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    if (place < 0 || texts.read(head, place) < 4) {
      return null;
    }
    int length = head.getInt(0);
    if (length < 0 || length > LONGEST_TEXT) {
      return null;
    }
    ByteBuffer text = ByteBuffer.allocate(2 * length);
    while (text.hasRemaining() && texts.read(text, place + 4 + text.position()) > 0) {
      // more of it
    }
    return text.hasRemaining() ? null : new String(text.array(), StandardCharsets.UTF_16LE);
  }

  private void commit() {
    if (waiting > 0) {
      into.commit();
      waiting = 0;
    }
  }
}
