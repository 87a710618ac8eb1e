package io.deungdae.simulators;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The checked-in tag lists are the ones that {@code simulators tags config/demo/tags} writes. */
class TagListsTest {

  private static final Path TAGS = Path.of("../config/demo/tags");

  @Test
  void furnaceListFollowsTheModbusMap() throws IOException {
    assertEquals(TagLists.furnace(), Files.readString(TAGS.resolve("furnace.csv")));
  }

  @Test
  void energyListFollowsTheMeters() throws IOException {
    assertEquals(TagLists.energy(), Files.readString(TAGS.resolve("energy.csv")));
  }
}
