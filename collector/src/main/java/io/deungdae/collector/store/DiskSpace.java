package io.deungdae.collector.store;

import io.deungdae.collector.store.KeepStatus.Room;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Keeps the database away from a full disk: it survives one badly (a write-ahead file that cannot
 * grow may end the process), so nothing is written once little is left. Before that, from three
 * times as much on, other things are given up one after the other, see {@link Room}.
 */
final class DiskSpace {

  private final LongSupplier free;
  private final long keepFree;

  DiskSpace(LongSupplier free, long keepFree) {
    this.free = free;
    this.keepFree = keepFree;
  }

  /** Asks the file system of a folder that exists. */
  static LongSupplier of(Path folder) throws IOException {
    FileStore disk = Files.getFileStore(folder);
    return () -> {
      try {
        return disk.getUsableSpace();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  long freeBytes() {
    return free.getAsLong();
  }

  /** How much room there is. */
  Room room() {
    long left = free.getAsLong();
    if (left < keepFree) {
      return Room.NONE;
    }
    if (left < 2 * keepFree) {
      return Room.SHORT;
    }
    return left < 3 * keepFree ? Room.LITTLE : Room.ENOUGH;
  }

  /**
   * Refuses when too little is left to take in more.
   *
   * @throws IOException then
   */
  void checkForWriting() throws IOException {
    check(keepFree);
  }

  /**
   * Refuses when too little is left to bring in what was committed, which may use half of what is
   * kept free.
   *
   * @throws IOException then
   */
  void checkForApplying() throws IOException {
    check(keepFree / 2);
  }

  private void check(long least) throws IOException {
    long left = free.getAsLong();
    if (left < least) {
      throw new IOException(
          "the disk is full: %d MB left, at least %d MB are needed"
              .formatted(left >> 20, least >> 20));
    }
  }
}
