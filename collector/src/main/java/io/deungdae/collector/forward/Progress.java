package io.deungdae.collector.forward;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a forwarder has done: everything up to a number, except for some ranges.
 *
 * <p>It lies in a small file with a checksum, written anew and moved into place, the one before it
 * being kept beside it. A crash at any moment leaves one of the two, that is at worst an older one:
 * rows are then sent again, and none is left out. Files of the first version, which hold nothing
 * but a number, are read. Used by one thread.
 */
final class Progress {

  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
  private static final String TITLE = "deungdae-cursor 2";
  private static final int MOST_RANGES = 64;

  private final Path file;
  private final Path before;
  private final SeqRanges todo = new SeqRanges();
  private long head;
  private long storedUpTo;
  private boolean changed;

  private Progress(Path file) {
    this.file = file;
    this.before = file.resolveSibling(file.getFileName() + ".before");
  }

  /**
   * Reads the file, or the one before it when it is not there or damaged. Nothing is done when
   * neither can be used.
   *
   * @throws IOException when there is a file that cannot be read, for want of rights for example
   */
  static Progress open(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Progress progress = new Progress(file);
    if (!progress.read(file) && !progress.read(progress.before) && Files.exists(file)) {
      LOG.warn("cursor is damaged, everything is sent again file={}", file);
    }
    progress.storedUpTo = progress.doneUpTo();
    return progress;
  }

  private boolean read(Path from) throws IOException {
    if (!Files.exists(from)) {
      return false;
    }
    String text = new String(Files.readAllBytes(from), StandardCharsets.ISO_8859_1);
    try {
      parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      LOG.warn("cursor is damaged file={} reason={}", from, e.getMessage());
      head = 0;
      todo.all().forEach(todo::remove);
      return false;
    }
  }

  private void parse(String text) {
    if (text.strip().matches("\\d{1,18}")) {
      head = Long.parseLong(text.strip());
      return;
    }
    int end = text.lastIndexOf("crc ");
    if (end < 0 || !text.substring(end).equals(crcLine(text.substring(0, end)))) {
      throw new IllegalArgumentException("wrong checksum");
    }
    List<String> lines = text.substring(0, end).lines().toList();
    if (lines.size() < 2 || !lines.get(0).equals(TITLE)) {
      throw new IllegalArgumentException("not a cursor of this version");
    }
    head = Long.parseLong(lines.get(1).substring("head ".length()));
    for (String line : lines.subList(2, lines.size())) {
      String[] words = line.split(" ", -1);
      todo.add(new SeqRange(Long.parseLong(words[1]), Long.parseLong(words[2])));
    }
  }

  private static String crcLine(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
    return "crc " + Long.toHexString(crc.getValue()) + "\n";
  }

  /** The highest number that was looked at; rows above it are to do. */
  long head() {
    return head;
  }

  /** Rows up to the head that are to do. */
  long todo() {
    return todo.size();
  }

  /** Everything up to this number is done. */
  long doneUpTo() {
    return todo.isEmpty() ? head : todo.first() - 1;
  }

  /** The same as it stands in the file, that is after a crash. */
  long storedUpTo() {
    return storedUpTo;
  }

  /**
   * The first rows to do from a number up to the head that are not among others, at most {@code
   * most}; null for none.
   */
  @Nullable SeqRange next(SeqRanges others, long lowest, long most) {
    return todo.firstNotIn(others, lowest, most);
  }

  /** Moves the head up; the rows between are to do. */
  void advance(long to) {
    todo.add(new SeqRange(head + 1, to));
    head = to;
    changed = true;
  }

  /** Rows up to the head that are done. */
  void done(SeqRange range) {
    todo.remove(range);
    changed = true;
    while (todo.count() > MOST_RANGES) {
      todo.joinNearest(); // sent again, as they would be after a crash
    }
  }

  /** Nothing is done any more. */
  void startOver() {
    todo.all().forEach(todo::remove);
    head = 0;
    changed = true;
  }

  /** Puts on disk what has changed; when it returns, it outlives a power cut. */
  void store() throws IOException {
    if (!changed) {
      return;
    }
    StringBuilder text = new StringBuilder(TITLE).append("\nhead ").append(head).append('\n');
    for (SeqRange range : todo.all()) {
      text.append("todo ").append(range.from()).append(' ').append(range.to()).append('\n');
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    write(fresh, text + crcLine(text.toString()));
    if (Files.exists(file)) {
      move(file, before);
    }
    move(fresh, file);
    changed = false;
    storedUpTo = doneUpTo();
  }

  private static void write(Path to, String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            to,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.ISO_8859_1.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
