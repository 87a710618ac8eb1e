package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;

/** Takes samples, and why they are not good. Used by the device's thread. */
interface Told extends Consumer<Sample> {

  /** Says why a tag's next samples are not good. */
  void reason(Tag tag, String text);

  /** Takes the sample that was made of a value. */
  default void tell(Sample sample, DataValue value) {
    if (!value.statusCode().isGood()) {
      reason(sample.tag(), StatusQuality.name(value.statusCode()));
    } else if (sample.quality() == Quality.BAD_MALFORMED) {
      Object raw = value.value().value();
      reason(
          sample.tag(),
          "the node holds "
              + (raw == null ? "nothing" : raw.getClass().getSimpleName())
              + ", which is none of the tag's type");
    }
    accept(sample);
  }
}
