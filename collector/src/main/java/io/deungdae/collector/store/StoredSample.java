package io.deungdae.collector.store;

import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Value;
import java.time.Instant;

/**
 * One row of the historian.
 *
 * @param seq number of the row, strictly growing in the order of appending, never used twice, also
 *     across restarts
 * @param tag the tag's name; the tag may since have left the settings
 * @param value the value
 * @param quality its quality
 * @param sourceTime when it was so, microsecond precision
 * @param arrivalTime when the gateway learnt of it, microsecond precision
 */
public record StoredSample(
    long seq, String tag, Value value, Quality quality, Instant sourceTime, Instant arrivalTime) {}
