package io.deungdae.simulators.opcua;

import io.deungdae.simulators.opcua.Standard.Type;
import java.util.List;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectTypeNode;
import org.eclipse.milo.opcua.sdk.server.util.SubscriptionModel;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/**
 * One of the standard's namespaces, with the object types that the simulators have instances of and
 * with the DeviceSet. Types are nodes only: their members are not declared.
 */
final class StandardTypes extends ManagedNamespaceWithLifecycle {

  private final String uri;
  private final Standard standard;
  private final SubscriptionModel subscriptions;

  StandardTypes(OpcUaServer server, String uri) {
    super(server, uri);
    this.uri = uri;
    standard = new Standard(server.getNamespaceTable());
    subscriptions = new SubscriptionModel(server, this);
    getLifecycleManager().addLifecycle(subscriptions);
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
    for (Type type : Type.values()) {
      if (type.uri().equals(uri)) {
        add(type);
      }
    }
    if (uri.equals(Standard.DEVICES)) {
      addDeviceSet();
    }
  }

  private void add(Type type) {
    NodeId parent =
        type == Type.CYCLE_PARAMETERS_EVENT ? NodeIds.BaseEventType : NodeIds.BaseObjectType;
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
    if (type == Type.INTERFACE) {
      node.addReference(
          new Reference(
              node.getNodeId(),
              NodeIds.GeneratesEvent,
              standard.id(Type.CYCLE_PARAMETERS_EVENT).expanded(),
              Reference.Direction.FORWARD));
    }
  }

  private void addDeviceSet() {
    UaObjectNode set =
        UaObjectNode.builder(getNodeContext())
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

  @Override
  public void onDataItemsCreated(List<DataItem> items) {
    subscriptions.onDataItemsCreated(items);
  }

  @Override
  public void onDataItemsModified(List<DataItem> items) {
    subscriptions.onDataItemsModified(items);
  }

  @Override
  public void onDataItemsDeleted(List<DataItem> items) {
    subscriptions.onDataItemsDeleted(items);
  }

  @Override
  public void onMonitoringModeChanged(List<MonitoredItem> items) {
    subscriptions.onMonitoringModeChanged(items);
  }
}
