package io.deungdae.collector.settings;

import io.deungdae.collector.signal.Parts;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TimeSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of a tag list: the tag, and where a driver finds it.
 *
 * @param tag the tag
 * @param address where it is, in the words of the device's protocol
 * @param type type on the wire, e.g. {@code float32}; empty for the protocol's default
 * @param scan name of the scan class; empty for the device's default
 * @param scale factor from raw to the tag's unit; never 0
 * @param offset added after scaling, in the tag's unit
 * @param time whose clock gives its samples their time; null for the device's choice
 * @param file the tag list's file
 * @param line its line, from 1
 */
public record TagRow(
    Tag tag,
    String address,
    String type,
    String scan,
    double scale,
    double offset,
    @Nullable TimeSource time,
    String file,
    int line) {

  /** True when the other row says the same of the same tag, wherever it stands. */
  public boolean means(TagRow other) {
    return Parts.same(this, other, Set.of("file", "line"));
  }

  /** The same line with the device's choice of time, where it has none of its own. */
  public TagRow orTime(TimeSource devices) {
    return time != null
        ? this
        : new TagRow(tag, address, type, scan, scale, offset, devices, file, line);
  }

  /** Reports a mistake in one of this line's columns. */
  public void problem(Problems problems, String column, String found, String allowed) {
    problems.add(new Problem(file, line, column + " of " + tag.name(), found, allowed));
  }
}
