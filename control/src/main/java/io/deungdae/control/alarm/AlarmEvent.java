package io.deungdae.control.alarm;

/**
 * An alarm changed its state.
 *
 * @param from the state before
 * @param alarm the alarm now
 */
public record AlarmEvent(AlarmState from, AlarmView alarm) {}
