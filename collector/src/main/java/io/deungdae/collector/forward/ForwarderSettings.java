package io.deungdae.collector.forward;

import io.deungdae.collector.settings.Section;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a forwarder works.
 *
 * @param name its name, unique in the site; also that of its files
 * @param folder where its cursor and its refused rows are kept
 * @param batch most rows sent at once; positive
 * @param pause longest wait before looking for new rows; positive
 * @param retryLow first wait after a failure; positive
 * @param retryHigh longest wait after failures; not below {@code retryLow}
 */
public record ForwarderSettings(
    String name, Path folder, int batch, Duration pause, Duration retryLow, Duration retryHigh) {

  public ForwarderSettings {
    if (!name.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException("a name of letters, digits, - and _; found " + name);
    }
    if (batch < 1 || pause.isNegative() || pause.isZero() || retryLow.toMillis() < 1) {
      throw new IllegalArgumentException("batch, pause and retryLow must be positive");
    }
    if (retryHigh.compareTo(retryLow) < 0) {
      throw new IllegalArgumentException("retryHigh must not be below retryLow");
    }
  }

  /** The defaults. */
  public static ForwarderSettings of(String name, Path folder) {
    return new ForwarderSettings(
        name,
        folder,
        5_000,
        Duration.ofMillis(500),
        Duration.ofMillis(500),
        Duration.ofSeconds(30));
  }

  /**
   * Reads the keys {@code name}, {@code folder}, {@code batch}, {@code pause}, {@code retryLow} and
   * {@code retryHigh} of a section that has others too; the caller calls {@link Section#done}.
   */
  public static ForwarderSettings read(Section section) {
    String name = section.text("name");
    if (!name.matches("[A-Za-z0-9_-]+")) {
      section.problem("name", "'" + name + "'", "letters, digits, - and _");
      name = "unnamed";
    }
    ForwarderSettings usual = of(name, section.dataFile("folder", "forward"));
    Duration retryLow =
        section.duration("retryLow", usual.retryLow, Duration.ofMillis(10), Duration.ofMinutes(10));
    Duration retryHigh =
        section.duration("retryHigh", usual.retryHigh, Duration.ofMillis(10), Duration.ofHours(1));
    if (retryHigh.compareTo(retryLow) < 0) {
      section.problem("retryHigh", Section.show(retryHigh), "at least retryLow");
      retryHigh = retryLow;
    }
    return new ForwarderSettings(
        name,
        usual.folder,
        section.integer("batch", usual.batch, 1, 100_000),
        section.duration("pause", usual.pause, Duration.ofMillis(10), Duration.ofMinutes(10)),
        retryLow,
        retryHigh);
  }
}
