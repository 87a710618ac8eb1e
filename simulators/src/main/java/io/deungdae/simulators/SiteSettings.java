package io.deungdae.simulators;

import io.deungdae.simulators.scenario.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the simulated site is set up. A port of 0 means any free one.
 *
 * @param folder where keys, tokens and {@code ready.json} are written
 * @param controlPort control of faults and operators
 * @param plants the plants
 * @param servers what serves them
 * @param metersPort broker of the energy meters, -1 for none
 * @param s3Port S3 storage, -1 for none
 * @param scenarios what is to happen
 */
record SiteSettings(
    Path folder,
    int controlPort,
    List<PlantSettings> plants,
    List<ServerSettings> servers,
    int metersPort,
    int s3Port,
    List<Scenario> scenarios) {

  /** Heartbeat time-out of the PLCs, in seconds as seen from outside. */
  static final double WATCHDOG_SECONDS = 5;

  SiteSettings {
    plants = List.copyOf(plants);
    servers = List.copyOf(servers);
    scenarios = List.copyOf(scenarios);
  }

  /**
   * One plant.
   *
   * @param name its name, in the node ids and topics
   * @param kind what it is
   * @param seed seed of all chance
   * @param speed plant seconds in a second
   * @param remoteAfter seconds of steady heartbeat, as seen from outside, after which the operator
   *     turns the key to REMOTE; infinite for never
   * @param campaign plant seconds for which each product is run; 0 for as chance will
   */
  record PlantSettings(
      String name, PlantKind kind, long seed, double speed, double remoteAfter, double campaign) {}

  /** What servers speak. */
  enum Protocol {
    MODBUS,
    XGT,
    OPCUA,
    MQTT
  }

  /** What MQTT messages are like. */
  enum Format {
    JSON,
    SPARKPLUG
  }

  /**
   * One server, or publisher.
   *
   * @param name by which troubles are told to it
   * @param protocol what it speaks
   * @param port TCP port; of the broker in this process for MQTT
   * @param plants names of what it serves; one for Modbus and XGT
   * @param model kind of PLC, for XGT
   * @param format of messages, for MQTT
   * @param broker somebody else's broker, for MQTT; empty for one in this process
   * @param topic first level of topics, or Sparkplug group, for MQTT
   * @param every seconds between messages, for MQTT
   */
  record ServerSettings(
      String name,
      Protocol protocol,
      int port,
      List<String> plants,
      io.deungdae.simulators.xgt.Model model,
      Format format,
      String broker,
      String topic,
      double every) {

    ServerSettings {
      plants = List.copyOf(plants);
    }

    /** One with what is usual besides. */
    ServerSettings(String name, Protocol protocol, int port, List<String> plants) {
      this(
          name,
          protocol,
          port,
          plants,
          io.deungdae.simulators.xgt.Model.XGK,
          Format.JSON,
          "",
          "plant",
          1);
    }
  }

  /** Ports of the demo's servers, 0 for any free one. */
  record DemoPorts(int modbus, int opcUa, int mqtt, int s3, int xgt, int control) {}

  /**
   * The demo: a furnace over Modbus and XGT in campaigns of ten plant hours, a moulding machine
   * over OPC UA, meters over MQTT, cloud storage.
   */
  static SiteSettings demo(
      Path folder, double speed, long seed, double remoteAfter, DemoPorts ports) {
    List<PlantSettings> plants = new ArrayList<>();
    plants.add(
        new PlantSettings("furnace", PlantKind.FURNACE, seed, speed, remoteAfter, 10 * 3600));
    plants.add(new PlantSettings("moulding", PlantKind.MOULDING, seed, speed, remoteAfter, 0));
    List<ServerSettings> servers =
        List.of(
            new ServerSettings("modbus", Protocol.MODBUS, ports.modbus(), List.of("furnace")),
            new ServerSettings("xgt", Protocol.XGT, ports.xgt(), List.of("furnace")),
            new ServerSettings("opcua", Protocol.OPCUA, ports.opcUa(), List.of("moulding")));
    return new SiteSettings(
        folder, ports.control(), plants, servers, ports.mqtt(), ports.s3(), List.of());
  }
}
