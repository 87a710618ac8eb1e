package io.deungdae.simulators.opcua;

import io.deungdae.simulators.opcua.Standard.ObjectType;
import io.deungdae.simulators.plant.Cycle;
import io.deungdae.simulators.plant.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNodeContext;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;

/**
 * A moulding machine as OPC 40077 (EUROMAP 77) wants to see it: an instance of
 * IMM_MES_InterfaceType in the DeviceSet, with machine, status, job, mould, injection unit and
 * drive. What of the standard is missing says docs/simulators.md.
 */
final class MachineModel {

  private static final double SCREW_MM = 42;
  private static final int AUTOMATIC = 1; // MachineModeEnumeration
  private static final int MANUAL = 3;
  private static final int NO_PRODUCTION = 1; // ProductionStatusEnumeration
  private static final int PRODUCTION = 4;
  private static final int CONTROLLED = 2; // ControlModeEnumeration AUTOMATIC
  private static final int MOULD_INSTALLED = 3; // MouldStatusEnumeration

  /** JobStatusEnumeration, of a machine that produces. */
  static final int JOB_IN_PRODUCTION = 6;

  private static final int JOB_INTERRUPTED = 7;

  private final PlantView view;
  private final Map<String, Integer> index = new HashMap<>();
  private final String name;
  private volatile Job job;
  private final Branch root;

  /** Builds the nodes below a root of their own in the namespace of a context. */
  MachineModel(PlantView view, UaNodeContext context, Standard standard, int namespace) {
    this.view = view;
    List<Signal> signals = view.plant().signals();
    for (int i = 0; i < signals.size(); i++) {
      index.put(signals.get(i).name(), i);
    }
    name = "IMM_Deungdae_" + view.plant().name();
    job = Job.first((int) now("product"));
    root = root(context, standard, namespace);
    machine();
    status();
    jobs();
    injectionUnit();
    mould();
    drive();
  }

  private Branch root(UaNodeContext context, Standard standard, int namespace) {
    UaObjectNode node =
        new UaObjectNode.UaObjectNodeBuilder(context)
            .setNodeId(new NodeId(namespace, view.plant().name() + "/imm"))
            .setBrowseName(new QualifiedName(namespace, name))
            .setDisplayName(LocalizedText.english(name))
            .setTypeDefinition(standard.id(ObjectType.INTERFACE))
            .setEventNotifier(Unsigned.ubyte(1)) // SubscribeToEvents, OPC UA Part 3 §5.5.1
            .build();
    context.getNodeManager().addNode(node);
    node.addReference(
        new Reference(
            node.getNodeId(),
            NodeIds.Organizes,
            standard.deviceSet().expanded(),
            Reference.Direction.INVERSE));
    node.addReference(
        new Reference(
            node.getNodeId(),
            NodeIds.HasNotifier,
            NodeIds.Server.expanded(),
            Reference.Direction.INVERSE));
    return new Branch(node, context, standard, Standard.MACHINE, view.plant().name() + "/imm");
  }

  /** Volume of a stroke of the screw in mm, cm³. */
  static double volume(double stroke) {
    return Math.PI / 4 * SCREW_MM * SCREW_MM * stroke / 1000;
  }

  /** The root, source of the machine's events. */
  NodeId node() {
    return root.node().getNodeId();
  }

  /** Name of the root. */
  String name() {
    return name;
  }

  /** MachineMode, from whether an interlock stands. */
  static int mode(double interlock) {
    return interlock != 0 ? MANUAL : AUTOMATIC;
  }

  /** ProductionStatus, from whether an interlock stands. */
  static int production(double interlock) {
    return interlock != 0 ? NO_PRODUCTION : PRODUCTION;
  }

  /** Name of the production dataset of a product: its recipe. */
  static String dataset(double product) {
    return "recipe-" + (long) product;
  }

  /** The job that runs. */
  Job job() {
    return job;
  }

  /** The job of a finished cycle, which is the one that runs from here on. One thread. */
  Job follow(Cycle cycle) {
    Job next = job.of(cycle);
    job = next;
    return next;
  }

