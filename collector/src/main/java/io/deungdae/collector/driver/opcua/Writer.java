package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.Device.Confirmation;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.WriteResult;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Sample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;

/**
 * Writes values as the nodes' own types, and reads them back. A node's type is asked for once in a
 * session. Used by the device's thread.
 */
final class Writer {

  private final Link link;
  private final Clock clock;
  private final Caller caller;
  private final Map<NodeId, OpcUaDataType> types = new HashMap<>();

  Writer(Link link, Clock clock) {
    this.link = link;
    this.clock = clock;
    this.caller = new Caller(link);
  }

  /** Asks for the types of all that may be written, so that no write has to wait for it. */
  void learn(Collection<Point> points, int batch) throws DeviceException {
    List<Point> written =
        points.stream()
            .filter(point -> point.tag().tag().writable() && point.method() == null)
            .toList();
    for (List<Point> part : Limits.parts(written, Math.max(1, batch / 2))) {
      ask(part);
    }
  }

  private void ask(List<Point> points) throws DeviceException {
    List<ReadValueId> ids = new ArrayList<>();
    for (Point point : points) {
      ids.add(
          new ReadValueId(
              point.node(), AttributeId.DataType.uid(), null, QualifiedName.NULL_VALUE));
      ids.add(point.valueId());
    }
    DataValue[] answers = read("asking for types", ids);
    for (int i = 0; i < points.size() && 2 * i + 1 < answers.length; i++) {
      NodeId node = points.get(i).node();
      type(answers[2 * i].value(), answers[2 * i + 1].value())
          .ifPresent(found -> types.put(node, found));
    }
  }

  /** Writes {@code value}, in the tag's unit. */
  WriteResult write(Point point, double value, Confirmation confirmation) throws DeviceException {
    double raw = point.tag().conversion().toRaw(value);
    Optional<WriteResult> not =
        point.method() == null ? set(point, raw) : caller.call(point, point.method(), raw);
    if (not.isPresent()) {
      return not.get();
    }
    if (confirmation == Confirmation.NONE) {
      return new WriteResult.Done(Double.NaN);
    }
    // a method that has no feedback has confirmed the value by saying Good
    return new WriteResult.Done(point.tag().address().readable() ? readBack(point) : value);
  }

  private Optional<WriteResult> set(Point point, double raw) throws DeviceException {
    if (!types.containsKey(point.node())) {
      ask(List.of(point));
    }
    OpcUaDataType type = types.get(point.node());
    if (type == null) {
      return Optional.of(
          new WriteResult.Refused("the server does not tell the type of " + point.tag().address()));
    }
    Optional<Object> scalar = Coercion.scalar(type, raw);
    if (scalar.isEmpty()) {
      return Optional.of(new WriteResult.NotRepresentable(type + " cannot be " + raw));
    }
    StatusCode result = send(point, scalar.get());
    return result.isGood()
        ? Optional.empty()
        : Optional.of(new WriteResult.Refused(StatusQuality.name(result)));
  }

  private StatusCode send(Point point, Object scalar) throws DeviceException {
    NodeAddress address = point.tag().address();
    WriteValue write =
        new WriteValue(
            point.node(),
            AttributeId.Value.uid(),
            address.range(),
            // many servers refuse to take time stamps
            DataValue.valueOnly(new Variant(Coercion.forRange(scalar, address.indexRange()))));
    StatusCode[] results =
        link.await("writing " + point.tag().tag(), link.client().writeAsync(List.of(write)))
            .getResults();
    return results == null || results.length == 0 ? StatusCode.BAD : results[0];
  }

  /** What the device holds now, in the tag's unit; NaN when it is not a good number. */
  private double readBack(Point point) throws DeviceException {
    DataValue[] answers = read("reading back " + point.tag().tag(), List.of(point.valueId()));
    if (answers.length == 0) {
      return Double.NaN;
    }
    Sample sample = point.peek(answers[0], clock.now(), clock.nanoTime());
    return sample.quality().isBad() ? Double.NaN : sample.asDouble();
  }

  /** The type that the node declares or, where that is not a built-in one, has at present. */
  private static Optional<OpcUaDataType> type(Variant declared, Variant present) {
    if (declared.value() instanceof NodeId id
        && OpcUaDataType.isBuiltin(id)
        && OpcUaDataType.fromNodeId(id) != OpcUaDataType.Variant) {
      return Optional.ofNullable(OpcUaDataType.fromNodeId(id));
    }
    return present.getDataType();
  }

  private DataValue[] read(String what, List<ReadValueId> ids) throws DeviceException {
    DataValue[] answers =
        link.await(what, link.client().readAsync(0, TimestampsToReturn.Both, ids)).getResults();
    return answers == null ? new DataValue[0] : answers;
  }
}
