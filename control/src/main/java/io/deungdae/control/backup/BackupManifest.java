package io.deungdae.control.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a backup has besides the history, which has a list of its own.
 *
 * @param version of the format
 * @param product version of the program that made it
 * @param site name of the site
 * @param madeMs when it was begun, ms since 1970
 * @param siteFile the settings file, relative to the site's folder
 * @param data the data folder, relative to the site's folder
 * @param history the history's folder, relative to the data folder
 * @param secrets false when secrets were left out
 * @param rows rows of history
 * @param lastSeq number of the last row
 * @param files all files besides the history's
 * @param elsewhere settings files that lie outside the site's folder: where they lay
 */
public record BackupManifest(
    int version,
    String product,
    String site,
    long madeMs,
    String siteFile,
    String data,
    String history,
    boolean secrets,
    long rows,
    long lastSeq,
    List<Entry> files,
    List<String> elsewhere) {

  static final int VERSION = 1;

  /** Name of the list in the backup. */
  static final String FILE = "backup.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  public BackupManifest {
    files = List.copyOf(files);
    elsewhere = List.copyOf(elsewhere);
  }

  /**
   * A file.
   *
   * @param path relative to the backup's folder
   * @param bytes its size
   * @param sha256 its checksum, hexadecimal
   */
  public record Entry(String path, long bytes, String sha256) {}

  /**
   * Reads the list of a backup.
   *
   * @throws IOException when there is none, or it is of another version
   */
  public static BackupManifest read(Path backup) throws IOException {
    Path file = backup.resolve(FILE);
    if (!Files.exists(file)) {
      throw new IOException(backup + " is not a whole backup: it has no " + FILE);
    }
    BackupManifest manifest = JSON.readValue(file.toFile(), BackupManifest.class);
    if (manifest.version() != VERSION) {
      throw new IOException(
          backup + " has the format " + manifest.version() + "; this program knows " + VERSION);
    }
    return manifest;
  }

  void write(Path backup) throws IOException {
    JSON.writerWithDefaultPrettyPrinter().writeValue(backup.resolve(FILE).toFile(), this);
  }
}
