package io.deungdae.collector.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagDetails;
import io.deungdae.collector.signal.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is counted of a device, by group of tags, by quality and by kind of failure. */
class DeviceCountersTest {

  private static Tag tag(int index, String name, String group) {
    return new Tag(index, name, "plc", Kind.NUMBER, Unit.NONE, Range.ALL, Label.of(name), null)
        .with(TagDetails.NONE.withGroup(group));
  }

  @Test
  void samplesAreCountedByGroupAndQuality() {
    Tag pv = tag(7, "furnace.zone1.pv", "");
    Tag sp = tag(9, "furnace.zone1.sp", "");
    Tag energy = tag(8, "meter.kw", "energy");
    DeviceCounters counters = new DeviceCounters(List.of(pv, energy, sp));
    counters.sample(Sample.number(pv, 1, Instant.EPOCH, Instant.EPOCH, 0));
    counters.sample(Sample.bad(sp, Quality.BAD_TIMEOUT, Instant.EPOCH, 0));
    counters.sample(Sample.bad(energy, Quality.BAD_MALFORMED, Instant.EPOCH, 0));
    counters.sample(Sample.bad(tag(99, "of.another", ""), Quality.BAD_TIMEOUT, Instant.EPOCH, 0));

    assertEquals(
        List.of("furnace.zone1", "energy"),
        counters.groups().stream().map(DeviceCounters.Group::name).toList());
    assertEquals(2, counters.groups().get(0).samples());
    assertEquals(1, counters.groups().get(0).badSamples());
    assertEquals(1, counters.samples(Quality.BAD_MALFORMED));
    assertEquals(1, counters.samples(Quality.GOOD));
  }

  @Test
  void delaysAreThoseOfGoodSamplesWithATimeOfTheirOwn() {
    Tag pv = tag(0, "line.pv", "");
    DeviceCounters counters = new DeviceCounters(List.of(pv));
    Instant now = Instant.parse("2026-11-23T12:00:00Z");
    counters.sample(Sample.number(pv, 1, now.minusMillis(250), now, 0));
    counters.sample(Sample.number(pv, 1, now.plusSeconds(5), now, 0)); // its clock is ahead
    counters.sample(Sample.number(pv, 1, now, now, 0));
    counters.sample(Sample.number(pv, 1, Instant.EPOCH, now, 0));
    counters.sample(Sample.bad(pv, Quality.BAD_TIMEOUT, now, 0));
    DeviceCounters.Group line = counters.groups().get(0);
    assertEquals(2, line.timedSamples());
    assertEquals(250_000, line.delayMicros());
  }

  @Test
  void aDeviceWithTooManyGroupsDoesNotFloodWhoeverScrapes() {
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      tags.add(tag(i, "machine" + i + ".state", ""));
    }
    DeviceCounters counters = new DeviceCounters(tags);
    assertEquals(DeviceCounters.MOST_GROUPS + 1, counters.groups().size());
    assertEquals(1_000, counters.groups().stream().mapToInt(group -> group.tags().size()).sum());
  }

  @Test
  void failuresAreCountedByKind() {
    DeviceCounters counters = new DeviceCounters(List.of());
    counters.failure(DeviceException.Kind.TIMEOUT);
    counters.failure(DeviceException.Kind.TIMEOUT);
    counters.failure(DeviceCounters.Failure.WRITE);
    assertEquals(2, counters.failures(DeviceCounters.Failure.TIMEOUT));
    assertEquals(1, counters.failures(DeviceCounters.Failure.WRITE));
    assertEquals(0, counters.failures(DeviceCounters.Failure.CONNECT));
  }

  @Test
  void roundTripsTellMedianAndTail() {
    RoundTrips trips = new RoundTrips();
    assertEquals(-1, trips.percentileMicros(0.5));
    for (int i = 0; i < 98; i++) {
      trips.add(1_500);
    }
    trips.add(80_000);
    trips.add(9_000_000);
    long median = trips.percentileMicros(0.5);
    assertTrue(median > 1_000 && median <= 2_000, "median " + median);
    long tail = trips.percentileMicros(0.99);
    assertTrue(tail > 50_000 && tail <= 100_000, "p99 " + tail);
    assertEquals(100, trips.steps().stream().mapToLong(RoundTrips.Step::count).sum());
    assertEquals(98 * 1_500 + 80_000 + 9_000_000, trips.sumMicros());
  }
}
