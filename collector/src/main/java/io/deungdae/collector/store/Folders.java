package io.deungdae.collector.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is done with whole folders. */
final class Folders {

  private Folders() {}

  /** Puts the names in a folder on disk; does nothing where the system cannot (Windows). */
  static void force(@Nullable Path folder) throws IOException {
    if (folder == null || System.getProperty("os.name", "").startsWith("Windows")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Puts a file on disk. */
  static void forceFile(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Deletes a file, or a folder with all that is in it; links are deleted, not followed. */
  static void delete(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      List<Path> within;
      try (Stream<Path> inside = Files.list(path)) {
        within = inside.toList();
      }
      for (Path each : within) {
        delete(each);
      }
    }
    Files.deleteIfExists(path);
  }

  /** Size of all files; files that vanish meanwhile count as nothing. */
  static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(Folders::size).sum();
    } catch (java.io.UncheckedIOException e) {
      return 0; // a folder vanished while it was walked; the next look will do
    }
  }

  private static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
