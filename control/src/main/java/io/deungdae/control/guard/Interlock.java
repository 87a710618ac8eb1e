package io.deungdae.control.guard;

import io.deungdae.collector.signal.Tag;

/**
 * A condition of the plant without which nothing may be moved.
 *
 * @param tag where it is read
 * @param equals the value it has while moving is permitted; a flag is 0 or 1
 */
public record Interlock(Tag tag, double equals) {}
