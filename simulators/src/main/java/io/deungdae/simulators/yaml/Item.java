package io.deungdae.simulators.yaml;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** One place in a YAML file: a text, a list or a map of further places. Immutable. */
public final class Item {

  private static final Pattern SPAN = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(ms|s|min|m|h|d)");

  private final Path file;
  private final String key;
  private final Node node;

  private Item(Path file, String key, Node node) {
    this.file = file;
    this.key = key;
    this.node = node;
  }

  /**
   * The whole of a file.
   *
   * @throws YamlException when it is no YAML, or empty
   * @throws IOException when it cannot be read
   */
  public static Item read(Path file) throws IOException, YamlException {
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
      Node root =
          new Compose(settings)
              .composeString(Files.readString(file))
              .orElseThrow(() -> new YamlException(file + ": the file is empty"));
      return new Item(file, "", root);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new YamlException(file + ":" + line + ": this is no YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new YamlException(file + ": this is no YAML: " + e.getMessage());
    }
  }

  /** A mistake in this place. */
  public YamlException wrong(String what) {
    int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    return new YamlException(file + ":" + line + ": " + (key.isEmpty() ? "" : key + ": ") + what);
  }

  /** The folder of the file. */
  public Path folder() {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? Path.of("") : parent;
  }

  /** The places of a map, which may have these keys and no others. */
  public Map<String, Item> map(String... allowed) throws YamlException {
    Map<String, Item> map = anyMap();
    for (Map.Entry<String, Item> entry : map.entrySet()) {
      if (!List.of(allowed).contains(entry.getKey())) {
        throw entry
            .getValue()
            .wrong("there is no such key; here may stand " + String.join(", ", allowed));
      }
    }
    return map;
  }

  /** The places of a map with any keys. */
  public Map<String, Item> anyMap() throws YamlException {
    if (!(node instanceof MappingNode mapping)) {
      throw wrong("must be a map of keys");
    }
    Map<String, Item> map = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String name = new Item(file, key, tuple.getKeyNode()).text();
      String path = key.isEmpty() ? name : key + "." + name;
      if (map.put(name, new Item(file, path, tuple.getValueNode())) != null) {
        throw new Item(file, path, tuple.getKeyNode()).wrong("stands here twice");
      }
    }
    return map;
  }

  /** A key that must be there. */
  public Item need(String name) throws YamlException {
    Item item = anyMap().get(name);
    if (item == null) {
      throw wrong("needs the key " + name);
    }
    return item;
  }

  /** A key that may be left out. */
  public Optional<Item> get(String name) throws YamlException {
    return Optional.ofNullable(anyMap().get(name));
  }

  /** The elements of a list. */
  public List<Item> list() throws YamlException {
    if (!(node instanceof SequenceNode sequence)) {
      throw wrong("must be a list");
    }
    List<Item> items = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      items.add(new Item(file, key + "[" + items.size() + "]", element));
    }
    return items;
  }

  /** A text. */
  public String text() throws YamlException {
    if (!(node instanceof ScalarNode scalar)) {
      throw wrong("must be a single value");
    }
    return scalar.getValue();
  }

  /** One of some texts. */
  public String choice(List<String> allowed) throws YamlException {
    String text = text();
    if (!allowed.contains(text)) {
      throw wrong("must be one of " + String.join(", ", allowed) + ", found \"" + text + "\"");
    }
    return text;
  }

  /** A name: letters, digits, {@code -} and {@code _}. */
  public String name() throws YamlException {
    String text = text();
    if (!text.matches("[A-Za-z0-9_-]{1,40}")) {
      throw wrong("must be a name of letters, digits, - and _, found \"" + text + "\"");
    }
    return text;
  }

  /** A number from {@code low} to {@code high}. */
  public double number(double low, double high) throws YamlException {
    double number = Double.NaN;
    try {
      number = Double.parseDouble(text());
    } catch (NumberFormatException e) {
      // told below
    }
    if (!(number >= low && number <= high)) {
      throw wrong(
          "must be a number from "
              + plain(low)
              + " to "
              + plain(high)
              + ", found \""
              + text()
              + "\"");
    }
    return number;
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /** A whole number from {@code low} to {@code high}. */
  public long whole(long low, long high) throws YamlException {
    try {
      long number = Long.parseLong(text());
      if (number >= low && number <= high) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw wrong(
        "must be a whole number from " + low + " to " + high + ", found \"" + text() + "\"");
  }

  /** True or false. */
  public boolean flag() throws YamlException {
    return choice(List.of("true", "false")).equals("true");
  }

  /** A span of time in seconds: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d}. */
  public double seconds() throws YamlException {
    Matcher matcher = SPAN.matcher(text());
    if (!matcher.matches()) {
      if (text().equals("0")) {
        return 0;
      }
      throw wrong("must be a time such as 500ms, 30s, 5m, 2h or 1d, found \"" + text() + "\"");
    }
    return Double.parseDouble(matcher.group(1)) * unit(matcher.group(2));
  }

  private static double unit(String unit) {
    return switch (unit) {
      case "ms" -> 0.001;
      case "m", "min" -> 60;
      case "h" -> 3600;
      case "d" -> 86_400;
      default -> 1;
    };
  }

  /** Names of an enumeration in lower case with dashes, for {@link #choice}. */
  public static <E extends Enum<E>> List<String> names(E[] values) {
    return Arrays.stream(values)
        .map(value -> value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
        .toList();
  }
}
