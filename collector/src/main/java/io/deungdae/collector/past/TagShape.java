package io.deungdae.collector.past;

import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Tag;
import java.util.List;

/**
 * What one has to know of a tag to read its values from a file.
 *
 * @param name its name
 * @param kind kind of its values
 * @param low lowest plausible value
 * @param high highest plausible value
 * @param labels what people call it
 */
public record TagShape(String name, Kind kind, double low, double high, List<String> labels) {

  public TagShape {
    labels = List.copyOf(labels);
  }

  /** The shape of a tag. */
  public static TagShape of(Tag tag) {
    return new TagShape(
        tag.name(),
        tag.kind(),
        tag.range().low(),
        tag.range().high(),
        List.of(tag.description().en(), tag.description().ko()));
  }
}
