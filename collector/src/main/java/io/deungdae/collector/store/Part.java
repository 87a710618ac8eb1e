package io.deungdae.collector.store;

import io.questdb.cairo.ColumnType;
import io.questdb.cairo.sql.RecordMetadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * A day or month of a table, as it is in force.
 *
 * @param folder where its files are
 * @param us its start, microseconds since 1970
 * @param rows how many rows it has
 */
record Part(Path folder, long us, long rows) {

  /** The end of the day or month it is of, microseconds since 1970. */
  long endUs() {
    return toUs(name());
  }

  /** The start of a day or month by its name. */
  static long fromUs(String name) {
    return micros(first(name));
  }

  /** The end of a day or month by its name. */
  static long toUs(String name) {
    LocalDate from = first(name);
    return micros(name.length() == 7 ? from.plusMonths(1) : from.plusDays(1));
  }

  private static LocalDate first(String name) {
    return LocalDate.parse(name.length() == 7 ? name + "-01" : name);
  }

  private static long micros(LocalDate day) {
    return SourceTimes.micros(day.atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  /** Its day or month; several parts may have the same when the database has cut one. */
  String name() {
    return name(folder);
  }

  /** The day or month that a folder is of; its own name when it is of none. */
  static String name(Path folder) {
    String name = String.valueOf(folder.getFileName());
    boolean day = name.length() >= 10 && name.charAt(7) == '-';
    return name.length() < 7 ? name : name.substring(0, day ? 10 : 7);
  }

  /**
   * Looks whether its files are as long as its rows need.
   *
   * @throws Opening.DamageException when one is not
   */
  void check(RecordMetadata columns) throws IOException {
    if (rows == 0) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new Opening.DamageException(folder + " is missing");
    }
    for (int i = 0; i < columns.getColumnCount(); i++) {
      String name = columns.getColumnName(i);
      short type = ColumnType.tagOf(columns.getColumnType(i));
      Path file = folder.resolve(name + (type == ColumnType.STRING ? ".i" : ".d"));
      if (!Files.exists(file)
          || Files.size(file) < rows * PartFiles.width(type)
          || (type == ColumnType.STRING && !hasTexts(file, folder.resolve(name + ".d")))) {
        throw new Opening.DamageException("files of " + folder + " are cut off");
      }
    }
  }

  private boolean hasTexts(Path places, Path texts) throws IOException {
    if (!Files.exists(texts)) {
      return false;
    }
    try (FileChannel file = FileChannel.open(places, StandardOpenOption.READ)) {
      ByteBuffer end = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      return file.read(end, Long.BYTES * rows) < Long.BYTES || end.getLong(0) <= Files.size(texts);
    }
  }
}
