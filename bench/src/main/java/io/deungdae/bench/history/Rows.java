package io.deungdae.bench.history;

import io.deungdae.collector.signal.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * What the history holds: one tag every second for days, the others every hour for as long and
 * every second on the last day, which ended at the last midnight (UTC). All values are of one
 * formula, so that any store can be given the same.
 *
 * @param tags number of tags
 * @param days number of days
 * @param endS the last midnight, seconds since 1970
 */
record Rows(int tags, int days, long endS) {

  static final int DAY = 86_400; // seconds
  static final int HOUR = 3_600;

  private static final String FILLED = "filled";

  static Rows before(Instant now, int tags, int days) {
    return new Rows(tags, days, now.truncatedTo(ChronoUnit.DAYS).getEpochSecond());
  }

  /** What a folder is filled with, or is to be when it is not. */
  static Rows in(Path folder, int tags, int days) throws IOException {
    Path file = folder.resolve(FILLED);
    if (!Files.exists(file)) {
      return before(Clock.system().now(), tags, days);
    }
    String[] parts = Files.readString(file).strip().split(" ", -1);
    Rows rows =
        new Rows(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
    if (rows.tags != tags || rows.days != days) {
      throw new IOException(folder + " is filled with " + rows);
    }
    return rows;
  }

  static boolean isFilled(Path folder) {
    return Files.exists(folder.resolve(FILLED));
  }

  /** Notes that a folder is filled with these. */
  void filled(Path folder) throws IOException {
    Files.writeString(folder.resolve(FILLED), tags + " " + days + " " + endS + "\n");
  }

  long startS() {
    return endS - (long) days * DAY;
  }

  Instant start() {
    return Instant.ofEpochSecond(startS());
  }

  Instant end() {
    return Instant.ofEpochSecond(endS);
  }

  static String name(int tag) {
    return String.format(Locale.ROOT, "bench.t%04d", tag);
  }

  /** A day and a year in it, noise, and a spike now and then. */
  static double value(int tag, long second) {
    long noise = (second * 0x9E3779B97F4A7C15L + tag * 0xC2B2AE3D27D4EB4FL) >>> 44;
    double wave = Math.sin(second * (2 * Math.PI / DAY)) + Math.sin(second * 2e-7);
    return 100 + tag % 50 + 10 * wave + noise / 1_048_576.0 + (noise % 50_021 == 0 ? 80 : 0);
  }
}
