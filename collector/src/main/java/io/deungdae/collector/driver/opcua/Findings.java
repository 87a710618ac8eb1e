package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.Browser.Found;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.opcua.References.Below;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.jspecify.annotations.Nullable;

/**
 * What a tag list needs to know about nodes: type, unit, range, description, access; arrays by
 * element. Used by one thread.
 */
final class Findings {

  private static final int READ = 1; // OPC UA Part 3 §8.57, bits of AccessLevelType
  private static final int WRITE = 2;
  private static final int MOST_ELEMENTS = 1000;

  private static final List<AttributeId> ASKED =
      List.of(
          AttributeId.DataType,
          AttributeId.ValueRank,
          AttributeId.ArrayDimensions,
          AttributeId.AccessLevel,
          AttributeId.UserAccessLevel,
          AttributeId.Description);

  private final Link link;
  private final int batch;
  private final NodeTypes types;

  Findings(Link link, int batch) {
    this.link = link;
    this.batch = batch;
    this.types = new NodeTypes(link);
  }

  /** What a node tells of itself. */
  private static final class Told {
    private final Below below;
    private final Map<AttributeId, DataValue> attributes = new HashMap<>();
    private @Nullable Object unit;
    private @Nullable Object range;
    private @Nullable Object arguments;
    private Variant value = Variant.NULL_VALUE;

    Told(Below below) {
      this.below = below;
    }

    @Nullable Object attribute(AttributeId id) {
      DataValue known = attributes.get(id);
      return known == null || known.statusCode().isBad() ? null : known.value().value();
    }

    NodeId declared() {
      return attribute(AttributeId.DataType) instanceof NodeId type ? type : NodeId.NULL_VALUE;
    }

    int access() {
      Object level = attribute(AttributeId.UserAccessLevel);
      Object told = level == null ? attribute(AttributeId.AccessLevel) : level;
      return told instanceof UByte bits ? bits.intValue() : READ;
    }

    boolean perhapsArray() {
      return !(attribute(AttributeId.ValueRank) instanceof Integer rank) || rank != -1;
    }

    /** Length in each dimension; empty for a scalar, zeros where nobody tells. */
    int[] dimensions() {
      if (!perhapsArray()) {
        return new int[0];
      }
      if (attribute(AttributeId.ArrayDimensions) instanceof UInteger[] told && told.length > 0) {
        int[] lengths = Arrays.stream(told).mapToInt(UInteger::intValue).toArray();
        if (Arrays.stream(lengths).allMatch(length -> length > 0)) {
          return lengths;
        }
      }
      Object present = value.value();
      if (present instanceof Matrix matrix && matrix.isNotNull()) {
        return matrix.getDimensions();
      }
      if (present instanceof Object[] array) {
        return new int[] {array.length};
      }
      boolean array = attribute(AttributeId.ValueRank) instanceof Integer rank && rank >= 0;
      return array ? new int[] {0} : new int[0];
    }
  }

  /** What can be tags among {@code piece}, which are below {@code parent}. */
  Map<NodeId, List<Found>> of(
      NodeId parent,
      List<Below> piece,
      Map<NodeId, List<Below>> below,
      Function<Below, List<String>> path)
      throws DeviceException {
    List<Told> told =
        piece.stream().filter(one -> one.kind() != NodeClass.Object).map(Told::new).toList();
    ask(told, below);
    askValues(told);
    Map<NodeId, List<Found>> found = new HashMap<>();
    for (Told one : told) {
      List<String> names = path.apply(one.below);
      found.put(
          one.below.node(),
          one.below.kind() == NodeClass.Method
              ? List.of(method(parent, one, names))
              : variable(one, names));
    }
    return found;
  }

  private void ask(List<Told> told, Map<NodeId, List<Below>> below) throws DeviceException {
    List<ReadValueId> ids = new ArrayList<>();
    List<java.util.function.Consumer<DataValue>> takers = new ArrayList<>();
    for (Told one : told) {
      for (AttributeId id : ASKED) {
        ids.add(Attributes.of(one.below.node(), id));
        takers.add(answer -> one.attributes.put(id, answer));
      }
      for (Below property : below.getOrDefault(one.below.node(), List.of())) {
        Optional<java.util.function.Consumer<DataValue>> taker = taker(one, property);
        if (taker.isPresent()) {
          ids.add(Attributes.of(property.node(), AttributeId.Value));
          takers.add(taker.get());
        }
      }
    }
    List<DataValue> answers = Attributes.read(link, ids, batch);
    for (int i = 0; i < answers.size(); i++) {
      takers.get(i).accept(answers.get(i));
    }
  }

