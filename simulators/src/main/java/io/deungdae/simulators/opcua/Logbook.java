package io.deungdae.simulators.opcua;

import io.deungdae.simulators.opcua.Standard.ObjectType;
import io.deungdae.simulators.plant.Signal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.model.objects.BaseEventTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNodeContext;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;

/**
 * The logbook of a machine (OPC 40083 §9): an event for each change of a setpoint, of the machine
 * mode, of the production status and of the production dataset, which is the product's recipe. What
 * changed is seen by comparing what the machine shows now with what it showed at the last look, so
 * of changes between two looks the last is told. Entries are not kept. Used by one thread.
 */
final class Logbook implements AutoCloseable {

  /** LogbookEventsEnumeration: parameters, machine mode, production status, dataset. */
  static final Integer[] SUPPORTED = {0, 4, 5, 6};

  private static final int MACHINE = 1; // EventOriginatorEnumeration
  private static final int OPERATOR = 2;
  private static final int MES = 3;

  private final OpcUaServer server;
  private final PlantView view;
  private final MachineModel machine;
  private final List<Signal> signals;
  private final Map<ObjectType, Entry> entries = new EnumMap<>(ObjectType.class);
  private final double[] last;
  private long number;

  /** An event's node and its fields by BrowseName. */
  private record Entry(BaseEventTypeNode node, Map<String, UaVariableNode> fields) {

    void set(String field, Object value) {
      UaVariableNode node = fields.get(field);
      if (node == null) {
        throw new IllegalArgumentException("no field " + field);
      }
      node.setValue(new DataValue(new Variant(value)));
    }
  }

  /**
   * Of a machine as it stands.
   *
   * @param types of the entries, of {@link #types}
   */
  Logbook(
      OpcUaServer server,
      UaNodeContext context,
      PlantView view,
      MachineModel machine,
      Standard standard,
      Map<ObjectType, NodeId> types) {
    this.server = server;
    this.view = view;
    this.machine = machine;
    signals = view.plant().signals();
    types.forEach(
        (type, id) -> {
          BaseEventTypeNode node = EventNodes.event(context, machine, id, name(type));
          String path = node.getNodeId().getIdentifier().toString();
          Branch branch = new Branch(node, context, standard, Standard.GENERAL, path);
          entries.put(type, new Entry(node, declare(type, branch)));
        });
    last = now();
  }

  /** Adds the types of the entries to a namespace that has begun. */
  static Map<ObjectType, NodeId> types(UaNodeContext context, Standard standard, int namespace) {
    Map<ObjectType, NodeId> types = new EnumMap<>(ObjectType.class);
    for (ObjectType type : ObjectType.values()) {
      if (type.isLog()) {
        Branch own =
            EventNodes.type(context, standard, namespace, "Moulding" + type.browseName(), type);
        declare(type, own);
        types.put(type, own.node().getNodeId());
      }
    }
    return types;
  }

  private static String name(ObjectType type) {
    return type.browseName().replaceFirst("Type$", "");
  }

  private static Map<String, UaVariableNode> declare(ObjectType type, Branch entry) {
    Map<String, UaVariableNode> fields = new HashMap<>();
    put(fields, entry, "EventOriginator", NodeIds.Int32, 0);
    put(fields, entry, "JobCycleCounter", NodeIds.UInt64, Unsigned.ulong(0));
    Branch user = entry.object("User", ObjectType.USER);
    user.property("Id", NodeIds.String, new Variant(""));
    user.property("Name", NodeIds.String, new Variant(""));
    user.property("IsPresent", NodeIds.Boolean, new Variant(false));
    switch (type) {
      case PARAMETER_CHANGE_LOG -> {
        put(fields, entry, "ParameterId", NodeIds.String, "");
        put(fields, entry, "OldValue", NodeIds.Double, 0.0);
        put(fields, entry, "NewValue", NodeIds.Double, 0.0);
        put(fields, entry, "OldValueUnit", NodeIds.EUInformation, EngineeringUnit.of(""));
        put(fields, entry, "NewValueUnit", NodeIds.EUInformation, EngineeringUnit.of(""));
      }
      case MACHINE_MODE_CHANGE_LOG -> pair(fields, entry, "MachineMode", NodeIds.Int32, 0);
      case PRODUCTION_STATUS_CHANGE_LOG ->
          pair(fields, entry, "ProductionStatus", NodeIds.Int32, 0);
      case PRODUCTION_DATASET_CHANGE_LOG ->
          pair(fields, entry, "ProductionDatasetName", NodeIds.String, "");
      default -> throw new AssertionError(type + " is no entry of a logbook");
    }
    return fields;
  }

