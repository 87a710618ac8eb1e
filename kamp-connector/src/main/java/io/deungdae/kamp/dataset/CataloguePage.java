package io.deungdae.kamp.dataset;

import java.util.List;
import java.util.Map;

/** The catalogue as a page that any browser shows and prints; no script, nothing from elsewhere. */
final class CataloguePage {

  private static final String STYLE =
      "body{font-family:sans-serif;margin:2em;max-width:70em}table{border-collapse:collapse;"
          + "margin:.5em 0 1.5em}td,th{border:1px solid #bbb;padding:.25em .6em;text-align:left;"
          + "vertical-align:top}th{background:#f2f2f2}.wide{overflow-x:auto}";

  private final StringBuilder html = new StringBuilder();

  private CataloguePage() {}

  /** The page of a catalogue. */
  static String of(Catalogue catalogue) {
    CataloguePage page = new CataloguePage();
    String title = String.valueOf(catalogue.page().get("제목"));
    page.html
        .append("<!doctype html>\n<html lang=\"ko\"><head><meta charset=\"utf-8\"><title>")
        .append(escape(title))
        .append("</title><style>")
        .append(STYLE)
        .append("</style></head><body>\n<h1>")
        .append(escape(title))
        .append("</h1>\n");
    page.fields(catalogue.page());
    page.heading("요약");
    page.fields(catalogue.summary());
    page.heading("가이드북");
    page.fields(catalogue.guidebook());
    page.heading("속성정의표");
    page.table(catalogue.attributes());
    page.heading("기술통계");
    page.table(catalogue.statistics());
    page.heading("품질지수 (%)");
    page.fields(catalogue.quality());
    page.heading("미리보기 (" + RowMeasurer.PREVIEW_ROWS + "행)");
    page.rows(catalogue.preview());
    return page.html.append("</body></html>\n").toString();
  }

  private void heading(String text) {
    html.append("<h2>").append(escape(text)).append("</h2>\n");
  }

  private void fields(Map<String, Object> fields) {
    html.append("<table>\n");
    fields.forEach(
        (name, value) ->
            html.append("<tr><th>")
                .append(escape(name))
                .append("</th><td>")
                .append(cell(value))
                .append("</td></tr>\n"));
    html.append("</table>\n");
  }

  private void table(List<Map<String, Object>> rows) {
    html.append("<div class=\"wide\"><table>\n");
    if (!rows.isEmpty()) {
      row(List.copyOf(rows.get(0).keySet()), "th");
    }
    rows.forEach(row -> row(List.copyOf(row.values()), "td"));
    html.append("</table></div>\n");
  }

  private void rows(Map<String, Object> preview) {
    html.append("<div class=\"wide\"><table>\n");
    row((List<?>) preview.getOrDefault("열", List.of()), "th");
    for (Object cells : (List<?>) preview.getOrDefault("행", List.of())) {
      row((List<?>) cells, "td");
    }
    html.append("</table></div>\n");
  }

  private void row(List<?> cells, String element) {
    html.append("<tr>");
    for (Object cell : cells) {
      html.append('<').append(element).append('>').append(cell(cell));
      html.append("</").append(element).append('>');
    }
    html.append("</tr>\n");
  }

  private static String cell(Object value) {
    if (value instanceof Map<?, ?> map) {
      StringBuilder text = new StringBuilder();
      map.forEach(
          (name, inner) -> text.append(name).append(": ").append(plain(inner)).append('\n'));
      return escape(text.toString().strip()).replace("\n", "<br>");
    }
    return escape(plain(value));
  }

  private static String plain(Object value) {
    if (value instanceof List<?> list) {
      return String.join(", ", list.stream().map(String::valueOf).toList());
    }
    return value instanceof Double number ? Cells.rounded(number, 3) : String.valueOf(value);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
