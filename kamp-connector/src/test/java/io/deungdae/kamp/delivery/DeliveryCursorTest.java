package io.deungdae.kamp.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryCursorTest {

  private static final Instant TIME = Instant.parse("2026-11-23T05:00:00.250Z");

  @TempDir Path folder;

  @Test
  void survivesARestartAndKeepsDataSetsApart() throws IOException {
    Path file = folder.resolve("deep/cursor.json");
    DeliveryCursor cursor = new DeliveryCursor(file);
    assertTrue(cursor.deliveredTo("a").isEmpty());
    cursor.advance("a", TIME);
    cursor.advance("b", TIME.plusSeconds(1));
    DeliveryCursor again = new DeliveryCursor(file);
    assertEquals(TIME, again.deliveredTo("a").orElseThrow());
    assertEquals(TIME.plusSeconds(1), again.deliveredTo("b").orElseThrow());
  }

  @Test
  void aHalfWrittenNextStateDoesNotMatter() throws IOException {
    Path file = folder.resolve("cursor.json");
    new DeliveryCursor(file).advance("a", TIME);
    Files.writeString(folder.resolve("cursor.json.next"), "{\"a\":");
    DeliveryCursor again = new DeliveryCursor(file);
    assertEquals(TIME, again.deliveredTo("a").orElseThrow());
    again.advance("a", TIME.plusSeconds(5));
    assertFalse(Files.exists(folder.resolve("cursor.json.next")));
  }
}
