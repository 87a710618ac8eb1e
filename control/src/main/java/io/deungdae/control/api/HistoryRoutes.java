package io.deungdae.control.api;

import io.deungdae.collector.export.Format;
import io.deungdae.collector.export.HistoryDesk;
import io.deungdae.collector.export.HistoryQuery;
import io.deungdae.collector.export.RowStream;
import io.deungdae.collector.history.ValueAt;
import io.deungdae.collector.past.PastSink;
import io.deungdae.collector.past.PastValue;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Value;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers questions for history. Rows and tables are sent as they are read, in constant memory;
 * when something goes wrong on the way the connection is broken, so that half an answer never looks
 * like a whole one. At most two are under way at once. Called on worker threads.
 */
final class HistoryRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(HistoryRoutes.class);
  private static final int AT_ONCE = 2;

  /** Rows for another of our programs, with the columns of a CSV or of a Parquet file. */
  private static final Map<String, String> STREAMS =
      Map.of("stream", "csv", "stream-typed", "parquet");

  private final Gateway gateway;
  private final Clock clock;
  private final Semaphore turns = new Semaphore(AT_ONCE);

  HistoryRoutes(Gateway gateway, Clock clock) {
    this.gateway = gateway;
    this.clock = clock;
  }

  /** What a question comes to. */
  Wire.HistoryPlan plan(RoutingContext ctx) {
    return allowed(
        () -> {
          HistoryDesk.Plan plan = gateway.history().plan(query(texts(ctx), "rows"));
          return new Wire.HistoryPlan(
              plan.tags(), plan.from().toEpochMilli(), plan.to().toEpochMilli(), plan.rows());
        });
  }

  /** Values at a time. */
  List<Wire.HistoryValue> at(RoutingContext ctx) {
    Map<String, String> texts = texts(ctx);
    String time = Optional.ofNullable(texts.remove("time")).orElse("now");
    return allowed(
        () -> {
          HistoryQuery query = HistoryQuery.parse(texts, clock.now());
          Instant at =
              HistoryQuery.time("time", time, query.zone(), clock.now()).orElse(clock.now());
          return gateway.history().at(query.tags(), at, query.reach()).stream()
              .map(HistoryRoutes::value)
              .toList();
        });
  }

  /** Puts values of the past. */
  Wire.PastAnswer put(Wire.PastRequest request, Identity who) throws IOException {
    List<PastValue> values = new ArrayList<>();
    for (Wire.PastRow row : Optional.ofNullable(request.rows()).orElse(List.of())) {
      values.add(new PastValue(String.valueOf(row.tag()), row.us(), value(row)));
    }
    PastSink.Answer answer = gateway.past().put(values);
    if (Boolean.TRUE.equals(request.finish())) {
      gateway.past().finish();
      gateway.audit("history-imported", who.name(), "");
    }
    return new Wire.PastAnswer(
        answer.stored(),
        answer.known(),
        answer.differing(),
        answer.refusals().stream()
            .map(refusal -> new Wire.PastRefusal(refusal.index(), refusal.expected()))
            .toList());
  }

  private static Value value(Wire.PastRow row) {
    Long whole = row.whole();
    Double number = row.number();
    Boolean flag = row.flag();
    String text = row.text();
    if (whole != null) {
      return Value.of(whole);
    }
    if (number != null && Double.isFinite(number)) {
      return Value.of(number);
    }
    if (flag != null) {
      return Value.of(flag);
    }
    if (text != null) {
      return Value.of(text);
    }
    throw new ApiException(
        400,
        "bad-request",
        new Label(
            "each row needs a number, whole, flag or text",
            "각 행에는 number, whole, flag, text 중 하나가 필요합니다"));
  }

  private static Wire.HistoryValue value(ValueAt value) {
    return new Wire.HistoryValue(
        value.tag(),
        value.at().toString(),
        plain(value.value()),
        value.how().isKnown(),
        value.how().name());
  }

  private static @Nullable Object plain(Value value) {
    if (value instanceof Value.Whole whole) {
      return whole.number();
    }
    if (value instanceof Value.Flag flag) {
      return flag.on();
    }
    if (value instanceof Value.Text text) {
      return text.text();
    }
    return value == Value.missing() ? null : (Object) value.asDouble();
  }

  /**
   * Sends rows ({@code shape} long) or a table (wide).
   *
   * @return true when the answer is sent; false when the connection had to be broken
   */
  boolean stream(RoutingContext ctx, String shape) {
    if (!turns.tryAcquire()) {
      throw new ApiException(
          409,
          "busy",
          new Label(
              "Two are reading history already; ask again when one is done.",
              "이미 두 건의 이력 조회가 진행 중입니다. 끝난 뒤 다시 요청해 주십시오."));
    }
    try {
      return answer(ctx, shape);
    } finally {
      turns.release();
    }
  }

  private boolean answer(RoutingContext ctx, String shape) {
    Map<String, String> texts = texts(ctx);
    String under = STREAMS.get(texts.getOrDefault("format", ""));
    boolean rows = under != null;
    if (under != null) {
      texts.put("format", under);
    }
    HistoryQuery query = allowed(() -> query(texts, shape));
    HttpServerResponse response = ctx.response();
    head(response, query, rows);
    ResponseStream out = new ResponseStream(response);
    try {
      allowed(
          () -> {
            if (rows) {
              sendRows(query, out);
            } else {
              gateway.history().write(query, out, count -> true);
            }
            return true;
          });
      out.finish();
      return true;
    } catch (IOException | RuntimeException e) {
      if (!out.hasBegun()) {
        response.headers().remove("Content-Disposition");
        response.setChunked(false);
        throw e instanceof RuntimeException wrong ? wrong : new IllegalStateException(e);
      }
      LOG.warn("history was not sent to its end reason={}", e.toString());
      response.reset();
      return false;
    }
  }

  private void sendRows(HistoryQuery query, ResponseStream out) throws IOException {
    RowStream[] stream = new RowStream[1];
    gateway
        .history()
        .write(
            query,
            columns -> {
              RowStream rows = new RowStream(out, columns);
              stream[0] = rows;
              return rows;
            },
            count -> true);
    stream[0].complete();
  }

  private static void head(HttpServerResponse response, HistoryQuery query, boolean rows) {
    response.setChunked(true);
    response.putHeader("Cache-Control", "no-store");
    response.putHeader(
        "Content-Type", rows ? RowStream.CONTENT_TYPE : query.format().contentType());
    if (!rows && query.format() != Format.JSONL) {
      response.putHeader(
          "Content-Disposition", "attachment; filename*=UTF-8''" + encoded(fileName(query)));
    }
  }

  /** Of one tag the file has the tag's name; the page's wish does not count beside ours. */
  private static String fileName(HistoryQuery query) {
    boolean one = query.tags().size() == 1 && !query.tags().get(0).matches(".*[*?].*");
    return (one ? query.tags().get(0) : "history") + "." + query.format().ending();
  }

  /** As RFC 5987 wants it. */
  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  private HistoryQuery query(Map<String, String> texts, String shape) {
    if (shape.equals("table")) {
      texts.putIfAbsent("shape", "wide");
    }
    HistoryQuery query = HistoryQuery.parse(texts, clock.now());
    if (query.reach().compareTo(Duration.ofDays(30)) > 0) {
      throw new IllegalArgumentException("reach: allowed is at most 30d");
    }
    return query;
  }

  private static Map<String, String> texts(RoutingContext ctx) {
    Map<String, String> texts = new LinkedHashMap<>();
    ctx.request().params().forEach((key, value) -> texts.put(key, value));
    return texts;
  }

  private interface Question<T> {
    T ask() throws IOException;
  }

  /** Turns what is not allowed into an answer that says what is. */
  private static <T> T allowed(Question<T> question) {
    try {
      return question.ask();
    } catch (IllegalArgumentException e) {
      String text = String.valueOf(e.getMessage());
      throw new ApiException(400, "bad-request", new Label(text, "요청이 올바르지 않습니다: " + text));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
