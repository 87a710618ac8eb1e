package io.deungdae.control.alarm;

import io.deungdae.collector.signal.Label;
import java.time.Duration;

/**
 * One alarm that there can be. An alarm without something that a person can do is not one; that is
 * what {@code action} is for.
 *
 * @param id unique, e.g. {@code device-down.furnace-plc}
 * @param source where it comes from: a device, a unit, a part of the gateway
 * @param priority how soon a person has to act
 * @param title what is wrong
 * @param action what to do
 * @param onDelay how long the condition has to hold before the alarm is raised
 * @param offDelay how long it has to be gone before the alarm returns to normal
 */
public record AlarmDefinition(
    String id,
    String source,
    Priority priority,
    Label title,
    Label action,
    Duration onDelay,
    Duration offDelay) {

  public AlarmDefinition {
    if (onDelay.isNegative() || offDelay.isNegative()) {
      throw new IllegalArgumentException("delays of " + id + " must not be negative");
    }
  }
}
