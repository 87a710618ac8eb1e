package io.deungdae.simulators.opcua;

import io.deungdae.simulators.opcua.Standard.ObjectType;
import io.deungdae.simulators.plant.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.EventListener;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.EventItem;
import org.eclipse.milo.opcua.sdk.server.model.variables.AnalogItemTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.nodes.factories.NodeFactory;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.structured.Range;

/**
 * The plants as OPC UA nodes. A signal {@code barrel.z1.pv} of the plant {@code moulding} is the
 * variable {@code s=moulding.barrel.z1.pv} in the object {@code s=moulding.barrel.z1}. Numbers are
 * AnalogItems with unit and range, whole numbers Int32, flags Boolean. A group with the name of a
 * variable, as {@code alarm.temp} beside {@code alarm}, has a slash behind its id.
 */
final class PlantNamespace extends SubscribedNamespace {

  static final String URI = "urn:deungdae:simulators";

  private final List<PlantView> plants;
  private final Map<String, UaObjectNode> objects = new HashMap<>();
  private final Set<String> variables = new HashSet<>();
  private final Map<EventItem, EventListener> listeners = new ConcurrentHashMap<>();
  private final List<CycleEvents> events = new ArrayList<>();

  PlantNamespace(OpcUaServer server, List<PlantView> plants) {
    super(server, URI);
    this.plants = plants;
    getLifecycleManager().addStartupTask(this::addPlants);
    getLifecycleManager().addShutdownTask(() -> events.forEach(CycleEvents::close));
  }

  /** {@inheritDoc} An item at a machine hears that machine's events only. */
  @Override
  public void onEventItemsCreated(List<EventItem> items) {
    for (EventItem item : items) {
      NodeId source = item.getReadValueId().getNodeId();
      EventListener listener =
          event -> {
            if (item.isSamplingEnabled() && source.equals(event.getSourceNode())) {
              item.onEvent(event);
            }
          };
      listeners.put(item, listener);
      getServer().getEventNotifier().register(listener);
    }
  }

  @Override
  public void onEventItemsDeleted(List<EventItem> items) {
    for (EventItem item : items) {
      EventListener listener = listeners.remove(item);
      if (listener != null) {
        getServer().getEventNotifier().unregister(listener);
      }
    }
  }

  private void addPlants() {
    for (PlantView plant : plants) {
      plant
          .plant()
          .signals()
          .forEach(signal -> variables.add(plant.plant().name() + "." + signal.name()));
    }
    for (PlantView plant : plants) {
      for (int i = 0; i < plant.plant().signals().size(); i++) {
        addVariable(plant, i);
      }
    }
  }

  /** Begins to tell the cycles of machines that have some; the standard's types must be there. */
  void addMachines() {
    int index = getNamespaceIndex().intValue();
    Standard standard = new Standard(getServer().getNamespaceTable());
    NodeId type = CycleEvents.type(getNodeContext(), standard, index);
    Map<ObjectType, NodeId> entries = Logbook.types(getNodeContext(), standard, index);
    for (PlantView plant : plants) {
      if (plant.plant().cyclic()) {
        MachineModel machine = new MachineModel(plant, getNodeContext(), standard, index);
        Logbook logbook =
            new Logbook(getServer(), getNodeContext(), plant, machine, standard, entries);
        events.add(CycleEvents.begin(getServer(), getNodeContext(), plant, machine, type, logbook));
      }
    }
  }

  private void addVariable(PlantView view, int index) {
    Signal signal = view.plant().signals().get(index);
    String id = view.plant().name() + "." + signal.name();
    int dot = id.lastIndexOf('.');
    UaVariableNode node =
        signal.kind() == Signal.Kind.NUMBER ? analog(id, signal) : plain(id, signal);
    node.setBrowseName(newQualifiedName(id.substring(dot + 1)));
    node.setDisplayName(new LocalizedText("en", signal.en()));
    node.setDescription(new LocalizedText("ko", signal.ko()));
    node.setAccessLevel(
        AccessLevel.toValue(signal.writable() ? AccessLevel.READ_WRITE : AccessLevel.READ_ONLY));
    node.setUserAccessLevel(
        AccessLevel.toValue(signal.writable() ? AccessLevel.READ_WRITE : AccessLevel.READ_ONLY));
    node.setMinimumSamplingInterval(10.0);
    node.getFilterChain().addLast(new SignalFilter(view, index));
    getNodeManager().addNode(node);
    object(id.substring(0, dot)).addComponent(node);
  }

  private UaVariableNode analog(String id, Signal signal) {
    try {
      AnalogItemTypeNode node =
          (AnalogItemTypeNode)
              getNodeFactory().createNode(newNodeId(id), NodeIds.AnalogItemType, new WithUnits());
      node.setDataType(NodeIds.Double);
      node.setEuRange(new Range(signal.low(), signal.high()));
      node.setEngineeringUnits(EngineeringUnit.of(signal.unit()));
      return node;
    } catch (UaException e) {
      throw new IllegalStateException("cannot make the node " + id, e);
    }
  }

  private UaVariableNode plain(String id, Signal signal) {
    NodeId type = signal.kind() == Signal.Kind.FLAG ? NodeIds.Boolean : NodeIds.Int32;
    return new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
        .setNodeId(newNodeId(id))
        .setBrowseName(newQualifiedName(id))
        .setDisplayName(LocalizedText.english(id))
        .setDataType(type)
        .setTypeDefinition(NodeIds.BaseDataVariableType)
        .build();
  }

  /** The object with this id, made with those above it when it is not there yet. */
  private UaObjectNode object(String id) {
    UaObjectNode known = objects.get(id);
    if (known != null) {
      return known;
    }
    int dot = id.lastIndexOf('.');
    String name = id.substring(dot + 1);
    UaObjectNode node =
        UaObjectNode.build(
            getNodeContext(),
            made ->
                made.setNodeId(newNodeId(variables.contains(id) ? id + "/" : id))
                    .setBrowseName(newQualifiedName(name))
                    .setDisplayName(LocalizedText.english(name))
                    .setTypeDefinition(NodeIds.BaseObjectType)
                    .build());
    objects.put(id, node);
    getNodeManager().addNode(node);
    if (dot < 0) {
      node.addReference(
          new Reference(
              node.getNodeId(),
              NodeIds.Organizes,
              NodeIds.ObjectsFolder.expanded(),
              Reference.Direction.INVERSE));
    } else {
      object(id.substring(0, dot)).addComponent(node);
    }
    return node;
  }

  /** Makes the optional unit of an AnalogItem too. */
  private static final class WithUnits implements NodeFactory.InstantiationCallback {
    @Override
    public boolean includeOptionalNode(NodeId type, QualifiedName browseName) {
      return "EngineeringUnits".equals(browseName.name());
    }
  }
}
