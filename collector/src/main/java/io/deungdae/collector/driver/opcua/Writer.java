package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.Device.Confirmation;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.WriteResult;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Sample;
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
  private final Map<NodeId, OpcUaDataType> types = new HashMap<>();

  Writer(Link link, Clock clock) {
    this.link = link;
    this.clock = clock;
  }

  /** Writes {@code value}, in the tag's unit. */
  WriteResult write(Point point, double value, Confirmation confirmation) throws DeviceException {
    Optional<OpcUaDataType> type = type(point);
    if (type.isEmpty()) {
      return new WriteResult.Refused(
          "the server does not tell the type of " + point.tag().address());
    }
    double raw = point.tag().conversion().toRaw(value);
    Optional<Object> scalar = Coercion.scalar(type.get(), raw);
    if (scalar.isEmpty()) {
      return new WriteResult.NotRepresentable(type.get() + " cannot be " + raw);
    }
    StatusCode result = send(point, scalar.get());
    if (!result.isGood()) {
      return new WriteResult.Refused(StatusQuality.name(result));
    }
    return new WriteResult.Done(
        confirmation == Confirmation.READ_BACK ? readBack(point) : Double.NaN);
  }

  private StatusCode send(Point point, Object scalar) throws DeviceException {
    Object value = point.tag().address().element() < 0 ? scalar : Coercion.single(scalar);
    WriteValue write =
        new WriteValue(
            point.node(),
            AttributeId.Value.uid(),
            point.tag().address().indexRange(),
            DataValue.valueOnly(new Variant(value))); // many servers refuse to take time stamps
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
  private Optional<OpcUaDataType> type(Point point) throws DeviceException {
    OpcUaDataType known = types.get(point.node());
    if (known != null) {
      return Optional.of(known);
    }
    ReadValueId declared =
        new ReadValueId(point.node(), AttributeId.DataType.uid(), null, QualifiedName.NULL_VALUE);
    DataValue[] answers = read("asking for a type", List.of(declared, point.valueId()));
    Optional<OpcUaDataType> type =
        answers.length < 2 ? Optional.empty() : type(answers[0].value(), answers[1].value());
    type.ifPresent(found -> types.put(point.node(), found));
    return type;
  }

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
