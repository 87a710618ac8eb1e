package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.WriteResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePath;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePathResult;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.CallResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePath;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePathElement;

/**
 * Calls methods, as commands: one that takes an argument gets the value; one that takes none is
 * called for every value but 0, so that writing 0 is doing nothing. What a method takes is asked
 * for once in a session. Used by the device's thread.
 */
final class Caller {

  private static final Set<Long> CANNOT_CALL =
      Set.of(StatusCodes.Bad_ServiceUnsupported, StatusCodes.Bad_NotImplemented);

  private final Link link;
  private final Map<NodeId, List<Argument>> known = new HashMap<>();

  Caller(Link link) {
    this.link = link;
  }

  /** Calls the method with a raw value; empty when it has been done, else why not. */
  Optional<WriteResult> call(Point point, Point.Method method, double raw) throws DeviceException {
    List<Argument> arguments = arguments(method);
    if (arguments.isEmpty()) {
      return raw == 0 ? Optional.empty() : send(point, method, new Variant[0]);
    }
    if (arguments.size() > 1) {
      return Optional.of(
          new WriteResult.Refused(
              "the method takes " + arguments.size() + " arguments; one that takes one is needed"));
    }
    NodeId declared = arguments.get(0).getDataType();
    OpcUaDataType type =
        OpcUaDataType.isBuiltin(declared) ? OpcUaDataType.fromNodeId(declared) : null;
    if (type == null || arguments.get(0).getValueRank() >= 0) {
      return Optional.of(new WriteResult.Refused("the method takes no number"));
    }
    Optional<Object> argument = Coercion.scalar(type, raw);
    return argument.isEmpty()
        ? Optional.of(new WriteResult.NotRepresentable(type + " cannot be " + raw))
        : send(point, method, new Variant[] {new Variant(argument.get())});
  }

  private Optional<WriteResult> send(Point point, Point.Method method, Variant[] arguments)
      throws DeviceException {
    CallMethodRequest request = new CallMethodRequest(method.object(), method.node(), arguments);
    Optional<CallResponse> response =
        link.await(
            "calling for " + point.tag().tag(),
            link.client().callAsync(List.of(request)).thenApply(Optional::of),
            CANNOT_CALL,
            refused -> Optional.empty());
    CallMethodResult[] results = response.map(CallResponse::getResults).orElse(null);
    if (results == null || results.length == 0) {
      return Optional.of(new WriteResult.Refused("the server calls no methods"));
    }
    StatusCode status = results[0].getStatusCode();
    return status.isGood() ? Optional.empty() : Optional.of(refused(status, results[0]));
  }

  private static WriteResult refused(StatusCode status, CallMethodResult result) {
    StatusCode[] arguments = result.getInputArgumentResults();
    boolean more = arguments != null && arguments.length > 0 && arguments[0].isBad();
    return new WriteResult.Refused(
        StatusQuality.name(status)
            + (more ? ", argument: " + StatusQuality.name(arguments[0]) : ""));
  }

  private List<Argument> arguments(Point.Method method) throws DeviceException {
    List<Argument> arguments = known.get(method.node());
    if (arguments == null) {
      arguments = ask(method);
      known.put(method.node(), arguments);
    }
    return arguments;
  }

  /** A method without the property takes no arguments (OPC UA Part 3 §5.7). */
  private List<Argument> ask(Point.Method method) throws DeviceException {
    RelativePathElement property =
        new RelativePathElement(
            NodeIds.HasProperty, false, true, new QualifiedName(0, "InputArguments"));
    BrowsePath path =
        new BrowsePath(method.node(), new RelativePath(new RelativePathElement[] {property}));
    BrowsePathResult[] found =
        link.await(
                "asking what a method takes",
                link.client().translateBrowsePathsAsync(List.of(path)))
            .getResults();
    if (found == null
        || found.length == 0
        || found[0].getTargets() == null
        || found[0].getTargets().length == 0) {
      return List.of();
    }
    Optional<NodeId> node =
        found[0].getTargets()[0].getTargetId().toNodeId(link.client().getNamespaceTable());
    return node.isEmpty() ? List.of() : read(node.get());
  }

  private List<Argument> read(NodeId property) throws DeviceException {
    ReadValueId id =
        new ReadValueId(property, AttributeId.Value.uid(), null, QualifiedName.NULL_VALUE);
    DataValue[] answers =
        link.await(
                "asking what a method takes",
                link.client().readAsync(0, TimestampsToReturn.Neither, List.of(id)))
            .getResults();
    Object value = answers == null || answers.length == 0 ? null : answers[0].value().value();
    return value instanceof ExtensionObject[] encoded
        ? java.util.Arrays.stream(encoded)
            .map(one -> one.decode(link.client().getStaticEncodingContext()))
            .filter(Argument.class::isInstance)
            .map(Argument.class::cast)
            .toList()
        : List.of();
  }
}
