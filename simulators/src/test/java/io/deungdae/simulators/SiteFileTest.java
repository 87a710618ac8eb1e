package io.deungdae.simulators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.simulators.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of a simulated site: the example is read, and mistakes are named where they stand. */
class SiteFileTest {

  private static final Path EXAMPLE = Path.of("../config/example/simulators.yaml");

  @TempDir private Path folder;

  @Test
  void theExampleIsRead() throws IOException, YamlException {
    SiteSettings settings = SiteFile.read(EXAMPLE, null);
    assertEquals(3, settings.plants().size());
    assertEquals(21, settings.plants().get(2).seed());
    assertEquals("furnace-1/modbus", settings.servers().get(0).name());
    assertEquals(SiteSettings.Format.SPARKPLUG, settings.servers().get(5).format());
    assertEquals(15, settings.scenarios().get(0).steps().size(), "four events have an end");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plants: [{kind: oven}]|:1: plants[0].kind: must be one of furnace, moulding",
        "plants: [{kind: furnace, sped: 3}]|:1: plants[0].sped: there is no such key",
        "plants: [{kind: furnace}, {kind: furnace}]|there is a plant furnace already",
        "plants: [{kind: furnace, speed: -1}]|speed: must be a number from 0.01 to 10000",
        "plants: [{kind: furnace, remoteAfter: soon}]|remoteAfter: must be a time such as",
        "servers: []|needs the key plants",
        "plants: []|servers: [{protocol: modbus}]",
      })
  void mistakesAreNamed(String text, String told) throws IOException {
    Path file = folder.resolve("site.yaml");
    Files.writeString(file, text.startsWith("plants: []") ? "plants: []\n" + told : text);
    String expected = text.startsWith("plants: []") ? "needs the key plant: one plant" : told;
    YamlException mistake = assertThrows(YamlException.class, () -> SiteFile.read(file, null));
    String message = String.valueOf(mistake.getMessage());
    assertTrue(message.contains("site.yaml:"), message);
    assertTrue(message.contains(expected), message);
  }
}
