package io.deungdae.collector.driver;

import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Unit;
import io.deungdae.collector.signal.WritePolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tags for tests. */
public final class Tags {

  private Tags() {}

  public static Tag read(int index, String name, Kind kind) {
    return tag(index, name, kind, null);
  }

  /** Limits 0 to 1000, tolerance 0.5, hold 2 s. */
  public static Tag writable(int index, String name, Kind kind, double safe) {
    return tag(index, name, kind, policy(new Range(0, 1000), safe));
  }

  public static WritePolicy policy(Range range, double safe) {
    return new WritePolicy(range, 1000, Double.POSITIVE_INFINITY, Duration.ofSeconds(2), safe, 0.5);
  }

  public static Tag tag(int index, String name, Kind kind, @Nullable WritePolicy write) {
    return new Tag(index, name, "plc", kind, Unit.NONE, Range.ALL, Label.of(name), write);
  }
}
