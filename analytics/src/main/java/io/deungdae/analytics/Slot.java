package io.deungdae.analytics;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A hand-off that holds the newest value only. One thread puts, anybody reads; a value that nobody
 * read in time is lost, which is what a judgement is for.
 *
 * @param <T> an immutable type
 */
public final class Slot<T> {

  private final AtomicReference<@Nullable T> latest = new AtomicReference<>();

  /** Replaces what is there. */
  public void put(T value) {
    latest.setRelease(value);
  }

  /** The newest value, or null when there was none yet. */
  public @Nullable T latest() {
    return latest.getAcquire();
  }
}
