package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.WriteResult;
import java.util.ArrayList;
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
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePath;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePathResult;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePathTarget;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.CallResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePath;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePathElement;
import org.eclipse.milo.opcua.stack.core.types.structured.TranslateBrowsePathsToNodeIdsResponse;

/**
 * Calls methods, as commands: one that takes an argument gets the value; one that takes none is
 * called for every value but 0, so that writing 0 is doing nothing. What a method takes is asked
 * for once in a session. Used by the device's thread.
 */
final class Caller {

  private static final Set<Long> CANNOT_CALL =
      Set.of(StatusCodes.Bad_ServiceUnsupported, StatusCodes.Bad_NotImplemented);

  private final Link link;
  private final Map<NodeId, Takes> known = new HashMap<>();

  /**
   * What a method takes.
   *
   * @param status bad when the server does not tell
   * @param arguments its arguments
   */
  private record Takes(StatusCode status, List<Argument> arguments) {}

  private static final Takes NOTHING = new Takes(StatusCode.GOOD, List.of());

  Caller(Link link) {
    this.link = link;
  }

  /** Calls the method with a raw value; empty when it has been done, else why not. */
  Optional<WriteResult> call(Point point, Point.Method method, double raw) throws DeviceException {
    Takes takes = takes(method);
    List<Argument> arguments = takes.arguments();
    if (takes.status().isBad()) {
      return Optional.of(
          new WriteResult.Refused(
              "the server does not tell what the method takes: "
                  + StatusQuality.name(takes.status())));
    }
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

  private Takes takes(Point.Method method) throws DeviceException {
    Takes takes = known.get(method.node());
    if (takes == null) {
      takes = ask(method);
      if (!takes.status().isBad()) {
        known.put(method.node(), takes);
      }
    }
    return takes;
  }

  private Takes ask(Point.Method method) throws DeviceException {
    RelativePathElement property =
        new RelativePathElement(
            NodeIds.HasProperty, false, true, new QualifiedName(0, "InputArguments"));
    BrowsePath path =
        new BrowsePath(method.node(), new RelativePath(new RelativePathElement[] {property}));
    Optional<TranslateBrowsePathsToNodeIdsResponse> response =
        link.await(
            "asking what a method takes",
            link.client().translateBrowsePathsAsync(List.of(path)).thenApply(Optional::of),
            CANNOT_CALL,
            refused -> Optional.empty());
    BrowsePathResult[] found =
        response.map(TranslateBrowsePathsToNodeIdsResponse::getResults).orElse(null);
    if (found == null || found.length == 0) {
      return new Takes(new StatusCode(StatusCodes.Bad_ServiceUnsupported), List.of());
    }
    BrowsePathTarget[] targets = found[0].getTargets();
    StatusCode status = found[0].getStatusCode();
    if (status.value() == StatusCodes.Bad_NoMatch) {
      return NOTHING; // a method without the property takes no arguments (OPC UA Part 3 §5.7)
    }
    if (status.isBad() || targets == null || targets.length == 0) {
      return new Takes(status.isBad() ? status : StatusCode.BAD, List.of());
    }
    Optional<NodeId> node = targets[0].getTargetId().toNodeId(link.client().getNamespaceTable());
    return node.isEmpty() ? new Takes(StatusCode.BAD, List.of()) : read(node.get());
  }

  private Takes read(NodeId property) throws DeviceException {
    DataValue answer =
        Attributes.read(link, List.of(Attributes.of(property, AttributeId.Value)), 1).get(0);
    if (answer.statusCode().isBad()) {
      return new Takes(answer.statusCode(), List.of());
    }
    List<Argument> arguments = new ArrayList<>();
    if (answer.value().value() instanceof ExtensionObject[] encoded) {
      for (ExtensionObject one : encoded) {
        if (Attributes.decoded(link, one) instanceof Argument argument) {
          arguments.add(argument);
        } else {
          return new Takes(new StatusCode(StatusCodes.Bad_DecodingError), List.of());
        }
      }
    }
    return new Takes(StatusCode.GOOD, List.copyOf(arguments));
  }
}
