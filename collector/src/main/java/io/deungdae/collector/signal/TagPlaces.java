package io.deungdae.collector.signal;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Gives the tags of a site their places in the table while its tag lists are read. Read again, a
 * tag that means what it meant before stays the same object, whatever line it stands in now; one
 * that has changed takes the place of its predecessor, and a new one the first that was free
 * before. So everybody who holds a tag may go on holding it. Used by one thread.
 */
public final class TagPlaces {

  private final TagTable before;
  private final Set<Integer> taken = new HashSet<>();
  private int next;

  private TagPlaces(TagTable before) {
    this.before = before;
    before.all().forEach(tag -> taken.add(tag.index()));
  }

  /** Places for a site that is read for the first time: 0, 1, 2, … */
  public static TagPlaces fresh() {
    return new TagPlaces(TagTable.EMPTY);
  }

  /** Places for a site that is read again. */
  public static TagPlaces after(TagTable before) {
    return new TagPlaces(before);
  }

  /** The place for a tag of this name. To be asked once for each tag. */
  public int index(String name) {
    Optional<Tag> known = before.find(name);
    if (known.isPresent()) {
      return known.get().index();
    }
    while (!taken.add(next)) {
      next++;
    }
    return next;
  }

  /** The tag of before, if there is one and it means the same; else the one given. */
  public Tag keep(Tag tag) {
    return before.find(tag.name()).filter(old -> Parts.same(old, tag, Set.of())).orElse(tag);
  }
}
