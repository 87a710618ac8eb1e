package io.deungdae.collector.driver.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.deungdae.collector.driver.DeviceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;

/** What data types are at bottom; asks the server for those of its own. Used by one thread. */
final class NodeTypes {

  private static final int DEEPEST = 20;

  private final Link link;
  private final Map<NodeId, NodeId> roots = new HashMap<>();
  private final Map<NodeId, String> names = new HashMap<>();

  NodeTypes(Link link) {
    this.link = link;
  }

  /**
   * The built-in type that a data type derives from; empty for abstract ones, whose values may be
   * of several.
   */
  Optional<OpcUaDataType> builtIn(NodeId declared) throws DeviceException {
    NodeId root = root(declared);
    if (NodeIds.Enumeration.equals(root)) {
      return Optional.of(OpcUaDataType.Int32);
    }
    OpcUaDataType type = OpcUaDataType.isBuiltin(root) ? OpcUaDataType.fromNodeId(root) : null;
    return Optional.ofNullable(type == OpcUaDataType.Variant ? null : type);
  }

  private NodeId root(NodeId declared) throws DeviceException {
    NodeId known = roots.get(declared);
    if (known != null) {
      return known;
    }
    NodeId at = declared;
    for (int i = 0; i < DEEPEST && !isRoot(at); i++) {
      Optional<NodeId> above = above(at);
      if (above.isEmpty()) {
        break;
      }
      at = above.get();
    }
    roots.put(declared, at);
    return at;
  }

  private static boolean isRoot(NodeId type) {
    return OpcUaDataType.isBuiltin(type) || NodeIds.Enumeration.equals(type);
  }

  private Optional<NodeId> above(NodeId type) throws DeviceException {
    BrowseResult result =
        link.await(
            "asking for a type",
            link.client()
                .browseAsync(
                    new BrowseDescription(
                        type,
                        BrowseDirection.Inverse,
                        NodeIds.HasSubtype,
                        false,
                        uint(0),
                        uint(0))));
    ReferenceDescription[] found = result.getReferences();
    return found == null || found.length == 0
        ? Optional.empty()
        : found[0].getNodeId().toNodeId(link.client().getNamespaceTable());
  }

  /** The data type's own name. */
  String name(NodeId type) throws DeviceException {
    String known = names.get(type);
    if (known != null) {
      return known;
    }
    ReadValueId id =
        new ReadValueId(type, AttributeId.BrowseName.uid(), null, QualifiedName.NULL_VALUE);
    Object told = Attributes.read(link, List.of(id), 1).get(0).value().value();
    String name =
        told instanceof QualifiedName qualified && qualified.name() != null
            ? qualified.name()
            : type.toParseableString();
    names.put(type, name);
    return name;
  }

  /** The word of a tag list for it; empty when there is none. */
  static Optional<String> word(OpcUaDataType type) {
    return switch (type) {
      case Boolean -> Optional.of("bool");
      case SByte -> Optional.of("int8");
      case Byte -> Optional.of("uint8");
      case Int16 -> Optional.of("int16");
      case UInt16 -> Optional.of("uint16");
      case Int32 -> Optional.of("int32");
      case UInt32 -> Optional.of("uint32");
      case Int64 -> Optional.of("int64");
      case UInt64 -> Optional.of("uint64");
      case Float -> Optional.of("float32");
      case Double -> Optional.of("float64");
      case String,
          DateTime,
          Guid,
          ByteString,
          XmlElement,
          NodeId,
          ExpandedNodeId,
          StatusCode,
          QualifiedName,
          LocalizedText ->
          Optional.of("string");
      default -> Optional.empty();
    };
  }
}
