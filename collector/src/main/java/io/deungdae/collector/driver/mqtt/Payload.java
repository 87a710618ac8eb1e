package io.deungdae.collector.driver.mqtt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** One payload, read once, however many tags are in it, and only in the ways that are asked for. */
final class Payload {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private final byte[] bytes;
  private final Charset charset;
  private final CSVFormat csv;
  private @Nullable JsonNode document;
  private @Nullable String notJson;
  private @Nullable List<CSVRecord> records;
  private @Nullable String notCsv;

  /** What cannot be read, in words. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String why) {
      super(why);
    }
  }

  Payload(byte[] bytes, Charset charset, CSVFormat csv) {
    this.bytes = bytes;
    this.charset = charset;
    this.csv = csv;
  }

  /** What is at a place, in order; nothing when the payload does not have it. */
  List<JsonNode> find(Place place) throws Malformed {
    if (place instanceof Column column) {
      return cells(column);
    }
    if (place instanceof JsonPath path) {
      return path.isWhole() ? List.of(whole()) : path.all(json());
    }
    throw new AssertionError(place);
  }

  /** A plain text need not be JSON. */
  private JsonNode whole() throws Malformed {
    try {
      return json();
    } catch (Malformed e) {
      if (bytes.length == 0) {
        throw e;
      }
      return NODES.textNode(text());
    }
  }

  /** True when it can be read as JSON. */
  boolean isJson() {
    if (document == null && notJson == null) {
      parse();
    }
    return document != null;
  }

  private JsonNode json() throws Malformed {
    if (!isJson() || document == null) {
      throw new Malformed("not JSON: " + notJson);
    }
    return document;
  }

  /** The payload as text, without the byte-order mark that some editors put before it. */
  private String text() {
    String text = new String(bytes, charset);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private void parse() {
    try {
      parsed(JSON.readTree(bytes));
    } catch (JsonProcessingException e) {
      notJson = e.getOriginalMessage();
      if (!charset.equals(StandardCharsets.UTF_8)) {
        parseText();
      }
    } catch (IOException e) {
      throw new AssertionError("reading from memory", e);
    }
  }

  /** JSON ought to be UTF-8, and some devices send it as they send everything else. */
  private void parseText() {
    try {
      parsed(JSON.readTree(text()));
    } catch (JsonProcessingException e) {
      notJson = e.getOriginalMessage();
    }
  }

  private void parsed(JsonNode read) {
    if (read.isMissingNode()) {
      notJson = "empty";
    } else {
      document = read;
    }
  }

  private List<JsonNode> cells(Column column) throws Malformed {
    List<CSVRecord> lines = lines();
    if (lines.isEmpty()) {
      throw new Malformed("no line");
    }
    boolean named = column.index() < 0;
    int index = named ? indexOf(column.name(), lines.get(0)) : column.index();
    List<JsonNode> cells = new ArrayList<>();
    for (CSVRecord line : named ? lines.subList(1, lines.size()) : lines) {
      if (index >= line.size()) {
        throw new Malformed("line " + line.getRecordNumber() + " has no column " + index);
      }
      String cell = line.get(index).strip();
      cells.add(cell.isEmpty() ? NODES.nullNode() : NODES.textNode(cell));
    }
    return cells;
  }

  private static int indexOf(String name, CSVRecord header) throws Malformed {
    for (int i = 0; i < header.size(); i++) {
      if (header.get(i).strip().equals(name)) {
        return i;
      }
    }
    throw new Malformed("no column " + name + " in the first line");
  }

  private List<CSVRecord> lines() throws Malformed {
    if (records == null && notCsv == null) {
      try (CSVParser parser = CSVParser.parse(text(), csv)) {
        records = parser.getRecords();
      } catch (IOException | RuntimeException e) {
        notCsv = e.getMessage();
      }
    }
    if (records == null) {
      throw new Malformed("not CSV: " + notCsv);
    }
    return records;
  }
}
