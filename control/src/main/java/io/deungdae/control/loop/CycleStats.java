package io.deungdae.control.loop;

/**
 * How well the control thread keeps its time, since start; microseconds. Percentiles come from a
 * histogram and are up to 12.5 % too high.
 *
 * @param cycles how many cycles
 * @param overruns how many began later than one period, or took longer
 * @param failures how many failed for a reason of ours
 * @param jitterP50 start after due, half of all
 * @param jitterP99 start after due, 99 of 100
 * @param jitterMax start after due, the worst
 * @param durationP50 duration, half of all
 * @param durationP99 duration, 99 of 100
 * @param durationMax duration, the longest
 */
public record CycleStats(
    long cycles,
    long overruns,
    long failures,
    long jitterP50,
    long jitterP99,
    long jitterMax,
    long durationP50,
    long durationP99,
    long durationMax) {}
