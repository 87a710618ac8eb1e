package io.deungdae.control.alarm;

import java.time.Duration;

/** What a person does about an alarm. */
public sealed interface AlarmAction {

  /** The alarm. */
  String alarm();

  /** The person. */
  String who();

  /** He has seen it. */
  record Acknowledge(String alarm, String who) implements AlarmAction {}

  /**
   * He puts it aside for a while.
   *
   * @param period how long; positive, at most {@link AlarmBook#LONGEST_SHELVING}
   */
  record Shelve(String alarm, String who, Duration period) implements AlarmAction {
    public Shelve {
      if (period.isNegative()
          || period.isZero()
          || period.compareTo(AlarmBook.LONGEST_SHELVING) > 0) {
        throw new IllegalArgumentException("an alarm is shelved for up to 12 h, found " + period);
      }
    }
  }

  /** He takes it out of service, for maintenance. */
  record TakeOutOfService(String alarm, String who) implements AlarmAction {}

  /** He brings it back, from the shelf or into service. */
  record Restore(String alarm, String who) implements AlarmAction {}
}
