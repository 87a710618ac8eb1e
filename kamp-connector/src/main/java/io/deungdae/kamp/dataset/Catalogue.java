package io.deungdae.kamp.dataset;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The catalogue document with the fields of a KAMP page and guidebook, in KAMP's words and order.
 * It depends on the specification and the rows only, so that making it again gives the same bytes.
 */
final class Catalogue {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);

  private final DataSetSpec spec;
  private final Card card;
  private final Window window;
  private final Measured measured;
  private final List<DataFile> data;

  Catalogue(DataSetSpec spec, Window window, Measured measured, List<DataFile> data) {
    this.spec = spec;
    this.card = spec.card();
    this.window = window;
    this.measured = measured;
    this.data = List.copyOf(data);
  }

  /** The whole document. */
  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.putAll(page());
    document.put("요약", summary());
    document.put("가이드북", guidebook());
    document.put("속성정의표", attributes());
    document.put("기술통계", statistics());
    document.put("품질지수", quality());
    document.put("결측 30% 이상 열", measured.gappy());
    document.put("미리보기", preview());
    document.put("파일", files());
    return document;
  }

  /** The fields at the top of a KAMP page. */
  Map<String, Object> page() {
    DateTimeFormatter local = DAY.withZone(spec.zone());
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("제목", card.title().ko());
    page.put("제목(영문)", card.title().en());
    page.put("한줄설명", card.summary());
    page.put("업종", card.industry());
    page.put("유형", List.of("csv", "parquet"));
    page.put("목적", card.purpose());
    page.put(
        "제조데이터 등록일", card.registered().isBlank() ? local.format(window.from()) : card.registered());
    page.put("최종 수정일자", local.format(window.to()));
    page.put("사용조건", card.licence());
    page.put("제공기관(수행기관)", card.provider());
    page.put("공유계약 번호", card.contract());
    page.put("태그", card.tags());
    page.put("적용공정", card.process());
    page.put("소개", card.introduction());
    return page;
  }

  /** The summary table of a KAMP page. */
  Map<String, Object> summary() {
    Map<String, Object> collection = new LinkedHashMap<>();
    collection.put("변수명", names());
    collection.put("수집방법", card.equipment() + ", " + seconds() + " 주기 격자(직전 양호값)");
    collection.put("확장자", "csv(" + spec.encoding().label() + "), parquet");
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("1 분석목적(현장이슈)", card.issue());
    summary.put("2 제조데이터셋 형태 및 수집방법", collection);
    summary.put("3 데이터 개수/총량", measured.rows() + "개, " + bytes() + " bytes");
    summary.put("4 분석적용 알고리즘", card.algorithm());
    summary.put("5 분석결과 및 시사점", card.findings());
    summary.put("6 최소 요구환경", "CSV 또는 Apache Parquet를 읽는 소프트웨어");
    return summary;
  }

  /** The fields that a guidebook adds. */
  Map<String, Object> guidebook() {
    Map<String, Object> book = new LinkedHashMap<>();
    book.put("출처 표기(국문)", card.provider() + ", 「" + card.title().ko() + "」, 중소벤처기업부, KAMP");
    book.put(
        "출처 표기(영문)", card.provider() + ", \"" + card.title().en() + "\", Ministry of SMEs, KAMP");
    book.put("제조 분야", card.field());
    book.put("제조 공정명", card.process());
    book.put("수집 장비", card.equipment());
    DateTimeFormatter times = CsvFile.times(spec);
    book.put("수집 기간", times.format(window.from()) + " ~ " + times.format(window.to()));
    book.put("시간대", spec.zone().getId());
    book.put("수집 주기", seconds());
    book.put("독립변수", names(Role.INPUT));
    book.put("종속변수", names(Role.OUTPUT));
    book.put("라벨", names(Role.LABEL));
    book.put("라벨 의미", card.labelMeaning());
    return book;
  }

  /** 속성정의표. */
  List<Map<String, Object>> attributes() {
    List<Map<String, Object>> table = new ArrayList<>();
    table.add(attribute(spec.timeColumn(), "수집 일시", "", "datetime", spec.zone().getId(), ""));
    for (ColumnSpec column : spec.columns()) {
      table.add(
          attribute(
              column.name(),
              column.description().ko(),
              column.tag().unit().symbol(),
              column.type(),
              range(column),
              column.role().ko()));
    }
    return table;
  }

  private static Map<String, Object> attribute(
      String name, String description, String unit, String type, String range, String role) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("변수명", name);
    row.put("설명", description);
    row.put("단위", unit);
    row.put("데이터타입", type);
    row.put("수집범위", range);
    row.put("구분", role);
    return row;
  }

  private static String range(ColumnSpec column) {
    String low = Cells.text(column.tag().kind(), column.range().low());
    String high = Cells.text(column.tag().kind(), column.range().high());
    return low.isEmpty() && high.isEmpty() ? "" : low + " ~ " + high;
  }

  /** 기술통계. */
  List<Map<String, Object>> statistics() {
    List<Map<String, Object>> table = new ArrayList<>();
    for (int i = 0; i < spec.columns().size(); i++) {
      ColumnStatistics of = measured.statistics().get(i);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("변수명", spec.columns().get(i).name());
      row.put("개수", of.count());
      row.put("결측", of.missing());
      row.put("평균", Cells.rounded(of.mean(), 6));
      row.put("표준편차", Cells.rounded(of.deviation(), 6));
      row.put("최솟값", Cells.rounded(of.min(), 6));
      row.put("25%", Cells.rounded(of.q1(), 6));
      row.put("50%", Cells.rounded(of.median(), 6));
      row.put("75%", Cells.rounded(of.q3(), 6));
      row.put("최댓값", Cells.rounded(of.max(), 6));
      table.add(row);
    }
    return table;
  }

  /** 품질지수, in %, with what was counted. */
  Map<String, Object> quality() {
    Map<String, Object> quality = new LinkedHashMap<>();
    measured.counts().indices().byName().forEach((name, index) -> quality.put(name, index));
    QualityCounts counts = measured.counts();
    Map<String, Object> counted = new LinkedHashMap<>();
    counted.put("전체 행", counts.rows());
    counted.put("전체 값", counts.cells());
    counted.put("결측", counts.missing());
    counted.put("유일", counts.unique());
    counted.put("유효", counts.valid());
    counted.put("일관", counts.consistent());
    counted.put("위배", counts.violating());
    quality.put("집계", counted);
    return quality;
  }

  /** The first rows with their header. */
  Map<String, Object> preview() {
    Map<String, Object> preview = new LinkedHashMap<>();
    preview.put("열", names());
    preview.put("행", measured.preview());
    return preview;
  }

  private List<Map<String, Object>> files() {
    List<Map<String, Object>> files = new ArrayList<>();
    for (DataFile file : data) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("이름", file.name());
      entry.put("크기", file.bytes());
      entry.put("sha256", file.sha256());
      files.add(entry);
    }
    return files;
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    names.add(spec.timeColumn());
    spec.columns().forEach(column -> names.add(column.name()));
    return names;
  }

  private List<String> names(Role role) {
    return spec.columns().stream()
        .filter(column -> column.role() == role)
        .map(ColumnSpec::name)
        .toList();
  }

  private String seconds() {
    return Cells.rounded(spec.step().toMillis() / 1000.0, 3) + "초";
  }

  private long bytes() {
    return data.stream().mapToLong(DataFile::bytes).sum();
  }
}
