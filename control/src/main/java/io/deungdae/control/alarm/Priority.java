package io.deungdae.control.alarm;

/** How soon a person has to do something. Of all alarms about 80, 15 and 5 in a hundred. */
public enum Priority {
  /** Within the shift. */
  LOW,
  /** Within the hour. */
  MEDIUM,
  /** At once. */
  HIGH
}
