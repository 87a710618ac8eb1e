package io.deungdae.collector.store;

import java.time.Instant;

/**
 * A stretch of time that has rows.
 *
 * @param from source time of the first
 * @param to just behind that of the last
 */
public record Extent(Instant from, Instant to) {}
