package io.deungdae.collector.driver.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseResultMask;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseNextResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ViewDescription;
import org.jspecify.annotations.Nullable;

/** What is below nodes, asked for many at a time. Used by one thread. */
final class References {

  /** Large folders come in pieces of so many. */
  private static final int PER_ANSWER = 1000;

  private static final int CLASSES =
      NodeClass.Object.getValue() | NodeClass.Variable.getValue() | NodeClass.Method.getValue();

  private static final int WANTED =
      BrowseResultMask.ReferenceTypeId.getValue()
          | BrowseResultMask.NodeClass.getValue()
          | BrowseResultMask.BrowseName.getValue();

  private final Link link;
  private final int batch;

  /**
   * A node below another.
   *
   * @param node the node
   * @param name its browse name
   * @param kind what it is
   * @param property true for a property of the other
   */
  record Below(NodeId node, String name, NodeClass kind, boolean property) {}

  References(Link link, int batch) {
    this.link = link;
    this.batch = batch;
  }

  /** What is below each of the nodes; those that cannot be browsed have nothing below. */
  Map<NodeId, List<Below>> below(List<NodeId> nodes) throws DeviceException {
    Map<NodeId, List<Below>> all = new LinkedHashMap<>();
    for (List<NodeId> part : Limits.parts(nodes, batch)) {
      ask(part, all);
    }
    return all;
  }

  private void ask(List<NodeId> nodes, Map<NodeId, List<Below>> into) throws DeviceException {
    Optional<BrowseResponse> response =
        link.await(
            "browsing",
            link.client()
                .browseAsync(
                    new ViewDescription(NodeId.NULL_VALUE, DateTime.MIN_VALUE, uint(0)),
                    uint(PER_ANSWER),
                    nodes.stream().map(References::forward).toList())
                .thenApply(Optional::of),
            nodes.size() > 1 ? Limits.TOO_LARGE : Set.of(),
            refused -> Optional.empty());
    if (response.isEmpty()) {
      ask(nodes.subList(0, nodes.size() / 2), into);
      ask(nodes.subList(nodes.size() / 2, nodes.size()), into);
      return;
    }
    BrowseResult[] results = response.get().getResults();
    List<NodeId> again = new ArrayList<>();
    for (int i = 0; i < nodes.size() && results != null && i < results.length; i++) {
      boolean full = results[i].getStatusCode().value() == StatusCodes.Bad_NoContinuationPoints;
      if (full && nodes.size() > 1) {
        again.add(nodes.get(i));
      } else {
        into.put(nodes.get(i), complete(results[i]));
      }
    }
    for (NodeId one : again) {
      ask(List.of(one), into);
    }
  }

  private static BrowseDescription forward(NodeId node) {
    return new BrowseDescription(
        node,
        BrowseDirection.Forward,
        NodeIds.HierarchicalReferences,
        true,
        uint(CLASSES),
        uint(WANTED));
  }

  private List<Below> complete(BrowseResult first) throws DeviceException {
    List<Below> all = new ArrayList<>();
    add(first.getReferences(), all);
    ByteString more = first.getContinuationPoint();
    while (more != null && more.isNotNull() && more.length() > 0) {
      BrowseNextResponse next =
          link.await("browsing on", link.client().browseNextAsync(false, List.of(more)));
      BrowseResult[] results = next.getResults();
      if (results == null || results.length == 0 || results[0].getStatusCode().isBad()) {
        throw new DeviceException(
            Kind.PROTOCOL,
            link.spec().device(),
            "the server has broken off a list of nodes: "
                + (results == null || results.length == 0
                    ? "no answer"
                    : StatusQuality.name(results[0].getStatusCode())));
      }
      add(results[0].getReferences(), all);
      more = results[0].getContinuationPoint();
    }
    return all;
  }

  private void add(ReferenceDescription @Nullable [] references, List<Below> into) {
    for (ReferenceDescription one : references == null ? new ReferenceDescription[0] : references) {
      String name = one.getBrowseName().name();
      one.getNodeId()
          .toNodeId(link.client().getNamespaceTable())
          .ifPresent(
              node ->
                  into.add(
                      new Below(
                          node,
                          name == null ? "" : name,
                          one.getNodeClass(),
                          NodeIds.HasProperty.equals(one.getReferenceTypeId()))));
    }
  }
}
