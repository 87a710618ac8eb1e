package io.deungdae.collector.past;

import io.deungdae.collector.signal.Value;

/**
 * A value of the past.
 *
 * @param tag name of its tag
 * @param us when it was so, microseconds since 1970
 * @param value the value, in the tag's engineering unit
 */
public record PastValue(String tag, long us, Value value) {}
