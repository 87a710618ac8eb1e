package io.deungdae.control.loop;

import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.PlantUnit;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.control.guard.Situation;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The conditions under which a decision began: product, recipe and the like, as far as they are
 * whole numbers or flags. Once one of them changes, what was measured before says nothing about
 * what is now. Used by the control thread.
 */
final class Conditions {

  private final PlantUnit unit;
  private final Situation situation;
  private final Map<Tag, Double> before = new HashMap<>();

  Conditions(PlantUnit unit, Situation situation) {
    this.unit = unit;
    this.situation = situation;
  }

  /** Remembers what is now. */
  void remember() {
    before.clear();
    for (Tag tag : unit.disturbances()) {
      Sample sample = situation.sample(tag);
      boolean discrete = tag.kind() == Kind.WHOLE || tag.kind() == Kind.FLAG;
      if (discrete && sample != null && sample.quality().isGood()) {
        before.put(tag, sample.asDouble());
      }
    }
  }

  /** The first condition that is known to have changed since, or null. */
  @Nullable Tag changed() {
    for (int i = 0; i < unit.disturbances().size(); i++) {
      Tag tag = unit.disturbances().get(i);
      Double was = before.get(tag);
      Sample sample = situation.sample(tag);
      if (was != null && sample != null && sample.quality().isGood() && sample.asDouble() != was) {
        return tag;
      }
    }
    return null;
  }
}
