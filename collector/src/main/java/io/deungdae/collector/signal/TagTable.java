package io.deungdae.collector.signal;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * All tags of a site, by index and by name. Immutable. Indexes are dense when a site is read for
 * the first time; tags that are taken out while it runs leave gaps, which later ones fill.
 */
public final class TagTable {

  /** No tags. */
  public static final TagTable EMPTY = new TagTable(List.of());

  private final List<Tag> tags;
  private final Map<String, Tag> byName;
  private final int places;

  /**
   * A table of the tags.
   *
   * @throws IllegalArgumentException when an index or a name comes twice
   */
  public TagTable(List<Tag> tags) {
    this.tags = tags.stream().sorted(Comparator.comparingInt(Tag::index)).toList();
    this.byName = new HashMap<>();
    Set<Integer> indexes = new HashSet<>();
    for (Tag tag : this.tags) {
      if (!indexes.add(tag.index())) {
        throw new IllegalArgumentException("index " + tag.index() + " of " + tag + " comes twice");
      }
      if (byName.put(tag.name(), tag) != null) {
        throw new IllegalArgumentException("tag " + tag + " comes twice");
      }
    }
    this.places = this.tags.isEmpty() ? 0 : this.tags.get(this.tags.size() - 1).index() + 1;
  }

  /** How many tags there are. */
  public int size() {
    return tags.size();
  }

  /** How many places an array by index needs: one more than the highest index. */
  public int places() {
    return places;
  }

  /** All tags, in index order. */
  public List<Tag> all() {
    return tags;
  }

  /**
   * The tag at an index.
   *
   * @throws NoSuchElementException when there is none
   */
  public Tag at(int index) {
    int from = Math.min(index, tags.size() - 1); // gaps only move a tag to the front
    for (int i = from; i >= 0; i--) {
      if (tags.get(i).index() == index) {
        return tags.get(i);
      }
    }
    throw new NoSuchElementException("no tag at " + index);
  }

  /** The tag with this name, if there is one. */
  public Optional<Tag> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * The tag with this name.
   *
   * @throws NoSuchElementException when there is none
   */
  public Tag get(String name) {
    return find(name).orElseThrow(() -> new NoSuchElementException("no tag " + name));
  }

  /** The tags of one device, in index order. */
  public List<Tag> ofDevice(String device) {
    return tags.stream().filter(tag -> tag.device().equals(device)).toList();
  }
}
