package io.deungdae.control.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.settings.Overrides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway leaves for those who look for it. */
class RunMarkTest {

  private static final Instant START = Instant.parse("2026-11-23T05:00:00Z");
  private static final String URL = "http://127.0.0.1:8420";

  @TempDir Path folder;
  private Path data;
  private SiteSettings settings;

  @BeforeEach
  void read() throws Exception {
    Path file = Files.writeString(folder.resolve("site.yaml"), "name: press\n");
    settings = SiteSettings.read(file, new Overrides(Map.of("console.port", "8420")));
    data = settings.makeDataFolder();
  }

  private RunMark.Found found() throws IOException {
    return RunMark.find(data).orElseThrow();
  }

  @Test
  void aRunningGatewayIsFoundWithItsAddressAndItsSettings() throws Exception {
    assertTrue(RunMark.find(data).isEmpty());
    RunMark mark = RunMark.begin(settings, START);
    assertTrue(found().runs());
    assertNull(found().url(), "it still starts");
    mark.answersAt(URL);
    assertEquals(
        new RunMark.Found(
            true,
            ProcessHandle.current().pid(),
            START,
            null,
            URL,
            folder.resolve("site.yaml"),
            Map.of("console.port", "8420")),
        found());
    IOException second =
        assertThrows(IOException.class, () -> RunMark.begin(settings, START).close());
    assertTrue(String.valueOf(second.getMessage()).contains("runs on " + data));

    mark.stopped(START.plusSeconds(9));
    assertFalse(found().runs());
    assertEquals(START.plusSeconds(9), found().stopped());
    RunMark.begin(settings, START).close();
  }

  @Test
  void oneThatDiedIsToldFromOneThatWasStopped() throws Exception {
    RunMark.begin(settings, START).close();
    assertFalse(found().runs());
    assertNull(found().stopped());
  }
}
