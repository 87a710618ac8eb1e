package io.deungdae.collector.forward;

import java.time.Instant;

/**
 * A row that the receiver refused.
 *
 * @param row the row
 * @param reason what the receiver said
 * @param at when
 */
public record RefusedRow(Outgoing row, String reason, Instant at) {}
