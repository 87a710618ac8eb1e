package io.deungdae.collector.driver;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** Programs of other people's from npm, installed when the first test needs them. */
public final class NodePackages {

  private NodePackages() {}

  /**
   * Installs what a folder's {@code package-lock.json} names, unless that is done; skips the test
   * where there is no npm. Of two test processes one installs and the other waits for it.
   *
   * @param folder where {@code package.json} is
   * @param wanted a package that is there when all are
   */
  public static void install(Path folder, String wanted) throws IOException, InterruptedException {
    Path lock = Files.createDirectories(Path.of("target")).resolve("npm.lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (!held.isValid() || Files.isDirectory(folder.resolve("node_modules").resolve(wanted))) {
        return;
      }
      Process npm = npm(folder);
      assumeTrue(
          npm.waitFor(5, TimeUnit.MINUTES) && npm.exitValue() == 0, "npm cannot install " + wanted);
    }
  }

  private static Process npm(Path folder) throws IOException {
    try {
      return new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      assumeTrue(false, "npm is not installed");
      throw e;
    }
  }
}