  private static void pair(
      Map<String, UaVariableNode> fields, Branch entry, String name, NodeId type, Object none) {
    put(fields, entry, "Old" + name, type, none);
    put(fields, entry, "New" + name, type, none);
  }

  private static void put(
      Map<String, UaVariableNode> fields, Branch entry, String name, NodeId type, Object none) {
    fields.put(name, entry.property(name, type, new Variant(none)));
  }

  private double[] now() {
    PlantAccess.Snapshot snapshot = view.plant().snapshot();
    double[] values = new double[signals.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = snapshot.value(i);
    }
    return values;
  }

  /** Fires an event for whatever has changed since the last look. */
  void look() {
    double[] now = now();
    int originator = at(now, "remote") != 0 ? MES : OPERATOR;
    for (int i = 0; i < now.length; i++) {
      double was = last[i];
      last[i] = now[i];
      if (now[i] != was && !Double.isNaN(now[i]) && !Double.isNaN(was)) {
        changed(signals.get(i), was, now[i], originator);
      }
    }
  }

  private double at(double[] values, String name) {
    for (int i = 0; i < values.length; i++) {
      if (signals.get(i).name().equals(name)) {
        return values[i];
      }
    }
    return 0;
  }

  private void changed(Signal signal, double was, double is, int originator) {
    if (signal.writable() && signal.kind() == Signal.Kind.NUMBER) {
      Entry entry = entry(ObjectType.PARAMETER_CHANGE_LOG);
      entry.set("ParameterId", signal.name());
      entry.set("OldValue", was);
      entry.set("NewValue", is);
      entry.set("OldValueUnit", EngineeringUnit.of(signal.unit()));
      entry.set("NewValueUnit", EngineeringUnit.of(signal.unit()));
      fire(entry, originator, signal.en() + " from " + was + " to " + is + " " + signal.unit());
    } else if (signal.name().equals("interlock")) {
      tell(ObjectType.MACHINE_MODE_CHANGE_LOG, "MachineMode", mode(was), mode(is));
      tell(
          ObjectType.PRODUCTION_STATUS_CHANGE_LOG,
          "ProductionStatus",
          MachineModel.production(was),
          MachineModel.production(is));
    } else if (signal.name().equals("product")) {
      Entry entry = entry(ObjectType.PRODUCTION_DATASET_CHANGE_LOG);
      entry.set("OldProductionDatasetName", MachineModel.dataset(was));
      entry.set("NewProductionDatasetName", MachineModel.dataset(is));
      fire(entry, OPERATOR, MachineModel.dataset(is) + " loaded");
    }
  }

  private static int mode(double interlock) {
    return MachineModel.mode(interlock);
  }

  private void tell(ObjectType type, String name, int was, int is) {
    Entry entry = entry(type);
    entry.set("Old" + name, was);
    entry.set("New" + name, is);
    fire(entry, MACHINE, name + " from " + was + " to " + is);
  }

  private Entry entry(ObjectType type) {
    Entry entry = entries.get(type);
    if (entry == null) {
      throw new IllegalArgumentException("no entry " + type);
    }
    return entry;
  }

  private void fire(Entry entry, int originator, String message) {
    if (view.stale() || view.refusal().isBad()) {
      return;
    }
    number++;
    EventNodes.stamp(entry.node(), view.shifted(DateTime.now()), number, message);
    entry.set("EventOriginator", originator);
    long cycles = (long) at(last, "shot") - machine.job().cycles();
    entry.set("JobCycleCounter", Unsigned.ulong(Math.max(0, cycles)));
    server.getEventNotifier().fire(entry.node());
  }

  /** Takes its nodes away. */
  @Override
  public void close() {
    entries.values().forEach(entry -> entry.node().delete());
  }
}
