package io.deungdae.simulators.opcua;

import io.deungdae.simulators.opcua.Standard.ObjectType;
import io.deungdae.simulators.plant.Cycle;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
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
 * Fires an event for each finished cycle of a machine: {@code MouldingCycleParametersEventType}, a
 * type of our own below CycleParametersEventType of OPC 40083, with its fields and with
 * InjectionUnitCycleParameters_1 of OPC 40077. In a thread of its own, in which the machine's
 * {@link Logbook} is kept too; one node is used for all events, one after the other.
 */
final class CycleEvents implements AutoCloseable {

  private static final String TYPE = "MouldingCycleParametersEventType";

  private static final int GOOD_CYCLE = 0; // CycleQualityEnumeration
  private static final int BAD_CYCLE = 1;
  private static final long LOOK_MS = 200;
  private static final long STOP_MS = 2000;

  private final OpcUaServer server;
  private final PlantView view;
  private final MachineModel machine;
  private final Standard standard;
  private final BaseEventTypeNode event;
  private final Map<String, UaVariableNode> fields = new HashMap<>();
  private final BlockingQueue<Cycle> cycles;
  private final Logbook logbook;
  private final Thread thread;
  private volatile boolean stopping;

  private CycleEvents(
      OpcUaServer server,
      PlantView view,
      MachineModel machine,
      BaseEventTypeNode event,
      Standard standard,
      Logbook logbook) {
    this.server = server;
    this.logbook = logbook;
    this.view = view;
    this.machine = machine;
    this.event = event;
    this.standard = standard;
    addFields();
    cycles = view.plant().follow();
    thread = new Thread(this::run, "opcua-cycles-" + view.plant().name());
    thread.setDaemon(true);
  }

  /** Adds the type of the events to a namespace that has begun. */
  static NodeId type(UaNodeContext context, Standard standard, int namespace) {
    Branch type =
        EventNodes.type(context, standard, namespace, TYPE, ObjectType.CYCLE_PARAMETERS_EVENT);
    declare(type, new HashMap<>());
    return type.node().getNodeId();
  }

  /**
   * Begins to fire.
   *
   * @param type of the events, of {@link #type}
   */
  static CycleEvents begin(
      OpcUaServer server,
      UaNodeContext context,
      PlantView view,
      MachineModel machine,
      NodeId type,
      Logbook logbook) {
    BaseEventTypeNode event = EventNodes.event(context, machine, type, "CycleParametersEvent");
    Standard standard = new Standard(server.getNamespaceTable());
    CycleEvents events = new CycleEvents(server, view, machine, event, standard, logbook);
    events.thread.start();
    return events;
  }

  private void addFields() {
    String path = event.getNodeId().getIdentifier().toString();
    declare(new Branch(event, event.getNodeContext(), standard, Standard.GENERAL, path), fields);
  }

  private static void declare(Branch event, Map<String, UaVariableNode> fields) {
    for (String text : new String[] {"JobName", "CurrentLotName"}) {
      fields.put(text, event.property(text, NodeIds.String, new Variant("")));
    }
    fields.put("PartId", event.property("PartId", NodeIds.String, new Variant(new String[] {""})));
    for (String code : new String[] {"JobStatus", "CycleQuality"}) {
      fields.put(code, event.property(code, NodeIds.Int32, new Variant(0)));
    }
    for (String counter :
        new String[] {
          "MachineCycleCounter",
          "JobCycleCounter",
          "JobPartsCounter",
          "JobGoodPartsCounter",
          "JobBadPartsCounter",
          "JobTestSamplesCounter"
        }) {
      fields.put(counter, event.property(counter, NodeIds.UInt64, new Variant(Unsigned.ulong(0))));
    }
    fields.put("CycleTime", event.property("CycleTime", NodeIds.Duration, new Variant(0.0)));
    declareUnit(event.in(Standard.MACHINE), fields);
    Branch mould = event.object("MouldCycleParameters_1", ObjectType.MOULD_CYCLE_PARAMETERS);
    mould.property("Index", NodeIds.UInt32, new Variant(Unsigned.uint(1)));
    zone(mould, "MouldTemperatureZone_1", 1, "mold.pv", fields);
  }

