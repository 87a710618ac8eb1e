package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.Browser;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import io.deungdae.collector.driver.opcua.References.Below;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;

/**
 * Walks through a server's objects. Each node is visited once, whatever cycles there are; a place
 * with very many nodes is asked about in pieces. The server's own diagnostics are left out unless
 * asked for by address.
 */
final class NodeBrowser implements Browser {

  private static final int PIECE = 200;

  /** Nodes looked at for each one that may be found, at least. */
  private static final int NODES_PER_FOUND = 20;

  private static final int LEAST_NODES = 100_000;

  private final Link link;
  private final Limits limits;
  private final References references;
  private final Findings findings;

  NodeBrowser(Link link) throws DeviceException {
    this.link = link;
    this.limits = Limits.ask(link);
    this.references = new References(link, limits.browse());
    this.findings = new Findings(link, limits.read());
  }

  @Override
  public boolean browse(String from, int most, Consumer<Found> out) throws DeviceException {
    return new Walk(most, out).through(start(from));
  }

  private Place start(String from) throws DeviceException {
    if (from.isBlank()) {
      return new Place(
          List.of(), NodeIds.ObjectsFolder, references.below(List.of(NodeIds.ObjectsFolder)));
    }
    NodeId node =
        NodeAddress.node(from)
            .flatMap(id -> id.toNodeId(link.client().getNamespaceTable()))
            .orElseThrow(() -> none(from, "this is no node id of a namespace that it has"));
    List<DataValue> told =
        Attributes.read(
            link,
            List.of(
                Attributes.of(node, AttributeId.BrowseName),
                Attributes.of(node, AttributeId.NodeClass)),
            limits.read());
    if (!(told.get(0).value().value() instanceof QualifiedName name)) {
      throw none(from, StatusQuality.name(told.get(0).statusCode()));
    }
    NodeClass kind =
        told.get(1).value().value() instanceof Integer number
            ? NodeClass.from(number)
            : NodeClass.Object;
    Below self =
        new Below(
            node,
            name.name() == null ? "" : name.name(),
            kind == null ? NodeClass.Object : kind,
            false);
    return new Place(List.of(), NodeId.NULL_VALUE, Map.of(NodeId.NULL_VALUE, List.of(self)));
  }

  private DeviceException none(String from, String why) {
    return new DeviceException(
        Kind.REJECTED, link.spec().device(), "there is no place '" + from + "': " + why);
  }

  @Override
  public void close() {
    link.close();
  }

  /** A node whose children are being gone through. */
  private static final class Place {
    private final List<String> path;
    private final NodeId node;
    private final List<Below> children;
    private List<Below> piece = List.of();
    private Map<NodeId, List<Below>> grandchildren = Map.of();
    private Map<NodeId, List<Browser.Found>> found = Map.of();
    private int taken;
    private int next;

    Place(List<String> path, NodeId node, Map<NodeId, List<Below>> below) {
      this.path = path;
      this.node = node;
      this.children =
          below.getOrDefault(node, List.of()).stream().filter(one -> !one.property()).toList();
    }

    List<String> pathOf(Below child) {
      List<String> longer = new ArrayList<>(path);
      longer.add(child.name());
      return longer;
    }
  }

  /** One walk. */
  private final class Walk {
    private final Set<NodeId> seen = new HashSet<>();
    private final Deque<Place> places = new ArrayDeque<>();
    private final Consumer<Found> out;
    private final int most;
    private final long mostNodes;
    private int count;

    Walk(int most, Consumer<Found> out) {
      this.most = most;
      this.out = out;
      this.mostNodes = Math.max(LEAST_NODES, (long) NODES_PER_FOUND * most);
    }

    boolean through(Place start) throws DeviceException {
      seen.add(start.node);
      if (start.node.equals(NodeIds.ObjectsFolder)) {
        seen.add(NodeIds.Server);
      }
      places.push(start);
      while (!places.isEmpty()) {
        Place place = places.peek();
        if (place.next == place.piece.size() && !prepare(place)) {
          places.pop();
        } else if (!visit(place, place.piece.get(place.next++))) {
          return false;
        }
      }
      return true;
    }

    /** Asks about the next children; false when there are none. */
    private boolean prepare(Place place) throws DeviceException {
      List<Below> piece = new ArrayList<>();
      while (piece.size() < PIECE && place.taken < place.children.size()) {
        Below child = place.children.get(place.taken++);
        if (!seen.contains(child.node())) {
          piece.add(child);
        }
      }
      place.piece = piece;
      place.next = 0;
      if (!piece.isEmpty()) {
        place.grandchildren = references.below(piece.stream().map(Below::node).toList());
        place.found = findings.of(place.node, piece, place.grandchildren, place::pathOf);
      }
      return !piece.isEmpty();
    }

    private boolean visit(Place place, Below child) {
      if (!seen.add(child.node())) {
        return true;
      }
      for (Found one : place.found.getOrDefault(child.node(), List.of())) {
        if (count == most) {
          return false;
        }
        count++;
        out.accept(one);
      }
      Place below = new Place(place.pathOf(child), child.node(), place.grandchildren);
      if (!below.children.isEmpty()) {
        places.push(below);
      }
      return seen.size() < mostNodes;
    }
  }

  /** A node's address as a tag list has it, by namespace URI. */
  static String address(Link link, NodeId node) {
    Optional<ExpandedNodeId> absolute = node.expanded().absolute(link.client().getNamespaceTable());
    boolean standard = node.getNamespaceIndex().intValue() == 0;
    return standard || absolute.isEmpty()
        ? node.toParseableString()
        : absolute.get().toParseableString();
  }
}
