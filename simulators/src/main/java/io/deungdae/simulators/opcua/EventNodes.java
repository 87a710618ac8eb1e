package io.deungdae.simulators.opcua;

import io.deungdae.simulators.opcua.Standard.ObjectType;
import java.nio.ByteBuffer;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.model.objects.BaseEventTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNodeContext;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectTypeNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;

/** Makes the nodes of a machine's events: types of our own below the standard's, and carriers. */
final class EventNodes {

  /** Of information; OPC 40083 §6.4. */
  private static final int SEVERITY = 1;

  private EventNodes() {}

  /** Adds a type of our own below an abstract one of the standard. */
  static Branch type(
      UaNodeContext context, Standard standard, int namespace, String name, ObjectType parent) {
    NodeId id = new NodeId(namespace, name);
    UaObjectTypeNode type =
        UaObjectTypeNode.builder(context)
            .setNodeId(id)
            .setBrowseName(new QualifiedName(namespace, name))
            .setDisplayName(LocalizedText.english(name))
            .setIsAbstract(false)
            .build();
    context.getNodeManager().addNode(type);
    type.addReference(
        new Reference(
            id, NodeIds.HasSubtype, standard.id(parent).expanded(), Reference.Direction.INVERSE));
    return new Branch(type, context, standard, Standard.GENERAL, name);
  }

  /** Adds a node that carries a machine's events of a type, one after the other. */
  static BaseEventTypeNode event(
      UaNodeContext context, MachineModel machine, NodeId type, String name) {
    BaseEventTypeNode event =
        new BaseEventTypeNode(
            context,
            new NodeId(type.getNamespaceIndex(), machine.node().getIdentifier() + "/" + name),
            new QualifiedName(type.getNamespaceIndex(), name),
            LocalizedText.english(name),
            LocalizedText.NULL_VALUE,
            Unsigned.uint(0),
            Unsigned.uint(0),
            null,
            null,
            null);
    context.getNodeManager().addNode(event);
    event.addReference(
        new Reference(
            event.getNodeId(),
            NodeIds.HasTypeDefinition,
            type.expanded(),
            Reference.Direction.FORWARD));
    event.setEventType(type);
    event.setSourceNode(machine.node());
    event.setSourceName(machine.name());
    event.setSeverity(Unsigned.ushort(SEVERITY));
    return event;
  }

  /** Gives an event its id, times and message. */
  static void stamp(BaseEventTypeNode event, DateTime now, long number, String message) {
    ByteBuffer id = ByteBuffer.allocate(16);
    id.putLong(now.getUtcTime()).putLong(number);
    event.setEventId(ByteString.of(id.array()));
    event.setTime(now);
    event.setReceiveTime(now);
    event.setMessage(LocalizedText.english(message));
  }
}
