package io.deungdae.collector.forward;

import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.collector.signal.Unit;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.HistorianSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Tags and samples of a made-up device. */
final class Plc {

  static final Tag PRESSURE = tag(0, "line 1.pressure, \"hot\"", Kind.NUMBER, "kg/cm²");
  static final Tag SHOTS = tag(1, "line1.shots", Kind.WHOLE, "");
  static final Tag LOT = tag(2, "line1.lot", Kind.TEXT, "");
  static final TagTable TAGS = new TagTable(List.of(PRESSURE, SHOTS, LOT));

  private Plc() {}

  private static Tag tag(int index, String name, Kind kind, String unit) {
    return new Tag(index, name, "plc=1", kind, new Unit(unit), Range.ALL, Label.of(name), null);
  }

  static Sample sample(Tag tag, Value value, Instant at) {
    return new Sample(tag, value, Quality.GOOD, at, at.plusMillis(2), 0);
  }

  static Historian historian(Path folder) throws IOException {
    HistorianSettings usual = HistorianSettings.in(folder);
    return Historian.open(
        new HistorianSettings(
            folder,
            Duration.ofMillis(20),
            Duration.ZERO,
            usual.commitRows(),
            usual.queueRows(),
            usual.retention(),
            usual.keepFreeMb(),
            usual.timeBehind(),
            usual.timeAhead()),
        Clock.system());
  }
}
