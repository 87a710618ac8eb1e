package io.deungdae.collector.store;

import java.util.List;

/**
 * Tags that are kept for another time than the rest.
 *
 * @param name lower case letters, digits and _; part of the names of tables
 * @param groups groups of tags that it holds for
 * @param tags names of tags that it holds for; {@code *} stands for any text
 * @param ages how long they are kept
 */
public record KeepClass(String name, List<String> groups, List<String> tags, KeepAges ages) {

  /** What a name must look like. */
  static final String NAME = "[a-z][a-z0-9_]{0,30}";

  public KeepClass {
    groups = List.copyOf(groups);
    tags = List.copyOf(tags);
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException(
          "a class is named with lower case letters, digits and _, found " + name);
    }
  }

  /** True when it holds for a tag. */
  boolean holds(String tag, String group) {
    return (!group.isEmpty() && groups.contains(group))
        || tags.stream().anyMatch(pattern -> fits(pattern, tag));
  }

  private static boolean fits(String pattern, String tag) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equals(tag);
    }
    if (!tag.startsWith(pattern.substring(0, star))) {
      return false;
    }
    String rest = pattern.substring(star + 1);
    for (int from = star; from <= tag.length(); from++) {
      if (fits(rest, tag.substring(from))) {
        return true;
      }
    }
    return false;
  }
}
