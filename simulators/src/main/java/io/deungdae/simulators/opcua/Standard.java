package io.deungdae.simulators.opcua;

import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;

/**
 * Names and numbers of OPC 40077 (EUROMAP 77, injection moulding machines to MES, 1.01) and of OPC
 * 40083 (general types of plastics and rubber machinery, 1.03) that the simulators use: namespaces,
 * and the types' NodeIds and BrowseNames.
 */
final class Standard {

  static final String DEVICES = "http://opcfoundation.org/UA/DI/";
  static final String GENERAL = "http://opcfoundation.org/UA/PlasticsRubber/GeneralTypes/";
  static final String MACHINE = "http://opcfoundation.org/UA/PlasticsRubber/IMM2MES/";

  /** DeviceSet of OPC 10000-100, below Objects. */
  static final int DEVICE_SET = 5001;

  /** An object type of the standard. */
  enum ObjectType {
    MACHINE_INFORMATION(GENERAL, 1009, "MachineInformationType"),
    MACHINE_CONFIGURATION(GENERAL, 1016, "MachineConfigurationType"),
    PRODUCTION_CONTROL(GENERAL, 1017, "ProductionControlType"),
    MACHINE_STATUS(GENERAL, 1019, "MachineStatusType"),
    MACHINE_MES_STATUS(GENERAL, 1020, "MachineMESStatusType"),
    CYCLIC_JOB_INFORMATION(GENERAL, 1024, "CyclicJobInformationType"),
    MOULD(GENERAL, 1029, "MouldType"),
    TEMPERATURE_ZONE(GENERAL, 1030, "TemperatureZoneType"),
    ACTIVE_CYCLIC_JOB_VALUES(GENERAL, 1031, "ActiveCyclicJobValuesType"),
    JOBS(GENERAL, 1032, "JobsType"),
    HYDRAULIC_UNIT(GENERAL, 1035, "HydraulicUnitType"),
    CYCLE_PARAMETERS_EVENT(GENERAL, 1038, "CycleParametersEventType"),
    LOGBOOK_EVENT(GENERAL, 1011, "LogbookEventType"),
    PARAMETER_CHANGE_LOG(GENERAL, 1010, "ParameterChangeLogType"),
    MACHINE_MODE_CHANGE_LOG(GENERAL, 1014, "MachineModeChangeLogType"),
    PRODUCTION_STATUS_CHANGE_LOG(GENERAL, 1044, "ProductionStatusChangeLogType"),
    PRODUCTION_DATASET_CHANGE_LOG(GENERAL, 1012, "ProductionDatasetChangeLogType"),
    USER(GENERAL, 1045, "UserType"),
    POWER_UNITS(GENERAL, 1049, "PowerUnitsType"),
    MOULDS(GENERAL, 1050, "MouldsType"),
    TEMPERATURE_ZONES(GENERAL, 1055, "TemperatureZonesType"),
    MOULD_CYCLE_PARAMETERS(GENERAL, 1005, "MouldCycleParametersType"),
    INTERFACE(MACHINE, 1007, "IMM_MES_InterfaceType"),
    INJECTION_UNITS(MACHINE, 1016, "InjectionUnitsType"),
    INJECTION_UNIT(MACHINE, 1028, "InjectionUnitType"),
    INJECTION_UNIT_CYCLE_PARAMETERS(MACHINE, 1039, "InjectionUnitCycleParametersType");

    private final String uri;
    private final int id;
    private final String browseName;

    ObjectType(String uri, int id, String browseName) {
      this.uri = uri;
      this.id = id;
      this.browseName = browseName;
    }

    /** Namespace of the type. */
    String uri() {
      return uri;
    }

    /** BrowseName in that namespace. */
    String browseName() {
      return browseName;
    }

    /** True for entries of a machine's logbook, which stand below LogbookEventType. */
    boolean isLog() {
      return this == PARAMETER_CHANGE_LOG
          || this == MACHINE_MODE_CHANGE_LOG
          || this == PRODUCTION_STATUS_CHANGE_LOG
          || this == PRODUCTION_DATASET_CHANGE_LOG;
    }

    /** True for events. */
    boolean isEvent() {
      return this == CYCLE_PARAMETERS_EVENT || this == LOGBOOK_EVENT || isLog();
    }

    /** True for those of which there are no instances, only subtypes'. */
    boolean isAbstract() {
      return isEvent() || this == MOULD_CYCLE_PARAMETERS || this == INJECTION_UNIT_CYCLE_PARAMETERS;
    }
  }

  private final NamespaceTable table;

  /** As a server numbers the namespaces. */
  Standard(NamespaceTable table) {
    this.table = table;
  }

  private UShort index(String uri) {
    return Unsigned.ushort(table.add(uri).intValue());
  }

  /** NodeId of a type. */
  NodeId id(ObjectType type) {
    return new NodeId(index(type.uri), Unsigned.uint(type.id));
  }

  /** NodeId of the DeviceSet. */
  NodeId deviceSet() {
    return new NodeId(index(DEVICES), Unsigned.uint(DEVICE_SET));
  }

  /** A BrowseName in a namespace. */
  QualifiedName name(String uri, String name) {
    return new QualifiedName(index(uri), name);
  }
}
