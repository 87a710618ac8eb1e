package io.deungdae.control.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deungdae.collector.past.PastSink;
import io.deungdae.collector.past.PastValue;
import io.deungdae.collector.past.TagShape;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Value;
import io.deungdae.control.api.Wire;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/** Values of the past on their way into a running gateway. */
final class GatewayPast implements PastSink {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_ROWS = 5_000;
  private static final int MOST_CHARS = 600_000; // the gateway takes bodies of a mebibyte
  private static final int ROW_CHARS = 110;

  private final GatewayClient client;

  GatewayPast(GatewayClient client) {
    this.client = client;
  }

  /** The tags that the gateway has. */
  static List<TagShape> tags(GatewayClient client) throws IOException, InterruptedException {
    List<TagShape> tags = new ArrayList<>();
    for (JsonNode tag : client.ask("/api/tags")) {
      tags.add(
          new TagShape(
              tag.path("name").asText(),
              Kind.valueOf(tag.path("kind").asText()),
              tag.path("low").asDouble(Double.NEGATIVE_INFINITY),
              tag.path("high").asDouble(Double.POSITIVE_INFINITY),
              List.of(tag.at("/description/en").asText(), tag.at("/description/ko").asText())));
    }
    return tags;
  }

  @Override
  public Answer put(List<PastValue> batch) throws IOException {
    long stored = 0;
    long known = 0;
    long differing = 0;
    List<Refusal> refusals = new ArrayList<>();
    int from = 0;
    while (from < batch.size()) {
      int to = end(batch, from);
      JsonNode answer = send(batch.subList(from, to), false);
      stored += answer.path("stored").asLong();
      known += answer.path("known").asLong();
      differing += answer.path("differing").asLong();
      for (JsonNode refusal : answer.path("refusals")) {
        int index = from + refusal.path("index").asInt();
        refusals.add(new Refusal(index, refusal.path("expected").asText()));
      }
      from = to;
    }
    return new Answer(stored, known, differing, refusals);
  }

  private static int end(List<PastValue> batch, int from) {
    int chars = 0;
    int to = from;
    while (to < batch.size() && to - from < MOST_ROWS && (to == from || chars < MOST_CHARS)) {
      PastValue value = batch.get(to++);
      chars += ROW_CHARS + value.tag().length();
      chars += value.value() instanceof Value.Text text ? 3 * text.text().length() : 0;
    }
    return to;
  }

  private JsonNode send(List<PastValue> values, boolean finish) throws IOException {
    List<Wire.PastRow> rows = values.stream().map(GatewayPast::row).toList();
    try {
      return client.post(
          "/api/history/import", JSON.writeValueAsString(new Wire.PastRequest(rows, finish)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static Wire.PastRow row(PastValue past) {
    Value value = past.value();
    return new Wire.PastRow(
        past.tag(),
        past.us(),
        value instanceof Value.Real real ? (Double) real.number() : null,
        value instanceof Value.Whole whole ? (Long) whole.number() : null,
        value instanceof Value.Flag flag ? (Boolean) flag.on() : null,
        value instanceof Value.Text text ? text.text() : null);
  }

  @Override
  public void finish() throws IOException {
    send(List.of(), true);
  }
}
