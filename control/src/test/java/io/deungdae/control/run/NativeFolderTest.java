package io.deungdae.control.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where DL4J's native libraries are unpacked. */
class NativeFolderTest {

  @TempDir Path home;

  @Test
  void aUserWithoutAHomeHasThemInTheDataFolder() {
    Path data = home.resolve("data");
    assertEquals(
        Optional.of(data.resolve("native")),
        GatewayRun.nativeFolder(home.resolve("nonexistent"), data));
    assertEquals(Optional.empty(), GatewayRun.nativeFolder(home, data), "shared by all otherwise");
  }
}
