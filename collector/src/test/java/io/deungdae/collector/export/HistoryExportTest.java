package io.deungdae.collector.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.history.WideSpec;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a real history to files that other people's software reads. */
final class HistoryExportTest {

  private static final Instant T0 = Instant.parse("2026-11-23T06:00:00Z");
  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  private static final int ROWS = 20_000;

  private static final Tag TEMP = tag(0, "온도.zone1", Kind.NUMBER);
  private static final Tag COUNT = tag(1, "press.count", Kind.WHOLE);
  private static final Tag RUN = tag(2, "press.run", Kind.FLAG);
  private static final Tag LOT = tag(3, "press.lot", Kind.TEXT);
  private static final List<String> ALL =
      List.of(TEMP.name(), COUNT.name(), RUN.name(), LOT.name());

  @TempDir Path folder;
  private Historian historian;

  private static Tag tag(int index, String name, Kind kind) {
    return new Tag(index, name, "plc", kind, new Unit(""), Range.ALL, Label.of(name), null);
  }

  @BeforeEach
  void open() throws IOException {
    HistorianSettings usual = HistorianSettings.in(folder.resolve("history"));
    historian =
        Historian.open(
            new HistorianSettings(
                usual.folder(),
                Duration.ofMillis(10),
                Duration.ZERO,
                usual.commitRows(),
                usual.queueRows(),
                usual.retention(),
                usual.keepFreeMb(),
                usual.timeBehind(),
                usual.timeAhead()),
            Clock.system());
  }

  @AfterEach
  void close() throws IOException {
    historian.close();
  }

  private static Sample sample(Tag tag, Value value, long ms) {
    Instant at = T0.plusMillis(ms);
    return new Sample(tag, value, Quality.GOOD, at, at.plusNanos(1_234_000), 0);
  }

  private void store(List<Sample> samples) {
    historian.append(samples);
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (historian.count() < samples.size() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(20_000_000);
    }
    assertEquals(samples.size(), historian.count());
  }

