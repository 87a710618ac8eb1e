package io.deungdae.collector.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a YAML file into a {@link Section} that knows file and line of each value. */
public final class SettingsFile {

  private SettingsFile() {}

  /**
   * Reads the file. What is wrong with it goes to {@code problems}, and the section is then empty.
   *
   * @param file the YAML file
   * @param overrides values that replace those of the file, from the command line
   * @param problems where mistakes go
   */
  public static Section read(Path file, Overrides overrides, Problems problems) {
    SectionContext context = new SectionContext(file, problems, overrides);
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(java.nio.ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      return new Section(context, "", root(text, file, problems));
    } catch (NoSuchFileException e) {
      problems.add(
          new Problem(file.toString(), 0, "(file)", "no such file", "a readable YAML file"));
    } catch (CharacterCodingException e) {
      problems.add(
          new Problem(file.toString(), 0, "(file)", "bytes that are not UTF-8", "YAML in UTF-8"));
    } catch (IOException e) {
      problems.add(new Problem(file.toString(), 0, "(file)", e.toString(), "a readable YAML file"));
    }
    return new Section(context, "", null);
  }

  /**
   * Reads settings that are no file.
   *
   * @param text the YAML
   * @param name what to call it in mistakes; relative paths are relative to its folder
   */
  public static Section parse(String text, Path name, Overrides overrides, Problems problems) {
    return new Section(
        new SectionContext(name, problems, overrides), "", root(text, name, problems));
  }

  private static @org.jspecify.annotations.Nullable MappingNode root(
      String text, Path file, Problems problems) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file.toString()).setAllowDuplicateKeys(false).build();
    try {
      Optional<Node> node = new Compose(settings).composeReader(new StringReader(text));
      if (node.isPresent() && node.get() instanceof MappingNode mapping) {
        return mapping;
      }
      problems.add(
          new Problem(file.toString(), 1, "(file)", "no settings", "a mapping of settings"));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      problems.add(
          new Problem(file.toString(), line, "(YAML)", e.getProblem(), "well-formed YAML"));
    }
    return null;
  }
}
