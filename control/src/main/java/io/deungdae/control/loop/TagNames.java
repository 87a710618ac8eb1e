package io.deungdae.control.loop;

import io.deungdae.collector.settings.Section;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the tags that settings name, and says which ones they may have meant. */
final class TagNames {

  private static final int SUGGESTIONS = 3;

  private final TagTable tags;

  TagNames(TagTable tags) {
    this.tags = tags;
  }

  /** A tag that must be named; null when it is not, and then that is reported. */
  @Nullable Tag readable(Section section, String key) {
    String name = section.text(key);
    return name.isEmpty() ? null : find(section, key, name).orElse(null);
  }

  /** A writable tag that must be named; null as above. */
  @Nullable Tag writable(Section section, String key) {
    Tag tag = readable(section, key);
    if (tag != null && !tag.writable()) {
      section.problem(key, "'" + tag + "', which is not writable", "a tag with writable: true");
      return null;
    }
    return tag;
  }

  /** Tags named in a list. */
  List<Tag> list(Section section, String key) {
    List<Tag> found = new ArrayList<>();
    for (String name : section.texts(key)) {
      find(section, key, name).ifPresent(found::add);
    }
    return found;
  }

  private Optional<Tag> find(Section section, String key, String name) {
    Optional<Tag> tag = tags.find(name);
    if (tag.isEmpty()) {
      section.problem(
          key, "'" + name + "', which is no tag", "a tag, e.g. " + String.join(", ", like(name)));
    }
    return tag;
  }

  /** The tags whose names begin or end most like the one given. */
  private List<String> like(String name) {
    return tags.all().stream()
        .map(Tag::name)
        .sorted(Comparator.comparingInt((String other) -> -common(name, other)))
        .limit(SUGGESTIONS)
        .toList();
  }

  private static int common(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    int front = 0;
    while (front < shorter && a.charAt(front) == b.charAt(front)) {
      front++;
    }
    int back = 0;
    while (back < shorter - front
        && a.charAt(a.length() - 1 - back) == b.charAt(b.length() - 1 - back)) {
      back++;
    }
    return front + back;
  }
}
