package io.deungdae.collector.store;

import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The latest sample of each tag.
 *
 * <p>Hand-off: each device thread writes the tags of its device, anybody reads; a newer sample
 * replaces an older one and nothing waits. Lost is only what was overwritten unread, which the
 * historian has.
 */
public final class Board {

  private final TagTable tags;
  private final AtomicReferenceArray<@Nullable Sample> latest;
  private final Reasons reasons = new Reasons();
  private final AtomicLong changes = new AtomicLong();

  /** An empty board for the tags. */
  public Board(TagTable tags) {
    this.tags = tags;
    this.latest = new AtomicReferenceArray<>(tags.size());
  }

  /** The tags it has room for. */
  public TagTable tags() {
    return tags;
  }

  /** Puts samples up, each in the place of its tag. */
  public void put(List<Sample> batch) {
    for (Sample sample : batch) {
      latest.setRelease(sample.tag().index(), sample);
    }
    changes.incrementAndGet();
  }

  /** The latest sample of a tag, or null when none has come yet. */
  public @Nullable Sample latest(Tag tag) {
    return latest.getAcquire(tag.index());
  }

  /** Why the latest samples are not good. */
  public Reasons reasons() {
    return reasons;
  }

  /** Counts up with each batch; equal numbers mean that nothing has changed. */
  public long changes() {
    return changes.get();
  }

  /**
   * Copies the latest samples of all tags, in index order, into an array of at least {@link
   * TagTable#size} places. Allocates nothing; each place is consistent in itself.
   */
  public void copyTo(@Nullable Sample[] into) {
    for (int i = 0; i < latest.length(); i++) {
      into[i] = latest.getAcquire(i);
    }
  }
}
