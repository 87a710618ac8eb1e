package io.deungdae.collector.driver.mqtt;

import io.deungdae.collector.settings.Section;
import java.util.Optional;

/** Places in settings. */
final class Places {

  private Places() {}

  /** The place that a key names; empty when it names none, or when it is a mistake, then told. */
  static Optional<Place> read(Section section, String key) {
    String text = section.text(key, "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Place> place = Place.parse(text);
    if (place.isEmpty()) {
      section.problem(
          key, "'" + text + "'", "a path such as ts or $.header.time, or a column such as csv:0");
    }
    return place;
  }
}
