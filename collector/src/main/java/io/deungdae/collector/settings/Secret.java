package io.deungdae.collector.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A secret, kept in a file of its own. The settings and all that prints them know the file only.
 *
 * @param file the file, or null for no secret
 */
public record Secret(@Nullable Path file) {

  /** No secret. */
  public static final Secret NONE = new Secret(null);

  /** True when a file is named. */
  public boolean isPresent() {
    return file != null;
  }

  /**
   * The secret itself, without surrounding white space; empty when no file is named. Read each
   * time, so that it can be renewed.
   *
   * @throws IOException when the file cannot be read
   */
  public String reveal() throws IOException {
    return file == null ? "" : Files.readString(file, StandardCharsets.UTF_8).strip();
  }

  @Override
  public String toString() {
    return file == null ? "" : "***";
  }
}
