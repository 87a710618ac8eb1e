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
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as the nodes' own types, and reads them back. A node's type is asked for once in a
 * session. Used by the device's thread.
 */
final class Writer {

  private final Link link;
  private final Clock clock;
  private final Caller caller;
  private final int batch;
  private final Map<NodeId, OpcUaDataType> types = new HashMap<>();

  Writer(Link link, Clock clock, int batch) {
    this.link = link;
    this.clock = clock;
    this.batch = batch;
    this.caller = new Caller(link);
  }

  /** Asks for the types of all that may be written, so that no write has to wait for it. */
  void learn(Collection<Point> points) throws DeviceException {
    ask(
        points.stream()
            .filter(point -> point.tag().tag().writable() && point.method() == null)
            .toList());
  }

  private void ask(List<Point> points) throws DeviceException {
    List<ReadValueId> ids = new ArrayList<>();
    for (Point point : points) {
      ids.add(Attributes.of(point.node(), AttributeId.DataType));
      ids.add(point.valueId());
    }
    List<DataValue> answers = Attributes.read(link, ids, batch);
    for (int i = 0; i < points.size(); i++) {
      NodeId node = points.get(i).node();
      type(answers.get(2 * i).value(), answers.get(2 * i + 1).value())
          .ifPresent(found -> types.put(node, found));
    }
  }

  /** Writes {@code value}, in the tag's unit. */
  WriteResult write(Point point, double value, Confirmation confirmation) throws DeviceException {
    double raw = point.tag().conversion().toRaw(value);
    return point.method() == null
        ? set(point, raw, confirmation)
        : call(point, point.method(), value, confirmation);
  }

  private WriteResult call(
      Point point, Point.Method method, double value, Confirmation confirmation)
      throws DeviceException {
    Optional<WriteResult> not = caller.call(point, method, point.tag().conversion().toRaw(value));
    if (not.isPresent()) {
      return not.get();
    }
    if (confirmation == Confirmation.NONE) {
      return new WriteResult.Done(Double.NaN);
    }
    if (!point.tag().address().readable()) {
      return new WriteResult.Done(value); // Good is all the confirmation that there is
    }
    DataValue[] back = read("reading back " + point.tag().tag(), List.of(point.valueId()));
    return new WriteResult.Done(number(point, back));
  }

  private WriteResult set(Point point, double raw, Confirmation confirmation)
      throws DeviceException {
    OpcUaDataType type = typeOf(point);
    if (type == null) {
      return new WriteResult.Refused(
          "the server does not tell the type of " + point.tag().address());
    }
    Optional<Written> written = send(point, type, raw, confirmation);
    if (written.isPresent() && isMismatch(written.get().status())) {
      types.remove(point.node()); // a program loaded into the PLC meanwhile may have changed it
      OpcUaDataType now = typeOf(point);
      if (now != null && now != type) {
        type = now;
        written = send(point, type, raw, confirmation);
      }
    }
    if (written.isEmpty()) {
      return new WriteResult.NotRepresentable(type + " cannot be " + raw);
    }
    StatusCode status = written.get().status();
    return status.isGood()
        ? new WriteResult.Done(number(point, written.get().back()))
        : new WriteResult.Refused(StatusQuality.name(status));
  }

  private @Nullable OpcUaDataType typeOf(Point point) throws DeviceException {
    if (!types.containsKey(point.node())) {
      ask(List.of(point));
    }
    return types.get(point.node());
  }

  private static boolean isMismatch(StatusCode status) {
    return status.value() == StatusCodes.Bad_TypeMismatch;
  }

  /** Empty when the type cannot represent the number; nothing is sent then. */
  private Optional<Written> send(
      Point point, OpcUaDataType type, double raw, Confirmation confirmation)
      throws DeviceException {
    Optional<Object> scalar = Coercion.scalar(type, raw);
    return scalar.isEmpty()
        ? Optional.empty()
        : Optional.of(send(point, scalar.get(), confirmation));
  }

  /**
   * What came of a write.
   *
   * @param status the server's answer
   * @param back what was read back; empty where nothing was
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once and never compared
  private record Written(StatusCode status, DataValue[] back) {}

  /**
   * The read-back goes out as soon as the write is answered, without waking this thread between.
   */
  private Written send(Point point, Object scalar, Confirmation confirmation)
      throws DeviceException {
    NodeAddress address = point.tag().address();
    WriteValue write =
        new WriteValue(
            point.node(),
            AttributeId.Value.uid(),
            address.range(),
            // many servers refuse to take time stamps
            DataValue.valueOnly(new Variant(Coercion.forRange(scalar, address.indexRange()))));
    return link.await(
        "writing " + point.tag().tag(),
        link.client()
            .writeAsync(List.of(write))
            .thenCompose(response -> readBack(point, response.getResults(), confirmation)));
  }

  private CompletableFuture<Written> readBack(
      Point point, StatusCode @Nullable [] results, Confirmation confirmation) {
    StatusCode status = results == null || results.length == 0 ? StatusCode.BAD : results[0];
    if (!status.isGood() || confirmation == Confirmation.NONE) {
      return CompletableFuture.completedFuture(new Written(status, new DataValue[0]));
    }
    return link.client()
        .readAsync(0, TimestampsToReturn.Both, List.of(point.valueId()))
        .thenApply(read -> new Written(status, orNone(read.getResults())));
  }

  /** What the device holds now, in the tag's unit; NaN when it is not a good number. */
  private double number(Point point, DataValue[] back) {
    if (back.length == 0) {
      return Double.NaN;
    }
    Sample sample = point.peek(back[0], clock.now(), clock.nanoTime());
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
    return orNone(
        link.await(what, link.client().readAsync(0, TimestampsToReturn.Both, ids)).getResults());
  }

  private static DataValue[] orNone(DataValue @Nullable [] answers) {
    return answers == null ? new DataValue[0] : answers;
  }
}
