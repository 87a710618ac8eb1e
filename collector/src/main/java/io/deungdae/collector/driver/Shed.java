package io.deungdae.collector.driver;

import io.deungdae.collector.signal.Tag;
import java.time.Instant;

/**
 * A tag that the device agent gave up because nobody refreshed its setpoint in time, or because the
 * agent itself failed or was stopped. It stays listed until the next setpoint of the tag was sent.
 *
 * @param tag the tag
 * @param at when it was given up
 * @param result what has become of its safe value
 */
public record Shed(Tag tag, Instant at, Result result) {

  /** What has become of a safe value. */
  public enum Result {
    /** It is still to be written: no link, or another attempt is due. */
    WAITING,
    /** The device holds it; it was read back. */
    SAFE_VALUE_HELD,
    /** The tag has none, or the device never took a setpoint; it keeps what it had. */
    LEFT_ALONE,
    /** The device did not take it in several attempts. A person has to look. */
    NOT_TAKEN
  }

  Shed with(Result newResult) {
    return new Shed(tag, at, newResult);
  }
}
