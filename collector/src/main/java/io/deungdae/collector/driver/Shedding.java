package io.deungdae.collector.driver;

import io.deungdae.collector.signal.Tag;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tags given up, and the safe values still to be written for them. A safe value that the device
 * does not take is tried a few times, a second apart, and no more: an operator at the machine must
 * not have to fight the gateway. Attempts that found no link do not count. A tag of which the
 * device never took a setpoint is left alone: there is nothing of ours to undo. Used by the
 * device's thread; {@link #list} from any.
 */
final class Shedding {

  private static final int ATTEMPTS = 5;
  private static final long APART_NS = 1_000_000_000L;

  private final Map<Tag, Shed> tags = new LinkedHashMap<>();
  private final Map<Tag, Attempt> open = new LinkedHashMap<>();
  private final Set<Tag> taken = new HashSet<>();
  private volatile List<Shed> list = List.of();

  private record Attempt(int left, long dueNs) {}

  /** Gives the tags up. */
  void add(List<Tag> given, Instant now, long nowNs) {
    for (Tag tag : given) {
      boolean safe = taken.remove(tag) && tag.writePolicy().hasSafeValue();
      tags.put(tag, new Shed(tag, now, safe ? Shed.Result.WAITING : Shed.Result.LEFT_ALONE));
      if (safe) {
        open.put(tag, new Attempt(ATTEMPTS, nowNs));
      }
    }
    publish();
  }

  /** The next tag whose safe value is to be written at {@code nowNs}, or null. */
  @Nullable Tag next(long nowNs) {
    for (Map.Entry<Tag, Attempt> entry : open.entrySet()) {
      if (entry.getValue().dueNs() - nowNs <= 0) {
        return entry.getKey();
      }
    }
    return null;
  }

  /** The device holds the safe value of the tag. */
  void held(Tag tag) {
    close(tag, Shed.Result.SAFE_VALUE_HELD);
  }

  /** The device did not take the safe value of the tag. */
  void notTaken(Tag tag, long nowNs) {
    Attempt attempt = open.get(tag);
    if (attempt == null) {
      return;
    }
    if (attempt.left() > 1) {
      open.put(tag, new Attempt(attempt.left() - 1, nowNs + APART_NS));
    } else {
      close(tag, Shed.Result.NOT_TAKEN);
    }
  }

  /**
   * The device took a setpoint of the tag, or may have: the tag is no longer given up, and giving
   * it up later means writing its safe value.
   */
  void taken(Tag tag) {
    taken.add(tag);
    open.remove(tag);
    if (tags.remove(tag) != null) {
      publish();
    }
  }

  /** All tags given up, by any thread. */
  List<Shed> list() {
    return list;
  }

  private void close(Tag tag, Shed.Result result) {
    open.remove(tag);
    tags.computeIfPresent(tag, (t, shed) -> shed.with(result));
    publish();
  }

  private void publish() {
    list = List.copyOf(tags.values());
  }
}