  private static void declareUnit(Branch event, Map<String, UaVariableNode> fields) {
    Branch unit =
        event.object("InjectionUnitCycleParameters_1", ObjectType.INJECTION_UNIT_CYCLE_PARAMETERS);
    unit.property("Index", NodeIds.UInt32, new Variant(Unsigned.uint(1)));
    fields.put("InjectionTime", unit.component("InjectionTime", NodeIds.Duration));
    fields.put("DosingTime", unit.component("DosingTime", NodeIds.Duration));
    fields.put("SpecificPressureMaximum", unit.analog("SpecificPressureMaximum", "MPa"));
    fields.put("CushionStroke", unit.analog("CushionStroke", "mm"));
    fields.put("CushionVolume", unit.analog("CushionVolume", "cm³"));
    fields.put("PlastificationVolume", unit.analog("PlastificationVolume", "cm³"));
    fields.put("VPChangeOverPosition", unit.analog("VPChangeOverPosition", "mm"));
    for (int i = 1; i <= 4; i++) {
      String name = "BarrelTemperatureZoneCycleParameters_" + i;
      zone(unit.in(Standard.GENERAL), name, i, "barrel.z" + i + ".pv", fields);
    }
  }

  private static void zone(
      Branch parent, String name, int number, String signal, Map<String, UaVariableNode> fields) {
    Branch zone = parent.object(name, NodeIds.BaseObjectType);
    zone.property("Index", NodeIds.UInt32, new Variant(Unsigned.uint(number)));
    zone.property("Name", NodeIds.String, new Variant(signal));
    fields.put(signal, zone.analog("ActualTemperature", "°C"));
  }

  private void run() {
    try {
      while (!stopping) {
        Cycle cycle = cycles.poll(LOOK_MS, TimeUnit.MILLISECONDS);
        logbook.look();
        if (cycle != null) {
          Job job = machine.follow(cycle);
          if (!view.stale() && view.refusal().isGood()) {
            fill(cycle, job);
            server.getEventNotifier().fire(event);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fill(Cycle cycle, Job job) {
    DateTime now = view.shifted(DateTime.now());
    EventNodes.stamp(event, now, cycle.number(), "cycle " + cycle.number());
    set("JobName", job.name());
    set("PartId", new String[] {job.part(cycle.number())});
    set("JobStatus", MachineModel.JOB_IN_PRODUCTION);
    set("CycleQuality", cycle.good() ? GOOD_CYCLE : BAD_CYCLE);
    set("MachineCycleCounter", Unsigned.ulong(cycle.number()));
    set("JobCycleCounter", Unsigned.ulong(cycle.number() - job.cycles()));
    set("JobPartsCounter", Unsigned.ulong(cycle.number() - job.cycles()));
    set("JobGoodPartsCounter", Unsigned.ulong(cycle.goods() - job.goods()));
    set("JobBadPartsCounter", Unsigned.ulong(cycle.bads() - job.bads()));
    set("CycleTime", 1000 * cycle.seconds());
    measure(cycle.values());
  }

  private void measure(Map<String, Double> values) {
    set("InjectionTime", 1000 * of(values, "fill.time"));
    set("DosingTime", 1000 * of(values, "plasticizing.time"));
    set("SpecificPressureMaximum", of(values, "injection.peak_pressure"));
    set("CushionStroke", of(values, "cushion"));
    set("CushionVolume", MachineModel.volume(of(values, "cushion")));
    set("PlastificationVolume", MachineModel.volume(of(values, "dose.sp")));
    set("VPChangeOverPosition", of(values, "vp.position"));
    values.forEach(
        (signal, value) -> {
          if (fields.containsKey(signal)) {
            set(signal, value);
          }
        });
  }

  private static double of(Map<String, Double> values, String signal) {
    return values.getOrDefault(signal, Double.NaN);
  }

  private void set(String field, Object value) {
    UaVariableNode node = fields.get(field);
    if (node == null) {
      throw new IllegalArgumentException("no field " + field);
    }
    node.setValue(new DataValue(new Variant(value)));
  }

  /** Stops; waits for it at most two seconds. */
  @Override
  public void close() {
    stopping = true;
    view.plant().leave(cycles);
    thread.interrupt();
    try {
      thread.join(STOP_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    logbook.close();
    event.delete();
  }
}
