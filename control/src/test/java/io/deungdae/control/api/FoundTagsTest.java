package io.deungdae.control.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.Browser;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.TagCsv;
import io.deungdae.collector.settings.TagRow;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Range;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a device has, as a tag list that the gateway itself reads without a mistake. */
class FoundTagsTest {

  @TempDir Path folder;

  private static Browser.Found found(boolean usable, String address, String... path) {
    return new Browser.Found(
        List.of(path),
        address,
        "float32",
        usable,
        "°C",
        new Range(0, 1200),
        new Label("Temperature, \"zone\" 1", "1존 온도"),
        true);
  }

  @Test
  void whatWasFoundIsReadBackAsTagsThatNobodyMayWrite() throws IOException {
    Path file = folder.resolve("found.csv");
    int written =
        FoundTags.write(
            file,
            "boiler",
            List.of(
                found(true, "nsu=urn:plc;s=A", "Objects", "1호기 (예열)", "Temp. [°C]"),
                found(true, "nsu=urn:plc;s=B", "Objects", "1호기 (예열)", "Temp/ °C"),
                found(false, "nsu=urn:plc;s=C", "Objects", "Structure"),
                found(true, "nsu=urn:plc;s=D", "Objects", "-", "_Counter_")));
    assertEquals(3, written);

    Problems problems = new Problems();
    TagCsv csv = new TagCsv(problems);
    csv.read(file);
    assertTrue(problems.isEmpty(), problems.all().toString());
    assertEquals(
        List.of(
            "boiler.Objects.1호기_예열.Temp_C",
            "boiler.Objects.1호기_예열.Temp_C_2",
            "boiler.Objects.Counter"),
        csv.rows().stream().map(row -> row.tag().name()).toList());
    TagRow first = csv.rows().get(0);
    assertEquals("nsu=urn:plc;s=A", first.address());
    assertEquals("float32", first.type());
    assertEquals(new Range(0, 1200), first.tag().range());
    assertEquals("Temperature, \"zone\" 1", first.tag().description().en());
    assertTrue(csv.rows().stream().noneMatch(row -> row.tag().writable()));
  }

  @Test
  void aTagListThatIsThereIsNeverReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("tags.csv"), "tag,device,address\n");
    assertThrows(
        FileAlreadyExistsException.class,
        () -> FoundTags.write(file, "boiler", List.of(found(true, "i=1", "A"))));
    assertEquals("tag,device,address\n", Files.readString(file));
  }
}
