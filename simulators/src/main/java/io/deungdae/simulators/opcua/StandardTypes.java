package io.deungdae.simulators.opcua;

import io.deungdae.simulators.opcua.Standard.ObjectType;
import java.util.List;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectTypeNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/**
 * One of the standard's namespaces, with the object types that the simulators have instances of and
 * with the DeviceSet. Types are nodes only: their members are not declared.
 */
final class StandardTypes extends SubscribedNamespace {

  private final String uri;
  private final Standard standard;

  StandardTypes(OpcUaServer server, String uri) {
    super(server, uri);
    this.uri = uri;
    standard = new Standard(server.getNamespaceTable());
    getLifecycleManager().addStartupTask(this::addNodes);
  }

  /** The standard's namespaces, not started. */
  static List<StandardTypes> of(OpcUaServer server) {
    return List.of(
        new StandardTypes(server, Standard.DEVICES),
        new StandardTypes(server, Standard.GENERAL),
        new StandardTypes(server, Standard.MACHINE));
  }

  private void addNodes() {
    for (ObjectType type : ObjectType.values()) {
      if (type.uri().equals(uri)) {
        add(type);
      }
    }
    if (uri.equals(Standard.DEVICES)) {
      addDeviceSet();
    }
  }

  private void add(ObjectType type) {
    NodeId parent = parent(type);
    UaObjectTypeNode node =
        UaObjectTypeNode.builder(getNodeContext())
            .setNodeId(standard.id(type))
            .setBrowseName(newQualifiedName(type.browseName()))
            .setDisplayName(LocalizedText.english(type.browseName()))
            .setIsAbstract(type.isAbstract())
            .build();
    getNodeManager().addNode(node);
    node.addReference(
        new Reference(
            node.getNodeId(), NodeIds.HasSubtype, parent.expanded(), Reference.Direction.INVERSE));
    if (type == ObjectType.INTERFACE) {
      generates(node, ObjectType.CYCLE_PARAMETERS_EVENT);
      generates(node, ObjectType.LOGBOOK_EVENT);
    }
  }

  private NodeId parent(ObjectType type) {
    if (type.isLog()) {
      return standard.id(ObjectType.LOGBOOK_EVENT);
    }
    return type.isEvent() ? NodeIds.BaseEventType : NodeIds.BaseObjectType;
  }

  private void generates(UaObjectTypeNode node, ObjectType event) {
    node.addReference(
        new Reference(
            node.getNodeId(),
            NodeIds.GeneratesEvent,
            standard.id(event).expanded(),
            Reference.Direction.FORWARD));
  }

  private void addDeviceSet() {
    UaObjectNode set =
        new UaObjectNode.UaObjectNodeBuilder(getNodeContext())
            .setNodeId(standard.deviceSet())
            .setBrowseName(newQualifiedName("DeviceSet"))
            .setDisplayName(LocalizedText.english("DeviceSet"))
            .setTypeDefinition(NodeIds.BaseObjectType)
            .build();
    getNodeManager().addNode(set);
    set.addReference(
        new Reference(
            set.getNodeId(),
            NodeIds.Organizes,
            NodeIds.ObjectsFolder.expanded(),
            Reference.Direction.INVERSE));
  }
}
