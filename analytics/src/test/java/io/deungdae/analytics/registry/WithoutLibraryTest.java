package io.deungdae.analytics.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that only loads models must not pay for the library that trained them. */
class WithoutLibraryTest {

  @TempDir Path home;

  @Test
  void modelsAreSavedLoadedAndRunWithNoLibraryOnTheClassPath() throws Exception {
    try (URLClassLoader loader = new URLClassLoader(withoutLibrary(), parent())) {
      assertThrows(
          ClassNotFoundException.class, () -> loader.loadClass("org.nd4j.linalg.factory.Nd4j"));
      Class<?> check = loader.loadClass(RoundTrip.class.getName());
      assertNotSame(RoundTrip.class, check);
      Object out = check.getMethod("run", Path.class).invoke(null, home);
      assertEquals(RoundTrip.run(home), out);
    }
  }

  private static ClassLoader parent() {
    return ClassLoader.getPlatformClassLoader();
  }

  private static URL[] withoutLibrary() {
    List<String> entries =
        Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
    return entries.stream()
        .filter(e -> !e.matches(".*(nd4j|deeplearning4j|bytedeco).*\\.jar"))
        .map(WithoutLibraryTest::url)
        .toArray(URL[]::new);
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(entry, e);
    }
  }
}
