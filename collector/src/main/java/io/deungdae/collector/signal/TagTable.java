package io.deungdae.collector.signal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** All tags of a site, by index and by name. Immutable. */
public final class TagTable {

  private final List<Tag> tags;
  private final Map<String, Tag> byName;

  /**
   * A table of the tags.
   *
   * @throws IllegalArgumentException when an index is not the tag's position or a name comes twice
   */
  public TagTable(List<Tag> tags) {
    this.tags = List.copyOf(tags);
    this.byName = new HashMap<>();
    for (int i = 0; i < this.tags.size(); i++) {
      Tag tag = this.tags.get(i);
      if (tag.index() != i) {
        throw new IllegalArgumentException(tag + " has index " + tag.index() + ", expected " + i);
      }
      if (byName.put(tag.name(), tag) != null) {
        throw new IllegalArgumentException("tag " + tag + " comes twice");
      }
    }
  }

  /** How many tags there are. */
  public int size() {
    return tags.size();
  }

  /** All tags, in index order. */
  public List<Tag> all() {
    return tags;
  }

  /** The tag at an index. */
  public Tag at(int index) {
    return tags.get(index);
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
