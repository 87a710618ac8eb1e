package io.deungdae.control.loop;

import io.deungdae.collector.signal.Tag;
import java.time.Duration;

/**
 * How the gateway and the PLC shake hands.
 *
 * @param remote flag: the PLC is in REMOTE and its loops are in cascade
 * @param watchdog flag: the PLC sees our heartbeat
 * @param heartbeat where the heartbeat is written
 * @param lease how long the heartbeat goes on without the loop renewing it
 * @param stable how long both flags must have been on before the first write
 * @param resume true to come back by itself once the operator has switched the PLC to REMOTE again;
 *     false to wait for a person to ask for the mode as well
 */
public record HandshakeSettings(
    Tag remote, Tag watchdog, Tag heartbeat, Duration lease, Duration stable, boolean resume) {}
