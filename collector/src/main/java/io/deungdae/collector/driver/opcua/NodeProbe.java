package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import io.deungdae.collector.driver.Probe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.jspecify.annotations.Nullable;

/** Looks at single nodes by hand. */
final class NodeProbe implements Probe {

  private static final List<String> COLUMNS =
      List.of(
          "address",
          "value",
          "type",
          "declared",
          "status",
          "source time",
          "server time",
          "access",
          "description");
  private static final int MOST_SHOWN = 20;
  private static final Set<Long> NO_NODE =
      Set.of(StatusCodes.Bad_NodeIdUnknown, StatusCodes.Bad_NodeIdInvalid);

  private final Link link;
  private final Limits limits;
  private final NodeTypes types;

  NodeProbe(Link link) throws DeviceException {
    this.link = link;
    this.limits = Limits.ask(link);
    this.types = new NodeTypes(link);
  }

  /** The type is the node's own, whatever is asked for. A count goes through an array. */
  @Override
  public Reading read(String address, String type, int count) throws DeviceException {
    NodeAddress place =
        NodeAddress.parse(address)
            .filter(NodeAddress::readable)
            .orElseThrow(() -> refused("'" + address + "' is no address of a value"));
    NodeId node =
        place
            .node()
            .toNodeId(link.client().getNamespaceTable())
            .orElseThrow(() -> refused("the server has no namespace of '" + address + "'"));
    List<ReadValueId> ids = new ArrayList<>();
    ids.add(Attributes.of(node, AttributeId.DataType));
    ids.add(Attributes.of(node, AttributeId.UserAccessLevel));
    ids.add(Attributes.of(node, AttributeId.Description));
    List<String> ranges = ranges(place, count);
    for (String range : ranges) {
      ids.add(
          new ReadValueId(
              node,
              AttributeId.Value.uid(),
              range.isEmpty() ? null : range,
              QualifiedName.NULL_VALUE));
    }
    List<DataValue> answers = Attributes.read(link, ids, limits.read());
    StatusCode first = answers.get(3).statusCode();
    if (NO_NODE.contains(first.value())) {
      throw refused("the server says " + StatusQuality.name(first) + " for '" + address + "'");
    }
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < ranges.size(); i++) {
      rows.add(row(node, ranges.get(i), answers, answers.get(3 + i)));
    }
    return new Reading(COLUMNS, rows);
  }

  private DeviceException refused(String why) {
    return new DeviceException(Kind.REJECTED, link.spec().device(), why);
  }

  private List<String> ranges(NodeAddress place, int count) throws DeviceException {
    if (count <= 1) {
      return List.of(place.indexRange());
    }
    if (!place.indexRange().matches("\\d+")) {
      throw refused("a count is for the elements of an array: 'NODE [0]'");
    }
    int first = Integer.parseInt(place.indexRange());
    List<String> ranges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ranges.add(Integer.toString(first + i));
    }
    return ranges;
  }

  private List<String> row(NodeId node, String range, List<DataValue> about, DataValue value)
      throws DeviceException {
    Variant held = value.value();
    return List.of(
        NodeBrowser.address(link, node) + (range.isEmpty() ? "" : " [" + range + "]"),
        show(range.isEmpty() ? held.value() : elementOr(held.value())),
        held.getDataType().map(Enum::name).orElse(""),
        about.get(0).value().value() instanceof NodeId type ? types.name(type) : "",
        StatusQuality.name(value.statusCode()),
        time(value.sourceTime()),
        time(value.serverTime()),
        access(about.get(1).value().value()),
        about.get(2).value().value() instanceof LocalizedText text && text.text() != null
            ? text.text()
            : "");
  }

  private static @Nullable Object elementOr(@Nullable Object value) {
    Object element = Raw.element(value);
    return element == null ? value : element;
  }

  private static String show(@Nullable Object value) {
    Object shown = value instanceof Matrix matrix ? matrix.getElements() : value;
    if (shown instanceof Object[] array) {
      return Arrays.stream(array)
              .limit(MOST_SHOWN)
              .map(one -> String.valueOf(Raw.scalar(one)))
              .collect(Collectors.joining(", ", "{", array.length > MOST_SHOWN ? ", …}" : "}"))
          + " ("
          + array.length
          + ")";
    }
    Object scalar = Raw.scalar(shown);
    return scalar == null ? "" : scalar.toString();
  }

  private static String time(@Nullable DateTime time) {
    return time == null || time.isNull() ? "" : time.getJavaInstant().toString();
  }

  private static String access(@Nullable Object level) {
    int bits = level instanceof UByte told ? told.intValue() : 0;
    return ((bits & 1) != 0 ? "read " : "") + ((bits & 2) != 0 ? "write" : "");
  }

  @Override
  public void close() {
    link.close();
  }
}
