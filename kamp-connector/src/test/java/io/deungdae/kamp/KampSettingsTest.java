package io.deungdae.kamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.settings.Problem;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.Section;
import io.deungdae.collector.settings.SettingsFile;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.collector.signal.Unit;
import io.deungdae.kamp.dataset.ColumnSpec;
import io.deungdae.kamp.dataset.CsvEncoding;
import io.deungdae.kamp.dataset.DataSetSpec;
import io.deungdae.kamp.dataset.Relation;
import io.deungdae.kamp.dataset.Role;
import io.deungdae.kamp.delivery.S3Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KampSettingsTest {

  private static final String STORE =
      """
      enabled: true
      endpoint: https://kr.object.ncloudstorage.com
      bucket: factory
      accessKey: keys/access
      secretKey: keys/secret
      """;

  private static final String DATA_SET =
      """
      datasets:
        - name: imm
          columns:
            - {name: Cycle_Time, tag: imm.cycle}
      """;

  private final TagTable tags =
      new TagTable(
          List.of(
              tag(0, "imm.cycle", Kind.NUMBER),
              tag(1, "imm.shot", Kind.WHOLE),
              tag(2, "imm.name", Kind.TEXT)));
  private final Problems problems = new Problems();

  @TempDir Path folder;

  @Test
  void deliveringIsOffUntilItIsEnabled() throws IOException {
    assertTrue(read("enabled: false\n").isEmpty());
    assertTrue(read((STORE + DATA_SET).replace("enabled: true", "enabled: false")).isEmpty());
    assertTrue(problems.isEmpty(), problems.all().toString());
  }

  @Test
  void defaultsAreThoseOfTheDocumentation() throws IOException {
    KampSettings settings = read(STORE + DATA_SET).orElseThrow();
    assertTrue(problems.isEmpty(), problems.all().toString());
    S3Settings store = settings.store();
    assertEquals("kr-standard", store.region());
    assertTrue(store.pathStyle());
    assertTrue(store.verifyEtag());
    assertFalse(store.createBucket());
    assertEquals("", store.prefix());
    assertEquals(folder.resolve("data/kamp"), settings.folder());
    assertEquals(Duration.ofHours(1), settings.every());
    assertEquals(Duration.ofSeconds(10), settings.settle());
    assertEquals(Duration.ZERO, settings.backfill());
    DataSetSpec dataSet = settings.dataSets().get(0);
    assertEquals(Duration.ofSeconds(1), dataSet.step());
    assertEquals(Duration.ofSeconds(60), dataSet.lookBack());
    assertEquals(ZoneId.of("Asia/Seoul"), dataSet.zone());
    assertEquals(CsvEncoding.UTF_8_BOM, dataSet.encoding());
    ColumnSpec column = dataSet.columns().get(0);
    assertEquals(new Range(0, 60), column.range());
    assertEquals(Role.INPUT, column.role());
    assertEquals("사이클", column.description().ko());
  }

  @Test
  void everyKeyChangesItsField() throws IOException {
    KampSettings settings =
        read("""
        enabled: true
        endpoint: http://10.1.2.3:9000
        allowHttp: true
        region: kr1
        pathStyle: false
        bucket: kamp.data-1
        prefix: /a/b/
        accessKey: a
        secretKey: s
        createBucket: true
        verifyEtag: false
        folder: elsewhere
        every: 10min
        settle: 30s
        backfill: 7d
        retryFirst: 1s
        retryLongest: 1h
        datasets:
          - name: imm-1
            title: {en: Shots, ko: 쇼트}
            summary: 한줄
            introduction: 소개
            process: 사출성형
            industry: 플라스틱
            field: 뿌리
            purpose: 품질보증
            issue: 불량
            equipment: 사출기
            provider: 등대
            licence: 콘텐츠 변경허용
            contract: C-1
            registered: 2026-01-02
            algorithm: LSTM
            findings: 없음
            labelMeaning: 1=합격
            tags: ["#a", "#b"]
            step: 2s
            lookBack: 20s
            timeColumn: 일시
            zone: UTC
            encoding: cp949
            columns:
              - {name: Cycle_Time, tag: imm.cycle, low: 5, high: 30, jump: 4, role: output, description: 주기}
              - {name: 쇼트, tag: imm.shot, role: label}
            consistency:
              - {left: Cycle_Time, is: at-most, right: 쇼트}
        """)
            .orElseThrow();
    assertTrue(problems.isEmpty(), problems.all().toString());
    S3Settings store = settings.store();
    assertEquals(URI.create("http://10.1.2.3:9000"), store.endpoint());
    assertEquals("kr1", store.region());
    assertEquals("kamp.data-1", store.bucket());
    assertFalse(store.pathStyle());
    assertEquals("a/b", store.prefix());
    assertTrue(store.createBucket());
    assertFalse(store.verifyEtag());
    assertEquals(folder.resolve("data/elsewhere"), settings.folder());
    assertEquals(Duration.ofMinutes(10), settings.every());
    assertEquals(Duration.ofSeconds(30), settings.settle());
    assertEquals(Duration.ofDays(7), settings.backfill());
    assertEquals(Duration.ofSeconds(1), settings.retryFirst());
    assertEquals(Duration.ofHours(1), settings.retryLongest());
    DataSetSpec dataSet = settings.dataSets().get(0);
    assertEquals("imm-1", dataSet.name());
    assertEquals(new Label("Shots", "쇼트"), dataSet.card().title());
    assertEquals("2026-01-02", dataSet.card().registered());
    assertEquals(List.of("#a", "#b"), dataSet.card().tags());
    assertEquals(Duration.ofSeconds(2), dataSet.step());
    assertEquals(Duration.ofSeconds(20), dataSet.lookBack());
    assertEquals("일시", dataSet.timeColumn());
    assertEquals(ZoneId.of("UTC"), dataSet.zone());
    assertEquals(CsvEncoding.CP949, dataSet.encoding());
    ColumnSpec column = dataSet.columns().get(0);
    assertEquals(new Range(5, 30), column.range());
    assertEquals(4, column.jump());
    assertEquals(Role.OUTPUT, column.role());
    assertEquals("주기", column.description().ko());
    assertEquals(List.of(new Relation(0, Relation.Comparison.AT_MOST, 1)), dataSet.relations());
  }

  @Test
  void everyMistakeIsToldAtOnceWithItsPlace() throws IOException {
    read(
        """
        enabled: true
        endpoint: http://example.com
        bucket: Not A Bucket
        every: 10s
        datasets:
          - name: Bad Name
            step: 3s
            zone: Mars/Base
            registered: tomorrow
            columns:
              - {name: a.b, tag: imm.cycle}
              - {name: b, tag: no.such}
              - {name: c, tag: imm.name}
              - {name: d, tag: imm.shot, low: 9, high: 1}
              - {name: e, tag: imm.shot, colour: red}
            consistency:
              - {left: a.b, is: above, right: z}
        """);
    List<String> keys = problems.all().stream().map(Problem::key).toList();
    for (String key :
        List.of(
            "endpoint",
            "bucket",
            "accessKey",
            "secretKey",
            "datasets.Bad Name.name",
            "datasets.Bad Name.step",
            "datasets.Bad Name.zone",
            "datasets.Bad Name.registered",
            "datasets.Bad Name.columns.a.b.name",
            "datasets.Bad Name.columns.b.tag",
            "datasets.Bad Name.columns.c.tag",
            "datasets.Bad Name.columns.d.high",
            "datasets.Bad Name.columns.e.colour",
            "datasets.Bad Name.consistency.[0].is",
            "datasets.Bad Name.consistency.[0].right")) {
      assertTrue(keys.contains(key), key + " not in " + keys);
    }
  }

  @Test
  void plainHttpIsForLoopbackOnlyUnlessAllowed() throws IOException {
    read(STORE.replace("https://kr.object.ncloudstorage.com", "http://127.0.0.1:1234") + DATA_SET);
    assertTrue(problems.isEmpty(), problems.all().toString());
    read(STORE.replace("https://kr.object", "http://kr.object") + DATA_SET);
    assertEquals("endpoint", problems.all().get(0).key());
  }

  @Test
  void secretsAreNeverShown() throws IOException {
    KampSettings settings = read(STORE + DATA_SET).orElseThrow();
    assertFalse(settings.toString().contains("keys/secret"), settings.toString());
  }

  private Optional<KampSettings> read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("site.yaml"), "# site\n" + yaml);
    Section section = SettingsFile.read(file, Overrides.none(), problems);
    return KampSettings.read(section, tags);
  }

  private static Tag tag(int index, String name, Kind kind) {
    return new Tag(
        index, name, "imm", kind, Unit.NONE, new Range(0, 60), new Label("cycle", "사이클"), null);
  }
}
