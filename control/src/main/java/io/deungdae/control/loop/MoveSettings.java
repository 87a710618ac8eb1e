package io.deungdae.control.loop;

import java.time.Duration;

/**
 * How setpoints are moved.
 *
 * @param interval time between two writes of a ramp to the same setpoint
 * @param deadline how long a setpoint may wait for its device before it is dropped
 * @param timeout how long all moves of a decision or a request may take
 * @param patience how long a decision waits for the guards to let its first move through
 * @param approvalExpires how long a decision waits for a person
 * @param attempts failed writes in a row to one setpoint after which the loop is demoted
 * @param overrideTolerance share of a setpoint's range by which the plant may differ from what was
 *     written, beyond the tag's own tolerance
 * @param overrideAfter how long it must differ before the loop is demoted
 * @param rollbacks decisions in a row that did not help after which the loop is demoted
 */
public record MoveSettings(
    Duration interval,
    Duration deadline,
    Duration timeout,
    Duration patience,
    Duration approvalExpires,
    int attempts,
    double overrideTolerance,
    Duration overrideAfter,
    int rollbacks) {}