  private List<Sample> mixed() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      samples.add(sample(TEMP, Value.of(i / 10.0), 100L * i));
    }
    samples.add(sample(COUNT, Value.of(Long.MAX_VALUE), 0));
    samples.add(sample(COUNT, Value.of(-7L), 1_000));
    samples.add(sample(RUN, Value.of(true), 0));
    samples.add(sample(LOT, Value.of("A,\"1\"\n호기"), 0));
    Instant bad = T0.plusMillis(2_500);
    samples.add(Sample.bad(RUN, Quality.BAD_NO_LINK, bad, 0));
    return samples;
  }

  private HistoryExport export(Format format) {
    return new HistoryExport(historian::read, format, SEOUL);
  }

  private static List<List<String>> duck(String sql) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<List<String>> all = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        all.add(row);
      }
      return all;
    }
  }

  @Test
  void duckDbReadsTheLongParquetBackExactly() throws IOException, SQLException {
    store(mixed());
    Path file = folder.resolve("long.parquet");
    long rows =
        export(Format.PARQUET)
            .writeLong(Files.newOutputStream(file), ALL, T0, T0.plusSeconds(10_000), n -> true);
    assertEquals(ROWS + 5, rows);
    assertEquals(
        List.of(
            List.of("time", "TIMESTAMP WITH TIME ZONE"),
            List.of("tag", "VARCHAR"),
            List.of("value", "DOUBLE"),
            List.of("whole", "BIGINT"),
            List.of("text", "VARCHAR"),
            List.of("quality", "VARCHAR"),
            List.of("arrival", "TIMESTAMP WITH TIME ZONE")),
        duck("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '" + file + "')"));
    double sum = (double) ROWS * (ROWS - 1) / 2 / 10;
    assertEquals(
        List.of(
            List.of(
                "" + ROWS,
                "true",
                "" + T0.toEpochMilli() * 1000,
                "" + (T0.toEpochMilli() + 100L * (ROWS - 1)) * 1000,
                "1234")),
        duck(
            "SELECT count(*), abs(sum(value) - "
                + sum
                + ") < 0.01, epoch_us(min(time)), epoch_us(max(time)),"
                + " max(epoch_us(arrival) - epoch_us(time)) FROM '"
                + file
                + "' WHERE tag = '온도.zone1'"));
    assertEquals(
        List.of(List.of("" + Long.MAX_VALUE), List.of("-7")),
        duck("SELECT whole FROM '" + file + "' WHERE tag = 'press.count' ORDER BY time"));
    assertEquals(
        List.of(List.of("A,\"1\"\n호기")),
        duck("SELECT text FROM '" + file + "' WHERE tag = 'press.lot'"));
    assertEquals(
        List.of(List.of("true")),
        duck("SELECT value IS NULL FROM '" + file + "' WHERE quality = 'BAD_NO_LINK'"));
  }

  @Test
  void duckDbReadsTheWideParquetWithTheTypesOfTheTags() throws IOException, SQLException {
    store(mixed());
    Path file = folder.resolve("wide.parquet");
    WideSpec spec =
        new WideSpec(
            List.of(
                new WideSpec.Column(TEMP.name(), Kind.NUMBER),
                new WideSpec.Column(COUNT.name(), Kind.WHOLE),
                new WideSpec.Column(RUN.name(), Kind.FLAG),
                new WideSpec.Column(LOT.name(), Kind.TEXT)),
            T0,
            T0.plusSeconds(2_000),
            Duration.ofSeconds(1),
            Optional.empty(),
            WideSpec.Fill.LAST,
            Duration.ofSeconds(3));
    assertEquals(
        2_000, export(Format.PARQUET).writeWide(Files.newOutputStream(file), spec, n -> true));
    assertEquals(
        List.of(List.of("DOUBLE", "BIGINT", "BOOLEAN", "VARCHAR", "2000", "1999.0", "-7", "4")),
        duck(
            "SELECT any_value(typeof(\"온도.zone1\")), any_value(typeof(\"press.count\")),"
                + " any_value(typeof(\"press.run\")), any_value(typeof(\"press.lot\")), count(*),"
                + " max(\"온도.zone1\"), min(\"press.count\"), count(\"press.run\") FROM '"
                + file
                + "'"));
  }

  @Test
  void csvHasLocalTimesExactNumbersAndQuotes() throws IOException {
    store(
        List.of(
            sample(COUNT, Value.of(Long.MAX_VALUE), 0),
            sample(TEMP, Value.of(1e-7), 1),
            sample(LOT, Value.of("A,\"1\""), 2),
            Sample.bad(RUN, Quality.BAD_TIMEOUT, T0.plusNanos(3_000_500), 0)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    export(Format.EXCEL).writeLong(bytes, ALL, T0, T0.plusSeconds(1), n -> true);
    assertEquals(
        "\uFEFFtime,tag,value,quality,arrival\r\n"
            + "2026-11-23T15:00:00.000+09:00,press.count,9223372036854775807,GOOD,"
            + "2026-11-23T15:00:00.001234+09:00\r\n"
            + "2026-11-23T15:00:00.001+09:00,온도.zone1,0.0000001,GOOD,"
            + "2026-11-23T15:00:00.002234+09:00\r\n"
            + "2026-11-23T15:00:00.002+09:00,press.lot,\"A,\"\"1\"\"\",GOOD,"
            + "2026-11-23T15:00:00.003234+09:00\r\n"
            + "2026-11-23T15:00:00.003+09:00,press.run,,BAD_TIMEOUT,"
            + "2026-11-23T15:00:00.003+09:00\r\n",
        bytes.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aFileThatIsNotFinishedIsNotThere() throws IOException {
    Path file = folder.resolve("out.csv");
    Files.writeString(file, "old");
    assertThrows(
        IOException.class,
        () -> {
          try (NewFile fresh = new NewFile(file)) {
            fresh.out().write("half".getBytes(StandardCharsets.UTF_8));
            throw new IOException("the disk is full");
          }
        });
    assertEquals("old", Files.readString(file));
    try (NewFile fresh = new NewFile(file)) {
      fresh.out().write("whole".getBytes(StandardCharsets.UTF_8));
      fresh.finish();
    }
    assertEquals("whole", Files.readString(file));
    try (var inside = Files.list(folder)) {
      assertFalse(inside.anyMatch(path -> path.toString().endsWith(".part")));
    }
  }

  @Test
  void readingStopsWhenItIsToldTo() throws IOException {
    store(mixed());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long rows = export(Format.JSONL).writeLong(bytes, ALL, T0, T0.plusSeconds(9_999), n -> n < 10);
    assertEquals(10, rows);
    assertEquals(10, bytes.toString(StandardCharsets.UTF_8).lines().count());
    assertTrue(historian.names().containsAll(ALL));
    assertEquals(Optional.of(Kind.WHOLE), historian.kind(COUNT.name(), T0, T0.plusSeconds(9)));
    assertEquals(2, historian.count(List.of(COUNT.name()), T0, T0.plusSeconds(9_999)));
    assertEquals(T0, historian.extent().orElseThrow().from());
  }
}
