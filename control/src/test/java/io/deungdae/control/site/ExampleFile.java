package io.deungdae.control.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The keys of the example file, with the comment that explains each. */
final class ExampleFile {

  static final Path CONFIG = Path.of("..", "config");
  static final Path FILE = CONFIG.resolve("site.example.yaml");

  private static final Pattern COMMENT = Pattern.compile(".*?\\s#\\s(.*)");

  private final List<String> lines;
  private final Map<String, String> comments = new LinkedHashMap<>();

  private ExampleFile(List<String> lines) {
    this.lines = lines;
  }

  /** Comments by schema path, in the file's order; empty for a key that has none. */
  static Map<String, String> comments() throws IOException {
    String text = Files.readString(FILE, StandardCharsets.UTF_8);
    ExampleFile file = new ExampleFile(text.lines().toList());
    Node root =
        new Compose(LoadSettings.builder().build())
            .composeString(text)
            .orElseThrow(() -> new IOException("nothing in " + FILE));
    file.walk("", root);
    return file.comments;
  }

  private void walk(String path, Node node) {
    if (node instanceof SequenceNode list) {
      list.getValue().forEach(item -> walk(path + "[]", item));
    } else if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(entry -> entry(path, entry));
    }
  }

  private void entry(String path, NodeTuple entry) {
    String key = ((ScalarNode) entry.getKeyNode()).getValue();
    String full = path.isEmpty() ? key : path + "." + key;
    String comment = comment(entry.getKeyNode());
    comments.merge(full, comment, (first, second) -> first.isEmpty() ? second : first);
    walk(full, entry.getValueNode());
  }

  private String comment(Node key) {
    int line = key.getStartMark().orElseThrow().getLine();
    Matcher matcher = COMMENT.matcher(lines.get(line));
    return matcher.matches() ? matcher.group(1).strip() : "";
  }
}
