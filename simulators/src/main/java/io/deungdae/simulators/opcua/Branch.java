package io.deungdae.simulators.opcua;

import java.util.function.Supplier;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNodeContext;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.nodes.filters.AttributeFilters;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;

/** A node that grows members with BrowseNames of the standard; their ids are paths. */
final class Branch {

  private final UaNode node;
  private final UaNodeContext context;
  private final Standard standard;
  private final String uri;
  private final String path;

  /**
   * At a node that is there.
   *
   * @param uri namespace of the BrowseNames
   * @param path id of the node, of which those of its members are made
   */
  Branch(UaNode node, UaNodeContext context, Standard standard, String uri, String path) {
    this.node = node;
    this.context = context;
    this.standard = standard;
    this.uri = uri;
    this.path = path;
  }

  /** The same node, with members in another namespace. */
  Branch in(String other) {
    return new Branch(node, context, standard, other, path);
  }

  /** The node. */
  UaNode node() {
    return node;
  }

  /** Adds an object of a type. */
  Branch object(String name, NodeId type) {
    UaObjectNode made =
        UaObjectNode.builder(context)
            .setNodeId(id(name))
            .setBrowseName(standard.name(uri, name))
            .setDisplayName(LocalizedText.english(name))
            .setTypeDefinition(type)
            .build();
    attach(made, NodeIds.HasComponent);
    return new Branch(made, context, standard, uri, path + "/" + name);
  }

  /** Adds an object of a type of the standard. */
  Branch object(String name, Standard.Type type) {
    return object(name, standard.id(type));
  }

  /** Adds a property that never changes, or that is set by hand. */
  UaVariableNode property(String name, NodeId dataType, Variant value) {
    UaVariableNode made = variable(name, dataType, NodeIds.PropertyType, value);
    attach(made, NodeIds.HasProperty);
    return made;
  }

  /** Adds a property that is asked for each time. */
  void property(String name, NodeId dataType, Supplier<DataValue> value) {
    live(property(name, dataType, Variant.NULL_VALUE), value);
  }

  /** Adds a variable that is set by hand. */
  UaVariableNode component(String name, NodeId dataType) {
    UaVariableNode made =
        variable(name, dataType, NodeIds.BaseDataVariableType, Variant.NULL_VALUE);
    attach(made, NodeIds.HasComponent);
    return made;
  }

  /** Adds a variable that is asked for each time. */
  void component(String name, NodeId dataType, Supplier<DataValue> value) {
    live(component(name, dataType), value);
  }

  /** Adds a number with a unit that is set by hand. */
  UaVariableNode analog(String name, String unit) {
    UaVariableNode made =
        variable(name, NodeIds.Double, NodeIds.AnalogItemType, Variant.NULL_VALUE);
    attach(made, NodeIds.HasComponent);
    UaVariableNode units =
        UaVariableNode.builder(context)
            .setNodeId(id(name + "/EngineeringUnits"))
            .setBrowseName(new QualifiedName(0, "EngineeringUnits"))
            .setDisplayName(LocalizedText.english("EngineeringUnits"))
            .setDataType(NodeIds.EUInformation)
            .setTypeDefinition(NodeIds.PropertyType)
            .setValue(new DataValue(new Variant(EngineeringUnit.of(unit))))
            .build();
    new Branch(made, context, standard, uri, path + "/" + name).attach(units, NodeIds.HasProperty);
    return made;
  }

  /** Adds a number with a unit that is asked for each time. */
  void analog(String name, String unit, Supplier<DataValue> value) {
    live(analog(name, unit), value);
  }

  private static void live(UaVariableNode made, Supplier<DataValue> value) {
    made.setMinimumSamplingInterval(10.0);
    made.getFilterChain().addLast(AttributeFilters.getValue(context -> value.get()));
  }

  private UaVariableNode variable(String name, NodeId dataType, NodeId type, Variant value) {
    return UaVariableNode.builder(context)
        .setNodeId(id(name))
        .setBrowseName(standard.name(uri, name))
        .setDisplayName(LocalizedText.english(name))
        .setDataType(dataType)
        .setTypeDefinition(type)
        .setValueRank(value.value() instanceof Object[] ? 1 : -1)
        .setAccessLevel(AccessLevel.READ_ONLY)
        .setUserAccessLevel(AccessLevel.READ_ONLY)
        .setValue(new DataValue(value))
        .build();
  }

  private NodeId id(String name) {
    return new NodeId(node.getNodeId().getNamespaceIndex(), path + "/" + name);
  }

  private void attach(UaNode made, NodeId reference) {
    context.getNodeManager().addNode(made);
    node.addReference(
        new Reference(
            node.getNodeId(), reference, made.getNodeId().expanded(), Reference.Direction.FORWARD));
  }
}
