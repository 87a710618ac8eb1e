package io.deungdae.collector.driver;

import io.deungdae.collector.signal.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one way to a device: the newest allowed setpoint of each tag, and how long it stands.
 *
 * <p>Hand-off: the control loop puts, the device's thread takes. A newer setpoint of the same tag
 * takes the place of one not yet sent, which then ends as {@link Outcome.Superseded}. Bounded by
 * the number of writable tags. All methods are safe to call from both threads and hold the lock for
 * a few instructions only.
 */
public final class Outbox {

  private final Outcomes outcomes;
  private final Map<Tag, Setpoint> waiting = new LinkedHashMap<>();
  private final Map<Tag, Long> holdUntilNs = new LinkedHashMap<>();
  private final Map<Tag, Long> beatUntilNs = new LinkedHashMap<>();
  private volatile Runnable wake = () -> {};

  /**
   * An empty outbox.
   *
   * @param outcomes where superseded setpoints end
   */
  Outbox(Outcomes outcomes) {
    this.outcomes = outcomes;
  }

  /**
   * An empty outbox.
   *
   * @param outcomes where superseded setpoints end
   * @param wake called after each put, to wake the device's thread; must not block
   */
  public Outbox(Outcomes outcomes, Runnable wake) {
    this(outcomes);
    this.wake = wake;
  }

  /** Calls {@code waker} after each put from now on: that of the agent that serves it. */
  void onPut(Runnable waker) {
    wake = waker;
  }

  /**
   * Puts a setpoint that has passed the guards, and starts or extends its hold by the tag's policy.
   */
  public void put(Setpoint setpoint) {
    Setpoint old;
    synchronized (this) {
      old = waiting.put(setpoint.tag(), setpoint);
      hold(setpoint.tag(), setpoint.issuedNs());
    }
    if (old != null) {
      outcomes.add(new Outcome.Superseded(old, setpoint.issuedNs()));
    }
    wake.run();
  }

  /**
   * Says that the setpoint last put for the tag still stands, so that its hold begins anew at
   * {@code nowNs}. Nothing is sent. Does nothing for a tag that is not held.
   */
  public synchronized void refresh(Tag tag, long nowNs) {
    if (holdUntilNs.containsKey(tag)) {
      hold(tag, nowNs);
    }
  }

  /** Gives the tag up without writing anything: the plant keeps what it has. */
  public synchronized void release(Tag tag) {
    waiting.remove(tag);
    holdUntilNs.remove(tag);
  }

  /**
   * Lets the heartbeat tag beat until {@code untilNs}. To be called only by a loop that is well,
   * each cycle.
   *
   * @throws IllegalStateException when the tag is not writable
   */
  public void keepAlive(Tag heartbeat, long untilNs) {
    heartbeat.writePolicy();
    boolean begins;
    synchronized (this) {
      begins = beatUntilNs.put(heartbeat, untilNs) == null;
    }
    if (begins) {
      wake.run();
    }
  }

  // ---- for the device's thread

  /** Takes the setpoint that has waited longest, or null. */
  synchronized @Nullable Setpoint take() {
    var first = waiting.values().iterator();
    if (!first.hasNext()) {
      return null;
    }
    Setpoint setpoint = first.next();
    first.remove();
    return setpoint;
  }

  /** True when a setpoint waits. */
  synchronized boolean hasWaiting() {
    return !waiting.isEmpty();
  }

  /**
   * Takes the tags whose hold has run out. They are no longer held after that; a setpoint that
   * still waited for one of them ends as {@link Outcome.Late}.
   */
  List<Tag> takeExpired(long nowNs) {
    List<Tag> expired = new ArrayList<>();
    List<Setpoint> late = new ArrayList<>();
    synchronized (this) {
      holdUntilNs
          .entrySet()
          .removeIf(entry -> entry.getValue() - nowNs <= 0 && expired.add(entry.getKey()));
      for (Tag tag : expired) {
        Setpoint dropped = waiting.remove(tag);
        if (dropped != null) {
          late.add(dropped);
        }
      }
    }
    late.forEach(setpoint -> outcomes.add(new Outcome.Late(setpoint, nowNs)));
    return expired;
  }

  /** Takes all held tags: for an agent that gives control up. What waits stays waiting. */
  synchronized List<Tag> takeHeld() {
    List<Tag> held = List.copyOf(holdUntilNs.keySet());
    holdUntilNs.clear();
    return held;
  }

  /** True while some tag is held. */
  synchronized boolean holdsAny() {
    return !holdUntilNs.isEmpty();
  }

  /** The heartbeat tags that may beat at {@code nowNs}. */
  synchronized List<Tag> beating(long nowNs) {
    beatUntilNs.values().removeIf(untilNs -> untilNs - nowNs <= 0);
    return List.copyOf(beatUntilNs.keySet());
  }

  /** Stops all heartbeats until control keeps them alive again. */
  synchronized void stopBeating() {
    beatUntilNs.clear();
  }

  private void hold(Tag tag, long fromNs) {
    holdUntilNs.put(tag, fromNs + tag.writePolicy().hold().toNanos());
  }
}