  private void machine() {
    Branch machine = root.object("MachineInformation", ObjectType.MACHINE_INFORMATION);
    Branch device = machine.in(Standard.DEVICES);
    text(device, "DeviceClass", "Injection Moulding Machine"); // OPC 40077 §8.1
    device.property(
        "Manufacturer", NodeIds.LocalizedText, new Variant(LocalizedText.english("Deungdae")));
    device.property(
        "Model", NodeIds.LocalizedText, new Variant(LocalizedText.english("simulated, 150 t")));
    text(device, "SerialNumber", view.plant().name());
    Branch general = machine.in(Standard.GENERAL);
    text(general, "ControllerName", "simulated PLC");
    general.property(
        "SupportedLogbookEvents", NodeIds.Int32, new Variant(Logbook.SUPPORTED.clone()));
    Branch configuration =
        root.object("MachineConfiguration", ObjectType.MACHINE_CONFIGURATION).in(Standard.GENERAL);
    text(configuration, "UserMachineName", view.plant().name());
    text(configuration, "LocationName", "");
  }

  private void status() {
    Branch status = root.object("MachineStatus", ObjectType.MACHINE_STATUS).in(Standard.GENERAL);
    status.property("IsPresent", NodeIds.Boolean, new Variant(true));
    status.property("MachineMode", NodeIds.Int32, () -> of("interlock", MachineModel::mode));
    Branch control =
        root.object("MachineMESStatus", ObjectType.MACHINE_MES_STATUS)
            .in(Standard.GENERAL)
            .object("ProductionControl", ObjectType.PRODUCTION_CONTROL);
    control.property("AutomaticRunEnabled", NodeIds.Boolean, new Variant(true));
    control.property(
        "ProductionStatus", NodeIds.Int32, () -> of("interlock", MachineModel::production));
  }

  private void jobs() {
    Branch jobs = root.object("Jobs", ObjectType.JOBS).in(Standard.GENERAL);
    Branch active = jobs.object("ActiveJob", ObjectType.CYCLIC_JOB_INFORMATION);
    active.property("JobName", NodeIds.String, () -> told(job.name()));
    text(active, "JobDescription", "");
    text(active, "CustomerName", "");
    active.property(
        "ProductionDatasetName", NodeIds.String, () -> of("product", MachineModel::dataset));
    text(active, "ProductionDatasetDescription", "the product's recipe on the machine");
    active.property("Material", NodeIds.String, new Variant(new String[] {"ABS"}));
    active.property(
        "ProductName", NodeIds.String, () -> told(new String[] {"product " + job.product()}));
    active.property("ProductDescription", NodeIds.String, new Variant(new String[] {""}));
    active.property("ContinueAtJobEnd", NodeIds.Boolean, new Variant(true));
    active.property("NominalParts", NodeIds.UInt64, new Variant(Unsigned.ulong(0)));
    text(active, "MouldId", "strip");
    active.property("NumCavities", NodeIds.UInt32, new Variant(Unsigned.uint(1)));
    values(jobs.object("ActiveJobValues", ObjectType.ACTIVE_CYCLIC_JOB_VALUES));
  }

  private void values(Branch values) {
    values.property(
        "JobStatus",
        NodeIds.Int32,
        () -> of("interlock", v -> v != 0 ? JOB_INTERRUPTED : JOB_IN_PRODUCTION));
    text(values, "CurrentLotName", "");
    counter(values, "MachineCycleCounter", "shot", job -> 0);
    counter(values, "JobCycleCounter", "shot", Job::cycles);
    counter(values, "JobPartsCounter", "shot", Job::cycles);
    counter(values, "JobGoodPartsCounter", "good_count", Job::goods);
    counter(values, "JobBadPartsCounter", "bad_count", Job::bads);
    values.component("JobTestSamplesCounter", NodeIds.UInt64, () -> told(Unsigned.ulong(0)));
    values.component("LastCycleTime", NodeIds.Duration, () -> of("cycle.time", v -> 1000 * v));
    values.component(
        "LastPartId", NodeIds.String, () -> of("shot", v -> new String[] {job.part((long) v)}));
  }

