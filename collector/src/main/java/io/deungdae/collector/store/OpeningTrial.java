package io.deungdae.collector.store;

import io.deungdae.collector.signal.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Opens a history's database in a process of its own, which a damaged file may end: the database
 * reads through memory maps and checks little. Asked only when an opening has not come to its end
 * before.
 */
public final class OpeningTrial {

  private static final long LONGEST_MINUTES = 10;

  private OpeningTrial() {}

  /** Ends with 0 when the database in the folder given can be opened and brought up to date. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    try (Database database = Database.open(folder)) {
      Opening.bringUpToDate(database, Clock.system());
    }
    Runtime.getRuntime().halt(0);
  }

  /** True when a process lived through it. */
  static boolean survives(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:ErrorFile=/dev/null",
                    "-XX:-CreateCoredumpOnCrash",
                    "-cp",
                    System.getProperty("java.class.path"),
                    OpeningTrial.class.getName(),
                    folder.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the history is opened", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
