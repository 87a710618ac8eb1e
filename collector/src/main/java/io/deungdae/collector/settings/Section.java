package io.deungdae.collector.settings;

import io.deungdae.collector.signal.Label;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A mapping in the settings. A reader asks for each key it knows and then calls {@link #done},
 * which reports the keys nobody asked for.
 *
 * <p>A mistake is reported and a usable stand-in returned (the default, else the lowest allowed
 * value), so that reading goes on and all mistakes are found in one go. Nothing read may be used
 * when there were problems. Used by one thread.
 */
public final class Section {

  private static final Pattern DURATION =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(us|ms|s|min|h|d)");

  private final SectionContext context;
  private final String path;
  private final String schemaPath;
  private final @Nullable MappingNode node;
  private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();

  Section(SectionContext context, String path, @Nullable MappingNode node) {
    this(context, path, path, node);
  }

  private Section(
      SectionContext context, String path, String schemaPath, @Nullable MappingNode node) {
    this.context = context;
    this.path = path;
    this.schemaPath = schemaPath;
    this.node = node;
    if (node != null) {
      for (NodeTuple tuple : node.getValue()) {
        String key = tuple.getKeyNode() instanceof ScalarNode name ? name.getValue() : "?";
        if (entries.putIfAbsent(key, tuple) != null) {
          reportTwice(key, tuple);
        }
      }
    }
  }

  private void reportTwice(String key, NodeTuple second) {
    int line = second.getKeyNode().getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    String allowed = "a key given once; it is already in line " + line(key);
    context.problems.add(new Problem(file(), line, join(path, key), "a second value", allowed));
  }

  /** Full path of this section, e.g. {@code devices.press-1.modbus}. */
  public String path() {
    return path;
  }

  /** The folder that relative paths are relative to: the one of the settings file. */
  public Path folder() {
    Path parent = context.file.toAbsolutePath().getParent();
    return parent == null ? Path.of("/") : parent;
  }

  /** The file the section is in. */
  public String file() {
    return context.file.toString();
  }

  /**
   * Line of a key, from 1; the section's own line when the key is missing; 0 when there is no line.
   */
  public int line(String key) {
    NodeTuple entry = entries.get(key);
    Node where = entry != null ? entry.getKeyNode() : node;
    return where == null ? 0 : where.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  /** True when the file has the key. */
  public boolean has(String key) {
    return entries.containsKey(key) || context.overrides.find(join(path, key)).isPresent();
  }

  /** Where problems go, for readers of other files named here. */
  public Problems problems() {
    return context.problems;
  }

  /** Reports a mistake at a key. */
  public void problem(String key, String found, String allowed) {
    context.problems.add(new Problem(file(), line(key), join(path, key), found, allowed));
  }

  /** Reports the keys that nobody asked for. */
  public void done() {
    for (String key : entries.keySet()) {
      if (!asked.contains(key)) {
        problem(
            key,
            "an unknown key",
            asked.isEmpty() ? "no key" : "one of " + String.join(", ", asked));
      }
    }
  }

  // ---- scalars

  /** A text that must be there. */
  public String text(String key) {
    SchemaEntry entry = new SchemaEntry("string", true, List.of(), "a text", "");
    return scalar(key, entry, s -> Optional.of(s).filter(text -> !text.isBlank()), "");
  }

  /** A text with a default. */
  public String text(String key, String fallback) {
    return scalar(
        key,
        new SchemaEntry("string", false, List.of(), "a text", fallback),
        s -> Optional.of(s),
        fallback);
  }

  /** A whole number with a default. */
  public int integer(String key, int fallback, int low, int high) {
    return integer(key, fallback, low, high, false);
  }

  /** A whole number that must be there. */
  public int integer(String key, int low, int high) {
    return integer(key, low, low, high, true);
  }

  private int integer(String key, int fallback, int low, int high, boolean required) {
    SchemaEntry entry =
        new SchemaEntry(
            "integer",
            required,
            List.of(),
            "a whole number from " + low + " to " + high,
            required ? "" : "" + fallback,
            low,
            high);
    return scalar(key, entry, s -> parseInt(s).filter(n -> n >= low && n <= high), fallback);
  }

  private static Optional<Integer> parseInt(String text) {
    try {
      return Optional.of(Integer.valueOf(text.replace("_", "")));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A number with a default. */
  public double number(String key, double fallback, double low, double high) {
    return number(key, fallback, low, high, false);
  }

  /** A number that must be there. */
  public double number(String key, double low, double high) {
    return number(key, low, low, high, true);
  }

  private double number(String key, double fallback, double low, double high, boolean required) {
    String usual = required || Double.isInfinite(fallback) ? "" : show(fallback);
    SchemaEntry entry =
        new SchemaEntry("number", required, List.of(), between(low, high), usual, low, high);
    return scalar(key, entry, s -> parseDouble(s).filter(n -> n >= low && n <= high), fallback);
  }

  private static String between(double low, double high) {
    if (Double.isInfinite(low)) {
      return Double.isInfinite(high) ? "a number" : "a number up to " + show(high);
    }
    return Double.isInfinite(high)
        ? "a number, at least " + show(low)
        : "a number from " + show(low) + " to " + show(high);
  }

  /** A number as people write it: no {@code .0} at its end. */
  private static String show(double number) {
    boolean whole = number == Math.rint(number) && Math.abs(number) < 1e12;
    return whole ? Long.toString((long) number) : Double.toString(number);
  }

  private static Optional<Double> parseDouble(String text) {
    try {
      boolean suffixed = text.endsWith("d") || text.endsWith("f"); // Java's, not an engineer's
      return suffixed ? Optional.empty() : Optional.of(Double.valueOf(text.replace("_", "")));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Yes or no. */
  public boolean flag(String key, boolean fallback) {
    SchemaEntry entry =
        new SchemaEntry("boolean", false, List.of(), "true or false", "" + fallback);
    return scalar(
        key,
        entry,
        s ->
            s.equals("true")
                ? Optional.of(true)
                : s.equals("false") ? Optional.of(false) : Optional.empty(),
        fallback);
  }

  /**
   * A duration such as {@code 500ms}, {@code 10s}, {@code 5min}, {@code 1h}, {@code 30d}, with a
   * default.
   */
  public Duration duration(String key, Duration fallback, Duration low, Duration high) {
    String allowed =
        "a duration from "
            + show(low)
            + " to "
            + show(high)
            + ", such as 500ms, 10s, 5min, 1h, 30d";
    SchemaEntry entry = new SchemaEntry("duration", false, List.of(), allowed, show(fallback));
    return scalar(
        key,
        entry,
        s -> parseDuration(s).filter(d -> d.compareTo(low) >= 0 && d.compareTo(high) <= 0),
        fallback);
  }

  /**
   * Reads {@code 500ms}, {@code 10s}, {@code 5min}, {@code 1h}, {@code 30d}; empty when it is none
   * of these.
   */
  public static Optional<Duration> parseDuration(String text) {
    Matcher matcher = DURATION.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    double nanos = Double.parseDouble(matcher.group(1)) * nanosOf(matcher.group(2));
    return Optional.of(Duration.ofNanos(Math.round(nanos)));
  }

  private static double nanosOf(String unit) {
    return switch (unit) {
      case "us" -> 1e3;
      case "ms" -> 1e6;
      case "s" -> 1e9;
      case "min" -> 60e9;
      case "h" -> 3600e9;
      case "d" -> 86400e9;
      default -> throw new AssertionError(unit);
    };
  }

  /** A duration as the settings write it. */
  public static String show(Duration duration) {
    long nanos = duration.toNanos();
    String[] units = {"d", "h", "min", "s", "ms", "us"};
    for (String unit : units) {
      long size = (long) nanosOf(unit);
      if (nanos != 0 && nanos % size == 0) {
        return nanos / size + unit;
      }
    }
    return nanos == 0 ? "0s" : nanos / 1000 + "us";
  }

  /** One of the names of an enum, case ignored, with {@code -} for {@code _}, with a default. */
  public <E extends Enum<E>> E choice(String key, E fallback) {
    return choice(key, fallback, false);
  }

  /** One of the names of an enum that must be there. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    return choice(key, type.getEnumConstants()[0], true);
  }

  private <E extends Enum<E>> E choice(String key, E fallback, boolean required) {
    E[] constants = fallback.getDeclaringClass().getEnumConstants();
    List<String> names = Arrays.stream(constants).map(Section::show).toList();
    SchemaEntry entry =
        new SchemaEntry(
            "string",
            required,
            names,
            "one of " + String.join(", ", names),
            required ? "" : show(fallback));
    return scalar(
        key,
        entry,
        s -> Arrays.stream(constants).filter(e -> show(e).equalsIgnoreCase(s.strip())).findFirst(),
        fallback);
  }

  /** An enum constant as the settings write it: lower case, {@code -} for {@code _}. */
  public static String show(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A path, relative to the settings file, with a default. */
  public Path file(String key, String fallback) {
    SchemaEntry entry =
        new SchemaEntry("string", false, List.of(), "a path, relative to this file", fallback);
    return folder().resolve(scalar(key, entry, s -> Optional.of(s), fallback)).normalize();
  }

  /** A path, relative to the settings file, that must be there. */
  public Path file(String key) {
    SchemaEntry entry =
        new SchemaEntry("string", true, List.of(), "a path, relative to this file", "");
    String text = scalar(key, entry, s -> Optional.of(s).filter(path -> !path.isBlank()), "");
    return folder().resolve(text).normalize();
  }

  /**
   * A path of something that the gateway keeps for itself, relative to the site's data folder, with
   * a default.
   */
  public Path dataFile(String key, String fallback) {
    SchemaEntry entry =
        new SchemaEntry(
            "string", false, List.of(), "a path, relative to the data folder", fallback);
    return context.data.resolve(scalar(key, entry, s -> Optional.of(s), fallback)).normalize();
  }

  /** Says where the data folder is; until then it is {@code data} beside the file. */
  public void dataFolder(Path folder) {
    context.data = folder;
  }

  /** A secret, named by the file that holds it; none when the key is missing. */
  public Secret secret(String key) {
    SchemaEntry entry =
        new SchemaEntry(
            "string",
            false,
            List.of(),
            "the path of a file that holds the secret, relative to this file",
            "");
    String text = scalar(key, entry, s -> Optional.of(s), "");
    return text.isBlank() ? Secret.NONE : new Secret(folder().resolve(text).normalize());
  }

  /** A text for people: either one text, or a mapping of {@code en} and {@code ko}. */
  public Label label(String key, String fallback) {
    ask(
        key,
        new SchemaEntry("label", false, List.of(), "a text, or a text each for en and ko", ""));
    if (valueNode(key) instanceof MappingNode) {
      Section section = section(key);
      Label label = new Label(section.text("en", ""), section.text("ko", ""));
      section.done();
      return label;
    }
    return Label.of(text(key, fallback));
  }

  // ---- collections

  /** Texts; empty when the key is missing. An override has commas between them. */
  public List<String> texts(String key) {
    ask(key, new SchemaEntry("array", false, List.of(), "a list of texts", ""));
    Optional<String> override = context.overrides.find(join(path, key));
    if (override.isPresent()) {
      return Arrays.stream(override.get().split(",", -1)).map(String::strip).toList();
    }
    List<String> texts = new ArrayList<>();
    for (Node item : items(key)) {
      if (item instanceof ScalarNode scalar) {
        texts.add(scalar.getValue());
      } else {
        problem(key, "an entry that is not a text", "a list of texts");
      }
    }
    return texts;
  }

  /** Numbers by name, in the order of the file; empty when the key is missing. */
  public Map<String, Double> numbers(String key) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    Section section = open(key, new SchemaEntry("map", false, List.of(), "numbers by name", ""));
    for (String name : section.entries.keySet()) {
      numbers.put(name, section.number(name, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    }
    return numbers;
  }

  /** Texts by name, in the order of the file; empty when the key is missing. */
  public Map<String, String> textsByName(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    Section section = open(key, new SchemaEntry("map", false, List.of(), "texts by name", ""));
    for (String name : section.entries.keySet()) {
      texts.put(name, section.text(name));
    }
    return texts;
  }

  /** A section within; empty, all defaults, when the key is missing. */
  public Section section(String key) {
    return open(key, new SchemaEntry("object", false, List.of(), "a section", ""));
  }

  /** A section within, if the file has it. */
  public Optional<Section> optionalSection(String key) {
    Section section = section(key);
    return section.node == null ? Optional.empty() : Optional.of(section);
  }

  /**
   * A list of sections; empty when the key is missing. Each is named by its {@code name} where it
   * has one.
   */
  public List<Section> sections(String key) {
    ask(key, new SchemaEntry("array", false, List.of(), "a list of sections", ""));
    List<Section> sections = new ArrayList<>();
    for (Node item : items(key)) {
      if (item instanceof MappingNode mapping) {
        String name = nameOf(mapping).orElse("[" + sections.size() + "]");
        sections.add(
            new Section(
                context, join(path, key) + "." + name, join(schemaPath, key) + "[]", mapping));
      } else {
        problem(key, "an entry that is not a section", "a list of sections");
      }
    }
    return sections;
  }

  private Section open(String key, SchemaEntry entry) {
    ask(key, entry);
    Node value = valueNode(key);
    if (value == null || value instanceof MappingNode) {
      return new Section(context, join(path, key), join(schemaPath, key), (MappingNode) value);
    }
    if (!(value instanceof ScalarNode scalar && scalar.getValue().isEmpty())) {
      problem(key, show(value), entry.allowed());
    }
    return new Section(context, join(path, key), join(schemaPath, key), null);
  }

  private List<Node> items(String key) {
    Node value = valueNode(key);
    if (value instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    if (value != null && !(value instanceof ScalarNode scalar && scalar.getValue().isEmpty())) {
      problem(key, show(value), "a list");
    }
    return List.of();
  }

  private static Optional<String> nameOf(MappingNode mapping) {
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key
          && key.getValue().equals("name")
          && tuple.getValueNode() instanceof ScalarNode value) {
        return Optional.of(value.getValue());
      }
    }
    return Optional.empty();
  }

  // ---- inner parts

  private <T> T scalar(
      String key, SchemaEntry entry, Function<String, Optional<T>> parse, T fallback) {
    ask(key, entry);
    Optional<String> override = context.overrides.find(join(path, key));
    Node value = valueNode(key);
    String text;
    if (override.isPresent()) {
      text = override.get();
    } else if (value == null) {
      if (entry.required()) {
        problem(key, "nothing", entry.allowed());
      }
      return fallback;
    } else if (value instanceof ScalarNode scalar) {
      text = scalar.getValue();
    } else {
      problem(key, show(value), entry.allowed());
      return fallback;
    }
    context.give(join(schemaPath, key), text);
    Optional<T> parsed = parse.apply(text);
    if (parsed.isEmpty()) {
      String where = override.isPresent() ? "--set" : file();
      int line = override.isPresent() ? 0 : line(key);
      context.problems.add(
          new Problem(where, line, join(path, key), "'" + text + "'", entry.allowed()));
    }
    return parsed.orElse(fallback);
  }

  private void ask(String key, SchemaEntry entry) {
    asked.add(key);
    context.ask(join(schemaPath, key), entry);
  }

  private @Nullable Node valueNode(String key) {
    NodeTuple entry = entries.get(key);
    return entry == null ? null : entry.getValueNode();
  }

  private static String show(Node node) {
    return node instanceof ScalarNode scalar
        ? "'" + scalar.getValue() + "'"
        : node instanceof SequenceNode ? "a list" : "a section";
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /**
   * What the file says under each key, as text that is equal when it means the same; overrides are
   * not in it.
   */
  public Map<String, String> contents() {
    Map<String, String> contents = new LinkedHashMap<>();
    entries.forEach((key, entry) -> contents.put(key, NodeText.of(entry.getValueNode())));
    return contents;
  }

  /** Every scalar that the file has below this section, keys too. */
  public Set<String> scalars() {
    Set<String> scalars = new LinkedHashSet<>();
    if (node != null) {
      NodeText.scalars(node, scalars);
    }
    return scalars;
  }

  /** Every scalar that was given, as written, by schema path. */
  public Map<String, List<String>> given() {
    return Map.copyOf(context.given);
  }

  /**
   * Every setting that was asked for while this file was read, by schema path ({@code []} for a
   * list's entries).
   */
  public Map<String, SchemaEntry> schema() {
    return Map.copyOf(context.asked);
  }
}
