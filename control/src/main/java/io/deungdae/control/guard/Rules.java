package io.deungdae.control.guard;

import io.deungdae.collector.signal.Tag;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the guards of one unit are told.
 *
 * @param inputs the inputs it needs
 * @param operation what the site works on
 * @param simulatedDevices names of the devices that are simulated
 * @param manipulated the setpoints that may be moved
 * @param remote the flag that says that the PLC is in REMOTE with its loops in cascade, or null
 *     when there is none, and then nothing may be written
 * @param watchdog the flag that says that the PLC sees our heartbeat, or null as above
 * @param interlocks the conditions for moving
 * @param moveIntervalNs time between two writes of a ramp; a longer pause earns no greater step
 * @param overrideTolerance share of a setpoint's range by which the plant may differ from what we
 *     wrote, beyond the tag's own tolerance
 */
public record Rules(
    NeededInputs inputs,
    Operation operation,
    Set<String> simulatedDevices,
    Set<Tag> manipulated,
    @Nullable Tag remote,
    @Nullable Tag watchdog,
    List<Interlock> interlocks,
    long moveIntervalNs,
    double overrideTolerance) {

  public Rules {
    simulatedDevices = Set.copyOf(simulatedDevices);
    manipulated = Set.copyOf(manipulated);
    interlocks = List.copyOf(interlocks);
  }
}
