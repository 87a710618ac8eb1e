package io.deungdae.control.loop;

import io.deungdae.collector.driver.Outbox;
import io.deungdae.collector.driver.Outcomes;
import io.deungdae.collector.store.Board;
import io.deungdae.control.alarm.AlarmBook;
import io.deungdae.control.audit.AuditEvent;
import io.deungdae.control.decision.DecisionBook;
import io.deungdae.control.guard.Operation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the control loop is connected to.
 *
 * @param units the units, in the order in which each cycle serves them
 * @param board where the latest samples are
 * @param outboxes the way to each device, by the device's name
 * @param outcomes where the devices say what became of setpoints
 * @param operation what the site works on
 * @param simulatedDevices names of the devices that are not real machines
 * @param audit takes audit events; must not wait
 * @param decisions where decision records go
 * @param alarms the alarms; the loop ticks them
 */
public record LoopWiring(
    List<UnitWiring> units,
    Board board,
    Map<String, Outbox> outboxes,
    Outcomes outcomes,
    Operation operation,
    Set<String> simulatedDevices,
    Consumer<AuditEvent> audit,
    DecisionBook decisions,
    AlarmBook alarms) {

  public LoopWiring {
    units = List.copyOf(units);
    outboxes = Map.copyOf(outboxes);
    simulatedDevices = Set.copyOf(simulatedDevices);
  }

  Outbox outbox(String device) {
    Outbox outbox = outboxes.get(device);
    if (outbox == null) {
      throw new IllegalArgumentException("no outbox for device " + device);
    }
    return outbox;
  }
}
