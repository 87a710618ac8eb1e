package io.deungdae.collector.store;

import io.deungdae.collector.signal.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Opens a history's database in a process of its own, which a damaged file may end: the database
 * reads through memory maps and checks little. Asked only when an opening has not come to its end
 * before.
 */
public final class OpeningTrial {

  private static final long LONGEST_MINUTES = 10;

  /** Somebody else ended it (SIGINT, SIGKILL, SIGTERM), a system short of memory say. */
  private static final Set<Integer> KILLED = Set.of(130, 137, 143);

  private OpeningTrial() {}

  /**
   * Ends with 0 when the process lives through opening the database in the folder given and
   * bringing it up to date. What is thrown on the way is thrown again where it is opened in
   * earnest, and is dealt with there.
   */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    try (Database database = Database.open(folder)) {
      Opening.bringUpToDate(database, Clock.system());
      Mending.look(database);
    } catch (IOException | RuntimeException | InternalError thrownAgain) {
      Runtime.getRuntime().halt(0);
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
      return process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)
          && (process.exitValue() == 0 || KILLED.contains(process.exitValue()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the history is opened", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
