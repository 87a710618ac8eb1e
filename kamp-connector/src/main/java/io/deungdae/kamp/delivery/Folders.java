package io.deungdae.kamp.delivery;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What has to be done to a folder so that a new name in it survives a power cut. */
final class Folders {

  private static final boolean WINDOWS =
      System.getProperty("os.name", "").toLowerCase(java.util.Locale.ROOT).contains("windows");

  private Folders() {}

  /** Syncs the folder; Windows does so by itself and knows no other way. */
  static void sync(Path folder) throws IOException {
    if (WINDOWS) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
