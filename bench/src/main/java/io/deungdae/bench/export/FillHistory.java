package io.deungdae.bench.export;

import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Unit;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.HistorianSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Fills a site's history with rows of 50 tags at one second, for {@code bench/export}. */
public final class FillHistory {

  private static final int TAGS = 50;
  private static final int BATCH = 20_000;

  private FillHistory() {}

  /** Arguments: the site's folder, and how many rows. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    long rows = Long.parseLong(arguments[1]);
    List<Tag> tags = site(folder);
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    HistorianSettings settings = HistorianSettings.in(folder.resolve("data/history")).keepingAll();
    try (Historian historian = Historian.open(settings, Clock.system())) {
      List<Sample> batch = new ArrayList<>(BATCH);
      for (long row = 0; row < rows; row++) {
        Instant at = start.plusSeconds(row / TAGS);
        Tag tag = tags.get((int) (row % TAGS));
        batch.add(new Sample(tag, Value.of(Math.sin(row / 1e4) * 400), Quality.GOOD, at, at, 0));
        if (batch.size() == BATCH || row == rows - 1) {
          historian.append(batch);
          batch.clear();
        }
      }
    }
  }

  private static List<Tag> site(Path folder) throws IOException {
    List<Tag> tags = new ArrayList<>();
    StringBuilder list = new StringBuilder("tag,device,address,type\n");
    for (int i = 0; i < TAGS; i++) {
      String name = "line1.signal" + i;
      tags.add(new Tag(i, name, "plc", Kind.NUMBER, new Unit(""), Range.ALL, Label.of(name), null));
      list.append(name).append(",plc,hr:").append(2 * i).append(",float32\n");
    }
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("tags.csv"), list);
    Files.writeString(
        folder.resolve("site.yaml"),
        """
        name: bench
        data: data
        tags: [tags.csv]
        historian: {folder: history, retention: 0s, keepFreeMb: 0}
        console: {port: 0}
        devices:
          - name: plc
            protocol: modbus
            enabled: false
            modbus: {host: 127.0.0.1, port: 1}
        """);
    return tags;
  }
}
