package io.deungdae.collector.driver;

import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.time.Instant;
import java.util.List;

/** Takes samples from a device. Called by the device's own thread. */
@FunctionalInterface
public interface SampleSink {

  /** The ticket of a batch that was not taken, as nothing can be written. */
  long REFUSED = Long.MAX_VALUE;

  /**
   * Takes a batch, in the order in which the device gave it.
   *
   * @return a ticket: the samples are durable once the historian's committed ticket reaches it;
   *     {@link #REFUSED} when they were not all taken, and have to be sent again where that can be
   */
  long accept(List<Sample> batch);

  /**
   * Says why a tag's next samples are not good, in words that help to mend it: {@code
   * Bad_NodeIdUnknown}, {@code illegal data address}. To be called before the sample it explains;
   * it stands until another is given or the tag is good again.
   *
   * @param text short, in English, without secrets
   */
  default void reason(Tag tag, String text) {}

  /**
   * Counts a message, or a value in one, that could not be read, and keeps it as the device's last
   * error.
   *
   * @param sample short, in English: where it came from, what is wrong, and how it begins
   */
  default void malformed(String sample) {}

  /** Takes a bad sample of each tag, all for the same reason. */
  default void bad(List<Tag> tags, Quality why, String reason, Instant now, long nowNs) {
    tags.forEach(tag -> reason(tag, reason));
    accept(tags.stream().map(tag -> Sample.bad(tag, why, now, nowNs)).toList());
  }

  /**
   * The highest ticket up to which everything is safely on disk, for protocols that acknowledge
   * what they were given. A sink that keeps nothing answers that all is.
   */
  default long committed() {
    return Long.MAX_VALUE;
  }

  /**
   * Takes samples of the past, which a device had kept while it could not be reached: for the
   * history, not for those who want the tags' latest values.
   *
   * @return a ticket, as from {@link #accept}
   */
  default long acceptPast(List<Sample> batch) {
    return accept(batch);
  }

  /**
   * Of samples that a device gives once more, because it does not know whether we have them, those
   * that are not stored: told apart by tag, source time and value. Reads the history; for the few
   * messages that were under way when a link broke. A sink that keeps nothing answers all of them.
   */
  default List<Sample> unknown(List<Sample> again) {
    return again;
  }
}
