package io.deungdae.collector.store;

import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import java.util.ArrayList;
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
 *
 * <p>It can take another table while samples come in: its places stand in blocks that never move,
 * and what is in a tag's place counts only when it is of that very tag.
 */
public final class Board {

  private static final int BLOCK = 1024;

  private volatile TagTable tags;
  private volatile List<AtomicReferenceArray<@Nullable Sample>> blocks = List.of();
  private final Reasons reasons = new Reasons();
  private final AtomicLong changes = new AtomicLong();

  /** An empty board for the tags. */
  public Board(TagTable tags) {
    this.tags = tags;
    makeRoom(tags);
  }

  /** The tags that are in force. */
  public TagTable tags() {
    return tags;
  }

  /**
   * Takes another table. Samples of tags that are in both stay. One thread at a time; device
   * threads may put meanwhile, but only tags of tables that there is room for.
   */
  public void retable(TagTable table) {
    makeRoom(table);
    tags = table;
  }

  /** Makes room for the tags of a table that is going to be taken. */
  public void makeRoom(TagTable table) {
    List<AtomicReferenceArray<@Nullable Sample>> more = new ArrayList<>(blocks);
    while (more.size() * BLOCK < table.places()) {
      more.add(new AtomicReferenceArray<>(BLOCK));
    }
    blocks = List.copyOf(more);
  }

  /** Puts samples up, each in the place of its tag. */
  public void put(List<Sample> batch) {
    List<AtomicReferenceArray<@Nullable Sample>> room = blocks;
    for (Sample sample : batch) {
      int index = sample.tag().index();
      room.get(index / BLOCK).setRelease(index % BLOCK, sample);
    }
    changes.incrementAndGet();
  }

  /** The latest sample of a tag, or null when none has come yet. */
  public @Nullable Sample latest(Tag tag) {
    int index = tag.index();
    List<AtomicReferenceArray<@Nullable Sample>> room = blocks;
    if (index / BLOCK >= room.size()) {
      return null;
    }
    Sample sample = room.get(index / BLOCK).getAcquire(index % BLOCK);
    return sample != null && sample.tag().equals(tag) ? sample : null;
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
   * Copies the latest samples in index order, as many as the array or the board has places; a place
   * may hold a sample of a tag that was there before. Allocates nothing; each place is consistent
   * in itself.
   */
  public void copyTo(@Nullable Sample[] into) {
    List<AtomicReferenceArray<@Nullable Sample>> room = blocks;
    int places = Math.min(into.length, room.size() * BLOCK);
    for (int i = 0; i < places; i++) {
      into[i] = room.get(i / BLOCK).getAcquire(i % BLOCK);
    }
  }
}
