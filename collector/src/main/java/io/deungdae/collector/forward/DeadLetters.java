package io.deungdae.collector.forward;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows that the receiver refused, one JSON object a line, with the reason. The file is set aside as
 * {@code NAME.1} at 16 MiB, replacing the one set aside before; the rows themselves stay in the
 * history. Rows that are to be sent again lie in a file of their own until they were. Any thread.
 */
final class DeadLetters {

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
  private static final long LARGEST = 16L << 20;

  private final Path file;
  private final Path aside;
  private final Path again;
  private final long largest;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong count = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private long asideCount;
  private volatile boolean resending;
  private long againDone;

  DeadLetters(Path file) throws IOException {
    this(file, LARGEST);
  }

  DeadLetters(Path file, long largest) throws IOException {
    this.file = file;
    this.aside = file.resolveSibling(file.getFileName() + ".1");
    this.again = file.resolveSibling(file.getFileName() + ".again");
    this.largest = largest;
    this.asideCount = lines(aside);
    count.set(asideCount + lines(file));
    this.resending = Files.exists(again);
  }

  private static long lines(Path path) throws IOException {
    if (!Files.exists(path)) {
      return 0;
    }
    try (BufferedReader reader = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
      return reader.lines().count();
    }
  }

  /** Rows that lie here. */
  long count() {
    return count.get();
  }

  /** Rows that had to leave for want of room since the start. */
  long lost() {
    return lost.get();
  }

  /** Puts a row here. */
  void add(Outgoing row, String reason, Instant now) throws IOException {
    byte[] line = (DeadLetter.write(row, reason, now) + "\n").getBytes(StandardCharsets.UTF_8);
    lock.lock();
    try {
      if (Files.exists(file) && Files.size(file) > largest) {
        setAside();
      }
      Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      count.incrementAndGet();
    } finally {
      lock.unlock();
    }
  }

  private void setAside() throws IOException {
    long left = asideCount;
    Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    asideCount = count.get() - left;
    if (left > 0) {
      count.addAndGet(-left);
      lost.addAndGet(left);
      LOG.warn(
          "the oldest refused rows made room for newer ones; send them again or drop them once the"
              + " reason is gone file={} rows={}",
          file,
          left);
    }
  }

  /** The newest, at most {@code most}, the oldest of them first. */
  List<RefusedRow> newest(int most) throws IOException {
    lock.lock();
    try {
      ArrayDeque<String> lines = new ArrayDeque<>();
      for (Path path : List.of(aside, file)) {
        for (String line : read(path)) {
          if (lines.size() == most) {
            lines.removeFirst();
          }
          lines.addLast(line);
        }
      }
      List<RefusedRow> rows = new ArrayList<>();
      for (String line : lines) {
        try {
          rows.add(DeadLetter.read(line));
        } catch (JsonProcessingException e) {
          LOG.warn("a line of the refused rows is damaged file={}", file);
        }
      }
      return rows;
    } finally {
      lock.unlock();
    }
  }

  private static List<String> read(Path path) throws IOException {
    try {
      return Files.readAllLines(path, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /**
   * Has all rows sent again; those refused again come back.
   *
   * @return how many there are
   */
  long resend() throws IOException {
    lock.lock();
    try {
      long rows = count.get();
      for (Path path : List.of(aside, file)) {
        if (Files.exists(path)) {
          byte[] bytes = Files.readAllBytes(path);
          Files.write(again, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
      }
      clear();
      resending = Files.exists(again);
      return rows;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Forgets all rows, but not those that are being sent again.
   *
   * @return how many there were
   */
  long drop() throws IOException {
    lock.lock();
    try {
      long rows = count.get();
      clear();
      return rows;
    } finally {
      lock.unlock();
    }
  }

  private void clear() throws IOException {
    Files.deleteIfExists(aside);
    Files.deleteIfExists(file);
    count.set(0);
    asideCount = 0;
  }

  /** True while there are rows to be sent again. */
  boolean isResending() {
    return resending;
  }

  /** The next rows to be sent again, at most {@code most}; the same until {@link #sentAgain}. */
  List<Outgoing> nextAgain(int most) throws IOException {
    lock.lock();
    try (BufferedReader reader = Files.newBufferedReader(again, StandardCharsets.UTF_8)) {
      List<Outgoing> rows = new ArrayList<>();
      List<String> lines = reader.lines().skip(againDone).limit(most).toList();
      for (String line : lines) {
        try {
          rows.add(DeadLetter.read(line).row());
        } catch (JsonProcessingException e) {
          againDone++;
          LOG.warn("a line of the rows to send again is damaged file={}", again);
        }
      }
      if (lines.isEmpty()) {
        Files.delete(again);
        againDone = 0;
        resending = false;
      }
      return rows;
    } finally {
      lock.unlock();
    }
  }

  /** So many of the next rows are dealt with. */
  void sentAgain(int rows) {
    lock.lock();
    try {
      againDone += rows;
    } finally {
      lock.unlock();
    }
  }
}