  private static Optional<java.util.function.Consumer<DataValue>> taker(Told one, Below property) {
    if (!property.property()) {
      return Optional.empty();
    }
    return switch (property.name()) {
      case "EngineeringUnits" -> Optional.of(answer -> one.unit = answer.value().value());
      case "EURange" -> Optional.of(answer -> one.range = answer.value().value());
      case "InputArguments" -> Optional.of(answer -> one.arguments = answer.value().value());
      default -> Optional.empty();
    };
  }

  /** Only where type or length cannot be told without the value. */
  private void askValues(List<Told> told) throws DeviceException {
    List<Told> open = new ArrayList<>();
    for (Told one : told) {
      boolean array = one.perhapsArray() && Arrays.stream(one.dimensions()).anyMatch(n -> n == 0);
      boolean variable = one.below.kind() == NodeClass.Variable;
      if (variable && (array || types.builtIn(one.declared()).isEmpty())) {
        open.add(one);
      }
    }
    List<DataValue> answers =
        Attributes.read(
            link,
            open.stream().map(one -> Attributes.of(one.below.node(), AttributeId.Value)).toList(),
            batch);
    for (int i = 0; i < open.size(); i++) {
      open.get(i).value = answers.get(i).value();
    }
  }

  private List<Found> variable(Told one, List<String> path) throws DeviceException {
    Optional<OpcUaDataType> type = types.builtIn(one.declared()).or(() -> one.value.getDataType());
    Optional<String> word = type.flatMap(NodeTypes::word);
    boolean readable = (one.access() & READ) != 0;
    String address = NodeBrowser.address(link, one.below.node());
    int[] dimensions = one.dimensions();
    long elements = Arrays.stream(dimensions).asLongStream().reduce(1, (a, b) -> a * b);
    if (dimensions.length == 0 && word.isPresent()) {
      return List.of(found(one, path, address, word.get(), readable));
    }
    if (word.isEmpty() || elements == 0 || elements > MOST_ELEMENTS) {
      String name =
          types.name(one.declared())
              + Arrays.stream(dimensions)
                  .mapToObj(n -> "[" + n + "]")
                  .collect(Collectors.joining());
      return List.of(found(one, path, address, name, false));
    }
    List<Found> each = new ArrayList<>();
    for (int i = 0; i < elements; i++) {
      String index = "[" + index(i, dimensions) + "]";
      List<String> names = new ArrayList<>(path);
      names.set(names.size() - 1, one.below.name() + index);
      each.add(found(one, names, address + " " + index, word.get(), readable));
    }
    return each;
  }

  private static String index(int number, int[] dimensions) {
    String[] index = new String[dimensions.length];
    int rest = number;
    for (int d = dimensions.length - 1; d >= 0; d--) {
      index[d] = Integer.toString(rest % dimensions[d]);
      rest /= dimensions[d];
    }
    return String.join(",", index);
  }

  private Found found(Told one, List<String> path, String address, String type, boolean usable) {
    boolean parses = NodeAddress.parse(address).isPresent();
    return new Found(
        path,
        address,
        type,
        usable && parses,
        Attributes.decoded(link, one.unit) instanceof EUInformation unit
            ? text(unit.getDisplayName())
            : "",
        range(Attributes.decoded(link, one.range)),
        Label.of(
            one.attribute(AttributeId.Description) instanceof LocalizedText text ? text(text) : ""),
        (one.access() & WRITE) != 0);
  }

  private static String text(@Nullable LocalizedText text) {
    return text == null || text.text() == null ? "" : text.text();
  }

  private static Range range(@Nullable Object told) {
    if (told instanceof org.eclipse.milo.opcua.stack.core.types.structured.Range range
        && range.getLow() < range.getHigh()) {
      return new Range(range.getLow(), range.getHigh());
    }
    return Range.ALL;
  }

  /** Never a tag as it is: what it does must be decided by a person. */
  private Found method(NodeId parent, Told one, List<String> path) throws DeviceException {
    List<String> takes = new ArrayList<>();
    if (one.arguments instanceof ExtensionObject[] encoded) {
      for (ExtensionObject argument : encoded) {
        if (Attributes.decoded(link, argument) instanceof Argument decoded) {
          takes.add(types.name(decoded.getDataType()));
        }
      }
    }
    return new Found(
        path,
        "call="
            + NodeBrowser.address(link, parent)
            + "|"
            + NodeBrowser.address(link, one.below.node()),
        "method(" + String.join(", ", takes) + ")",
        false,
        "",
        Range.ALL,
        Label.of(
            one.attribute(AttributeId.Description) instanceof LocalizedText text ? text(text) : ""),
        true);
  }
}
