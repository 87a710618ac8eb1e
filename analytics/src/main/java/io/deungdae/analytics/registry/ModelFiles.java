package io.deungdae.analytics.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Folders that are there whole or not at all. */
final class ModelFiles {

  /** Folders that begin so are not finished, and nobody's. */
  static final String UNFINISHED = ".unfinished-";

  private ModelFiles() {}

  /**
   * Writes a folder under another name, forces it to disk and gives it its name in one step.
   *
   * @param home where it goes
   * @param name its name; nothing happens when it is there already
   * @param files contents by file name
   */
  static void publish(Path home, String name, Map<String, byte[]> files) throws IOException {
    Path place = home.resolve(name);
    if (Files.isDirectory(place)) {
      return;
    }
    Files.createDirectories(home);
    Path unfinished = Files.createTempDirectory(home, UNFINISHED);
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        write(unfinished.resolve(file.getKey()), file.getValue());
      }
      force(unfinished);
      Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
      force(home);
    } finally {
      remove(unfinished); // gone already, unless something failed
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel to =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        to.write(buffer);
      }
      to.force(true);
    }
  }

  /** Makes the folder's entries durable; Windows does so by itself and cannot open a folder. */
  private static void force(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Hides a folder in one step and removes it with what is in it. */
  static void retract(Path folder) throws IOException {
    Path hidden = folder.resolveSibling(UNFINISHED + folder.getFileName());
    remove(hidden);
    Files.move(folder, hidden, StandardCopyOption.ATOMIC_MOVE);
    remove(hidden);
  }

  /** Removes a folder of files, if it is there. */
  static void remove(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      for (Path file : children(folder)) {
        Files.delete(file);
      }
      Files.delete(folder);
    }
  }

  /** What is in a folder; nothing when the folder is not there. */
  static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList();
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java machine has SHA-256", e);
    }
  }
}
