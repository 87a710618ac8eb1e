package io.deungdae.collector.forward;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.StoredSample;
import java.time.DateTimeException;
import java.time.Instant;

/** A refused row as a line of JSON. */
final class DeadLetter {

  private static final ObjectMapper JSON = new ObjectMapper();

  private DeadLetter() {}

  static String write(Outgoing outgoing, String reason, Instant now) {
    StoredSample row = outgoing.row();
    ObjectNode line = JSON.createObjectNode();
    line.put("refused", now.toString());
    line.put("reason", reason);
    line.put("seq", row.seq());
    line.put("tag", row.tag());
    line.put("time", row.sourceTime().toString());
    line.put("arrival", row.arrivalTime().toString());
    line.put("turn", outgoing.turn());
    line.put("quality", row.quality().code());
    Value value = row.value();
    if (value instanceof Value.Text text) {
      line.put("value", text.text());
    } else if (value instanceof Value.Whole whole) {
      line.put("value", whole.number());
    } else if (value instanceof Value.Flag flag) {
      line.put("value", flag.on());
    } else if (value.kind() == Kind.NUMBER && Double.isFinite(value.asDouble())) {
      line.put("value", value.asDouble());
    }
    return line.toString();
  }

  static RefusedRow read(String line) throws JsonProcessingException {
    JsonNode json = JSON.readTree(line);
    try {
      StoredSample row =
          new StoredSample(
              json.required("seq").asLong(),
              json.required("tag").asText(),
              value(json.path("value")),
              Quality.ofCode(json.required("quality").asInt()),
              Instant.parse(json.required("time").asText()),
              Instant.parse(json.required("arrival").asText()));
      return new RefusedRow(
          new Outgoing(row, json.path("turn").asInt(), Lane.BACKLOG),
          json.path("reason").asText(),
          Instant.parse(json.required("refused").asText()));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new JsonParseException(null, "not a refused row", e);
    }
  }

  private static Value value(JsonNode value) {
    if (value.isTextual()) {
      return Value.of(value.asText());
    }
    if (value.isBoolean()) {
      return Value.of(value.asBoolean());
    }
    if (value.isIntegralNumber()) {
      return Value.of(value.asLong());
    }
    return value.isNumber() ? Value.of(value.asDouble()) : Value.missing();
  }
}
