package io.deungdae.collector.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.Section;
import io.deungdae.collector.settings.SettingsFile;
import io.deungdae.collector.settings.TagCsv;
import io.deungdae.collector.settings.TagRow;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TimeChoiceTest {

  private static final Instant SOURCE = Instant.parse("2026-11-23T06:00:00Z");
  private static final Instant SERVER = SOURCE.plusSeconds(1);
  private static final Instant ARRIVAL = SOURCE.plusSeconds(2);

  @TempDir private Path folder;

  @Test
  void whatIsNotToldFallsToTheNextClock() {
    assertEquals(SOURCE, TimeSource.SOURCE.choose(SOURCE, SERVER, ARRIVAL));
    assertEquals(SERVER, TimeSource.SOURCE.choose(null, SERVER, ARRIVAL));
    assertEquals(ARRIVAL, TimeSource.SOURCE.choose(null, null, ARRIVAL));
    assertEquals(SERVER, TimeSource.SERVER.choose(SOURCE, SERVER, ARRIVAL));
    assertEquals(ARRIVAL, TimeSource.SERVER.choose(SOURCE, null, ARRIVAL));
    assertEquals(ARRIVAL, TimeSource.ARRIVAL.choose(SOURCE, SERVER, ARRIVAL));
  }

  /** A protocol that notes the rows it is given. */
  private record Noting(List<TagRow> given) implements Protocol {
    @Override
    public String name() {
      return "noting";
    }

    @Override
    public DeviceSpec read(String device, Section section, ScanClasses scan, List<TagRow> rows) {
      given.addAll(rows);
      return new DeviceSpec() {
        @Override
        public String endpoint() {
          return "nowhere";
        }

        @Override
        public Device build(SampleSink sink, Clock clock, Runnable wake) {
          throw new AssertionError("not asked for");
        }
      };
    }
  }

  @Test
  void theDevicesChoiceHoldsForTagsWithoutOne() throws IOException {
    Path list = folder.resolve("tags.csv");
    Files.writeString(list, "tag,device,address,time\na,d,x,\nb,d,x,server\n");
    Path site = folder.resolve("site.yaml");
    Files.writeString(
        site,
        """
        devices:
          - name: d
            protocol: noting
            time: arrival
            skew: {alarm: 1min}
        """);
    Problems problems = new Problems();
    TagCsv csv = new TagCsv(problems);
    csv.read(list);
    Noting noting = new Noting(new ArrayList<>());
    Section root = SettingsFile.read(site, Overrides.none(), problems);
    DeviceSettings device = DeviceSettings.readAll(root, List.of(noting), csv.rows()).get(0);
    assertEquals(List.of(), problems.all());
    assertEquals(Duration.ofMinutes(1), device.skewAlarm());
    assertEquals(
        List.of(TimeSource.ARRIVAL, TimeSource.SERVER),
        noting.given().stream().map(Conversion::of).map(Conversion::time).toList());
  }
}
