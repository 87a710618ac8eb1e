package io.deungdae.kamp.dataset;

import java.nio.file.Path;

/**
 * One file of a data set.
 *
 * @param path where it lies
 * @param contentType its MIME type
 * @param bytes its size
 * @param sha256 its checksum, hexadecimal
 */
public record DataFile(Path path, String contentType, long bytes, String sha256) {

  /** Its name within the data set. */
  public String name() {
    return String.valueOf(path.getFileName());
  }
}
