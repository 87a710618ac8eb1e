package io.deungdae.collector.forward;

import io.deungdae.collector.store.StoredSample;

/**
 * A row on its way out.
 *
 * @param row the row
 * @param turn how many rows with lower numbers have the same tag and source time; 0 nearly always.
 *     A receiver that keeps one point for a tag and time tells such rows apart by it
 */
public record Outgoing(StoredSample row, int turn) {}
