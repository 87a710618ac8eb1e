package io.deungdae.collector.store;

import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why tags are not good, in a device's own words. Good tags take no room here.
 *
 * <p>Hand-off: each device thread writes those of its tags, anybody reads the latest. Each new
 * reason of a device is logged once, with the first tag that had it.
 */
public final class Reasons {

  private static final Logger LOG = LoggerFactory.getLogger(Reasons.class);
  private static final int MOST_TOLD = 500;
  private static final int LONGEST = 200;

  /** A text, and the quality it explains; null while that has not come yet. */
  private record Reason(String text, @Nullable Quality quality) {}

  private final Map<String, Reason> byTag = new ConcurrentHashMap<>();
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  Reasons() {}

  /** The reason for a sample's quality; empty when it is good or nobody gave one. */
  public String of(@Nullable Sample sample) {
    if (sample == null || sample.quality().isGood()) {
      return "";
    }
    Reason reason = byTag.get(sample.tag().name());
    return reason != null && reason.quality == sample.quality() ? reason.text : "";
  }

  /** Takes a reason for what comes next of a tag. */
  void put(Tag tag, String text) {
    String shown = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    Reason known = byTag.get(tag.name());
    if (known == null || !known.text.equals(shown)) {
      byTag.put(tag.name(), new Reason(shown, null));
      tell(tag, shown);
    } else if (known.quality != null) {
      byTag.put(tag.name(), new Reason(known.text, null));
    }
  }

  private void tell(Tag tag, String text) {
    if (told.size() < MOST_TOLD && told.add(tag.device() + '\n' + text)) {
      LOG.info("not good device={} first tag={} reason={}", tag.device(), tag, text);
    }
  }

  /** A sample of the tag has come that is of another quality than the one before, or not good. */
  void came(Sample sample) {
    if (byTag.isEmpty()) {
      return;
    }
    String name = sample.tag().name();
    if (sample.quality().isGood()) {
      byTag.remove(name);
      return;
    }
    Reason known = byTag.get(name);
    if (known != null && known.quality == null) {
      byTag.put(name, new Reason(known.text, sample.quality()));
    } else if (known != null && known.quality != sample.quality()) {
      byTag.remove(name);
    }
  }
}
