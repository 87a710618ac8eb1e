package io.deungdae.control.backup;

import io.deungdae.collector.settings.ConfigException;
import io.deungdae.control.site.SiteSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The files that make a site's settings: the settings file, and every file that is named in it.
 *
 * @param folder the folder of the settings file
 * @param all the files, absolute
 * @param secret those of them that nobody else may know
 */
record SiteFiles(Path folder, Set<Path> all, Set<Path> secret) {

  private static final long LARGEST_KEY = 1 << 20;

  static SiteFiles of(SiteSettings settings) throws IOException {
    Path file = settings.file().toAbsolutePath().normalize();
    Path folder = file.getParent() == null ? Path.of("/") : file.getParent();
    Set<Path> all = new TreeSet<>(Set.of(file));
    Set<Path> secret = new TreeSet<>();
    try {
      settings.tagLists().files().forEach(list -> all.add(list.toAbsolutePath().normalize()));
    } catch (ConfigException e) {
      throw new IOException("the tag lists have mistakes by now: " + e.getMessage(), e);
    }
    for (var given : settings.given().entrySet()) {
      for (String value : given.getValue()) {
        Path named = file(folder, value);
        if (named != null && !named.startsWith(settings.data().toAbsolutePath())) {
          all.add(named);
          if (isSecretSetting(settings, given.getKey()) || isPrivateKey(named)) {
            secret.add(named);
          }
        }
      }
    }
    return new SiteFiles(folder, all, secret);
  }

  private static @Nullable Path file(Path folder, String value) {
    try {
      Path path = folder.resolve(value).normalize();
      return !value.isBlank() && Files.isRegularFile(path) ? path : null;
    } catch (InvalidPathException e) {
      return null; // a value that is no path
    }
  }

  private static boolean isSecretSetting(SiteSettings settings, String key) {
    var entry = settings.schema().get(key);
    return entry != null && entry.toString().contains("holds the secret");
  }

  /** True for a file with a private key in it. */
  static boolean isPrivateKey(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (List.of(".p12", ".pfx", ".jks").stream().anyMatch(name::endsWith)) {
      return true;
    }
    return Files.size(file) <= LARGEST_KEY
        && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
            .contains("PRIVATE KEY-----");
  }
}
