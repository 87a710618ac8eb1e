package io.deungdae.control.api;

import io.deungdae.collector.driver.Browser;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes what a device has as a tag list that can be imported: UTF-8 with a byte-order mark, as
 * spreadsheets want it. Nothing in it is writable.
 */
public final class FoundTags {

  private static final String[] COLUMNS = {
    "tag",
    "device",
    "address",
    "type",
    "unit",
    "low",
    "high",
    "writable",
    "description_en",
    "description_ko"
  };

  private FoundTags() {}

  /**
   * Writes those that can be tags.
   *
   * @return how many
   * @throws IOException when the file is there already or cannot be written
   */
  public static int write(Path file, String device, List<Browser.Found> found) throws IOException {
    try (Writer writer =
        Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW)) {
      return write(writer, device, found);
    }
  }

  /** The tag list itself. */
  public static String text(String device, List<Browser.Found> found) {
    StringWriter text = new StringWriter();
    try {
      int unused = write(text, device, found);
    } catch (IOException e) {
      throw new AssertionError("nothing is written anywhere", e);
    }
    return text.toString();
  }

  private static int write(Writer writer, String device, List<Browser.Found> found)
      throws IOException {
    List<Browser.Found> usable = found.stream().filter(Browser.Found::usable).toList();
    Set<String> names = new HashSet<>();
    writer.write('\uFEFF');
    try (CSVPrinter csv = new CSVPrinter(writer, CSVFormat.DEFAULT)) {
      csv.printRecord((Object[]) COLUMNS);
      for (Browser.Found one : usable) {
        csv.printRecord(
            unique(name(device, one.path()), names),
            device,
            one.address(),
            one.type(),
            one.unit(),
            number(one.range().low()),
            number(one.range().high()),
            "false",
            one.description().en(),
            one.description().ko());
      }
    }
    return usable.size();
  }

  /** A name that a tag can have: the device's name, then the path's. */
  static String name(String device, List<String> path) {
    return device
        + path.stream()
            .map(FoundTags::valid)
            .filter(part -> !part.isEmpty())
            .map(part -> "." + part)
            .collect(Collectors.joining());
  }

  /** Letters, digits and _ stay; any run of others becomes one _, and none at the ends. */
  private static String valid(String part) {
    return part.replaceAll("[^\\p{L}\\p{N}_]+", "_").replaceAll("^_+|_+$", "");
  }

  private static String unique(String name, Set<String> taken) {
    String free = name;
    for (int i = 2; !taken.add(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  private static String number(double limit) {
    if (!Double.isFinite(limit)) {
      return "";
    }
    return limit == Math.rint(limit) && Math.abs(limit) < 1e15
        ? Long.toString((long) limit)
        : Double.toString(limit);
  }
}
