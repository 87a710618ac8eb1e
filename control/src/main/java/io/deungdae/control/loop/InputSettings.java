package io.deungdae.control.loop;

import io.deungdae.collector.signal.Tag;
import java.time.Duration;
import java.util.List;

/**
 * Which inputs a unit's loop needs and how good they must be. The setpoints and process values of
 * all manipulated variables and the handshake's flags are always needed.
 *
 * @param needed further ones
 * @param restless those that a living sensor never reports twice the same for long
 * @param maxAge greatest age
 * @param frozenAfter how long a restless one may stay the same
 * @param shedAfter how long the loop holds before it lets go
 */
public record InputSettings(
    List<Tag> needed,
    List<Tag> restless,
    Duration maxAge,
    Duration frozenAfter,
    Duration shedAfter) {

  public InputSettings {
    needed = List.copyOf(needed);
    restless = List.copyOf(restless);
  }
}