  private void counter(Branch values, String name, String signal, ToDoubleFunction<Job> before) {
    values.component(
        name,
        NodeIds.UInt64,
        () -> of(signal, v -> Unsigned.ulong(Math.max(0, (long) (v - before.applyAsDouble(job))))));
  }

  private void injectionUnit() {
    Branch unit =
        root.object("InjectionUnits", ObjectType.INJECTION_UNITS)
            .object("InjectionUnit_1", ObjectType.INJECTION_UNIT);
    unit.property("Index", NodeIds.UInt32, new Variant(Unsigned.uint(1)));
    text(unit, "BarrelId", "1");
    unit.property("IsPresent", NodeIds.Boolean, new Variant(true));
    unit.property("InProduction", NodeIds.Boolean, new Variant(true));
    unit.analog("ScrewDiameter", "mm", () -> told(SCREW_MM));
    Branch zones =
        unit.object("TemperatureZones", ObjectType.TEMPERATURE_ZONES).in(Standard.GENERAL);
    for (int i = 1; i <= 4; i++) {
      String signal = "barrel.z" + i;
      zone(zones, "BarrelTemperatureZone_" + i, i, "barrel " + i, signal);
    }
  }

  private void mould() {
    Branch mould =
        root.object("Moulds", ObjectType.MOULDS)
            .in(Standard.GENERAL)
            .object("Mould_1", ObjectType.MOULD);
    mould.property("Index", NodeIds.UInt32, new Variant(Unsigned.uint(1)));
    text(mould, "Id", "strip");
    text(mould, "Description", "strip mould, one cavity");
    mould.property("IsPresent", NodeIds.Boolean, new Variant(true));
    mould.property("MouldStatus", NodeIds.Int32, new Variant(MOULD_INSTALLED));
    zone(
        mould.object("TemperatureZones", ObjectType.TEMPERATURE_ZONES),
        "MouldTemperatureZone_1",
        1,
        "mould",
        "mold");
  }

  private void zone(Branch zones, String browseName, int number, String name, String signal) {
    Branch zone = zones.object(browseName, ObjectType.TEMPERATURE_ZONE);
    zone.property("Index", NodeIds.UInt32, new Variant(Unsigned.uint(number)));
    text(zone, "Name", name);
    zone.property("IsPresent", NodeIds.Boolean, new Variant(true));
    zone.property("ControlMode", NodeIds.Int32, new Variant(CONTROLLED));
    zone.analog("ActualTemperature", "°C", () -> of(signal + ".pv", v -> v));
    zone.analog("NominalTemperature", "°C", () -> of(signal + ".sp", v -> v));
  }

  private void drive() {
    Branch unit =
        root.object("PowerUnits", ObjectType.POWER_UNITS)
            .in(Standard.GENERAL)
            .object("PowerUnit_1", ObjectType.HYDRAULIC_UNIT);
    unit.property("Index", NodeIds.UInt32, new Variant(Unsigned.uint(1)));
    text(unit, "Id", "pump");
    unit.property("IsPresent", NodeIds.Boolean, new Variant(true));
    unit.property("PowerOn", NodeIds.Boolean, () -> of("interlock", v -> v == 0));
  }

  private static void text(Branch branch, String name, String value) {
    branch.property(name, NodeIds.String, new Variant(value));
  }

  private double now(String signal) {
    return view.plant().snapshot().value(index.getOrDefault(signal, 0));
  }

  private DataValue told(Object value) {
    return new DataValue(new Variant(value));
  }

  /** What a signal shows, said otherwise; its status and times stay. */
  private DataValue of(String signal, DoubleFunction<Object> said) {
    DataValue value = view.value(index.getOrDefault(signal, 0));
    Object raw = value.value().value();
    double number =
        raw instanceof Boolean flag
            ? (flag ? 1 : 0)
            : raw instanceof Number n ? n.doubleValue() : 0;
    return raw == null
        ? value
        : new DataValue(
            new Variant(said.apply(number)),
            value.statusCode(),
            value.sourceTime(),
            value.serverTime());
  }
}
