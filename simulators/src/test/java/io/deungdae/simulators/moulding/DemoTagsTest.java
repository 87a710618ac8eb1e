package io.deungdae.simulators.moulding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.simulators.plant.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The demo site's tag list is about this machine and stays within its PLC's limits. */
class DemoTagsTest {

  private static final Path FILE = Path.of("../config/demo/tags/moulding.csv");

  @Test
  void everySignalHasItsTagWithTypeUnitAndRange() throws IOException {
    Map<String, Map<String, String>> tags = tags();
    List<String> expected = new ArrayList<>();
    for (Signal signal : new Moulding(1).signals()) {
      String name = "moulding." + signal.name();
      expected.add(name);
      Map<String, String> tag = tags.getOrDefault(name, Map.of());
      assertEquals("moulding-imm", tag.get("device"), name);
      assertEquals("nsu=urn:deungdae:simulators;s=" + name, tag.get("address"), name);
      assertEquals(type(signal), tag.get("type"), name);
      assertEquals(signal.unit(), tag.get("unit"), name);
      assertEquals("" + signal.writable(), tag.get("writable"), name);
      assertEquals(signal.en(), tag.get("description_en"), name);
      assertEquals(signal.ko(), tag.get("description_ko"), name);
      if (signal.kind() != Signal.Kind.FLAG) {
        assertEquals(signal.low(), Double.parseDouble(tag.get("low")), name);
        assertEquals(signal.high(), Double.parseDouble(tag.get("high")), name);
      }
    }
    assertEquals(expected, List.copyOf(tags.keySet()));
  }

  @Test
  void whatTheGatewayMayWriteIsInsideWhatThePlcTakesAndHoldsTheRecipe() throws IOException {
    Map<String, Map<String, String>> tags = tags();
    for (Knob knob : Knob.values()) {
      Map<String, String> tag = tags.getOrDefault("moulding." + knob.signal(), Map.of());
      double low = Double.parseDouble(tag.get("write_low"));
      double high = Double.parseDouble(tag.get("write_high"));
      assertTrue(low >= knob.low() && high <= knob.high(), knob.signal());
      for (Product product : Product.values()) {
        double recipe = product.recipe(knob);
        assertTrue(recipe > low && recipe < high, knob.signal() + " of " + product);
      }
    }
  }

  private static String type(Signal signal) {
    return switch (signal.kind()) {
      case NUMBER -> "float64";
      case WHOLE -> "int32";
      case FLAG -> "bool";
    };
  }

  private static Map<String, Map<String, String>> tags() throws IOException {
    List<String> lines = Files.readAllLines(FILE);
    String[] columns = lines.get(0).split(",", -1);
    Map<String, Map<String, String>> tags = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      assertEquals(columns.length, cells.length, line);
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < cells.length; i++) {
        row.put(columns[i], cells[i]);
      }
      tags.put(cells[0], row);
    }
    return tags;
  }
}
