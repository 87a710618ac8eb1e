package io.deungdae.collector.driver.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where values are in a JSON document: {@code $.a.b[0]}, {@code $['key.with.dots'].x}, {@code
 * [-1]}, {@code readings[*].value}, {@code metrics[?(@.name=='power')].value}. The {@code $} may be
 * left out; empty for the document itself. Of JSONPath there are no {@code ..}, no slices, no
 * unions and no functions.
 *
 * @param steps outermost first
 */
record JsonPath(List<Step> steps) implements Place {

  private static final String NAME = "[^.\\[\\]\"'*?@()=!<> ]+";
  private static final String LITERAL = "'[^']*'|\"[^\"]*\"|-?\\d+(?:\\.\\d+)?|true|false";
  private static final Pattern STEP =
      Pattern.compile(
          "\\G(?:"
              + "\\.?(?<bare>(?:[^.\\[\\]\"'*])[^.\\[\\]\"']*)"
              + "|\\.?\"(?<quoted>[^\"]+)\""
              + "|\\[(?:'(?<single>[^']+)'|\"(?<twice>[^\"]+)\")]"
              + "|\\[(?<index>-?\\d{1,9})]"
              + "|(?<all>\\[\\*]|\\.\\*)"
              + "|\\[\\?\\(\\s*@(?<where>(?:\\."
              + NAME
              + "|\\['[^']+'])+)\\s*(?<relation>==|!=)\\s*(?<literal>"
              + LITERAL
              + ")\\s*\\)])");

  /** One step from a node to others. */
  sealed interface Step {

    /** Where the step leads. */
    void from(JsonNode node, List<JsonNode> out);

    /** Where the step leads if it can only lead to one node, perhaps missing; else null. */
    default @Nullable JsonNode only(JsonNode node) {
      return null;
    }
  }

  /** The value of a key. */
  record Key(String name) implements Step {
    @Override
    public JsonNode only(JsonNode node) {
      return node.path(name);
    }

    @Override
    public void from(JsonNode node, List<JsonNode> out) {
      add(only(node), out);
    }
  }

  /** An element of an array, from 0; negative ones count from its end. */
  record Index(int number) implements Step {
    @Override
    public JsonNode only(JsonNode node) {
      return node.path(number < 0 ? node.size() + number : number);
    }

    @Override
    public void from(JsonNode node, List<JsonNode> out) {
      add(only(node), out);
    }
  }

  /** All elements of an array, or all values of an object. */
  record All() implements Step {
    @Override
    public void from(JsonNode node, List<JsonNode> out) {
      node.forEach(out::add);
    }
  }

  /** Those elements of which something below is, or is not, what it should be. */
  record Where(JsonPath path, boolean equal, String literal) implements Step {
    @Override
    public void from(JsonNode node, List<JsonNode> out) {
      for (JsonNode element : node) {
        JsonNode found = path.in(element);
        if (!found.isMissingNode() && found.isValueNode() && same(found) == equal) {
          out.add(element);
        }
      }
    }

    private boolean same(JsonNode found) {
      boolean text = literal.startsWith("'") || literal.startsWith("\"");
      if (text) {
        return found.isTextual()
            && found.textValue().equals(literal.substring(1, literal.length() - 1));
      }
      return found.isNumber()
          ? found.asText().equals(literal) || number(found.asText()) == number(literal)
          : found.isBoolean() && found.asText().equals(literal);
    }

    private static double number(String text) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        return Double.NaN;
      }
    }
  }

  JsonPath {
    steps = List.copyOf(steps);
  }

  private static void add(JsonNode node, List<JsonNode> out) {
    if (!node.isMissingNode()) {
      out.add(node);
    }
  }

  /** Reads a path; empty when it is none. */
  static Optional<JsonPath> parse(String given) {
    String text = given.startsWith("$") ? given.substring(1) : given;
    List<Step> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(text);
    int end = 0;
    while (matcher.find()) {
      steps.add(step(matcher));
      end = matcher.end();
    }
    boolean dotted = text.startsWith(".") && text.equals(given);
    return end == text.length() && !dotted ? Optional.of(new JsonPath(steps)) : Optional.empty();
  }

  private static Step step(Matcher matcher) {
    if (matcher.group("index") != null) {
      return new Index(Integer.parseInt(matcher.group("index")));
    }
    if (matcher.group("all") != null) {
      return new All();
    }
    if (matcher.group("where") != null) {
      return new Where(
          parse("$" + matcher.group("where")).orElseThrow(),
          matcher.group("relation").equals("=="),
          matcher.group("literal"));
    }
    for (String key : List.of("bare", "quoted", "single", "twice")) {
      if (matcher.group(key) != null) {
        return new Key(matcher.group(key));
      }
    }
    throw new AssertionError(matcher.group());
  }

  /** True for the document itself. */
  @Override
  public boolean isWhole() {
    return steps.isEmpty();
  }

  /** What is there first; a missing node when nothing is. */
  JsonNode in(JsonNode document) {
    List<JsonNode> found = all(document);
    return found.isEmpty() ? MissingNode.getInstance() : found.get(0);
  }

  /** All that is there, in the order of the document. */
  List<JsonNode> all(JsonNode document) {
    JsonNode node = document;
    for (int i = 0; i < steps.size(); i++) {
      JsonNode only = steps.get(i).only(node);
      if (only == null) {
        return all(node, steps.subList(i, steps.size()));
      }
      node = only;
    }
    return node.isMissingNode() ? List.of() : List.of(node);
  }

  private static List<JsonNode> all(JsonNode from, List<Step> steps) {
    List<JsonNode> nodes = List.of(from);
    for (Step step : steps) {
      List<JsonNode> next = new ArrayList<>(nodes.size());
      for (JsonNode node : nodes) {
        step.from(node, next);
      }
      nodes = next;
    }
    return nodes;
  }
}
