package io.deungdae.control.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.deungdae.collector.settings.ConfigException;
import io.deungdae.collector.settings.Overrides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The schema and the table of settings say what the readers do. To write both anew: {@code mvn
 * -Dtest=SettingsSchemaTest -Dschema.write=true}.
 */
class SettingsSchemaTest {

  private static final Path SCHEMA = ExampleFile.CONFIG.resolve("site.schema.json");
  private static final Path PAGE = Path.of("..", "docs", "reference", "settings.md");
  private static final String START = "<!-- The tables are written by SettingsSchemaTest. -->\n\n";

  private static Schema schema;

  private static List<String> mistakes(String yaml) {
    return schema.validate(yaml, InputFormat.YAML).stream().map(Object::toString).toList();
  }

  @BeforeAll
  static void readSchema() throws IOException, ConfigException {
    schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaJson.of(example().schema(), ExampleFile.comments()), InputFormat.JSON);
  }

  @Test
  void schemaIsWhatTheReadersAskFor() throws IOException, ConfigException {
    compare(SchemaJson.of(example().schema(), ExampleFile.comments()), SCHEMA);
  }

  @Test
  void pageIsWhatTheReadersAskFor() throws IOException, ConfigException {
    String page = Files.readString(PAGE);
    String head = page.substring(0, page.indexOf(START) + START.length());
    String tables = SettingsTables.of(example().schema(), ExampleFile.comments());
    compare(head + tables.stripTrailing() + "\n", PAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"site.example.yaml", "demo/site.yaml"})
  void ourFilesAreValid(String file) throws IOException {
    assertEquals(List.of(), mistakes(Files.readString(ExampleFile.CONFIG.resolve(file))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port: 8420|port: 84200",
        "port: 8420|port: often",
        "port: 8420|prot: 8420",
        "commit: 200ms|commit: 200",
        "security: best|security: strong",
        "broker: ssl://192.0.2.12:8883|",
        "equals: 0|equals: off",
        "furnace.scrap_rate: 900|furnace.scrap_rate: much",
        "gzip: false|gzip: 1",
        "is: at-most|is: below",
        "title: {en: Example plant|title: {fr: Example plant",
      })
  void brokenFilesAreNot(String sound, String broken) throws IOException {
    String text = Files.readString(ExampleFile.FILE);
    String replaced = text.replace(sound, broken == null ? "" : broken);
    assertFalse(replaced.equals(text), sound + " is not in the example");
    assertFalse(mistakes(replaced).isEmpty(), broken);
  }

  private static SiteSettings example() throws ConfigException {
    return SiteSettings.read(ExampleFile.FILE, Overrides.none());
  }

  private static void compare(String text, Path file) throws IOException {
    if (Boolean.getBoolean("schema.write")) {
      Files.writeString(file, text);
    }
    assertEquals(text, Files.readString(file), file + " is old: -Dschema.write=true writes it");
  }
}
