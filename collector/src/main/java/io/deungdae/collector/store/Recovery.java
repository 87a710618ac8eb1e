package io.deungdae.collector.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds, after a start, the last sequence number without reading all rows.
 *
 * @param spans the spans, open for writing
 * @param lastSeq the highest sequence number in use
 */
record Recovery(Spans spans, long lastSeq) {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  static Recovery run(Database database, Path file, Ledger ledger) throws IOException {
    List<Spans.Span> known = load(database, file, ledger.spanRecords());
    long lastSeq = ledger.lastSeq(); // never given again, also when its row was lost
    for (Spans.Span span : known) {
      lastSeq = Math.max(lastSeq, span.isOpen() ? lastIn(database, span) : span.toSeq());
    }
    long last = lastSeq;
    long oldestUs = database.oldestUs(Long.MAX_VALUE);
    List<Spans.Span> kept = new ArrayList<>();
    for (Spans.Span span : known) {
      Spans.Span closed = span.isOpen() ? span.closedAt(Math.max(span.fromSeq(), last)) : span;
      if (closed.toUs() >= oldestUs || closed.toSeq() >= last) {
        kept.add(closed);
      }
    }
    kept.sort(Comparator.comparingLong(Spans.Span::id));
    return new Recovery(Spans.create(file, kept), last);
  }

  private static List<Spans.Span> load(Database database, Path file, int atLeast)
      throws IOException {
    try {
      List<Spans.Span> spans = Spans.load(file);
      boolean cutOff = Spans.records(file) < atLeast;
      if (!spans.isEmpty() && !cutOff) {
        return spans;
      }
    } catch (EOFException e) {
      LOG.warn("history index damaged, building it anew file={} reason={}", file, e.getMessage());
    }
    return rebuilt(database);
  }

  private static List<Spans.Span> rebuilt(Database database) {
    List<Spans.Span> spans = new ArrayList<>();
    database.queryAll(
        name -> "SELECT min(seq), max(seq), min(ts), max(ts) FROM " + name + " SAMPLE BY 30s",
        null,
        row ->
            spans.add(
                new Spans.Span(
                    spans.size() + 1L,
                    row.getLong(0),
                    row.getLong(1),
                    row.getTimestamp(2),
                    row.getTimestamp(3))));
    return spans;
  }

  private static long lastIn(Database database, Spans.Span span) {
    return database.number(
        "SELECT max(seq) FROM samples WHERE ts >= " + span.fromUs() + " AND ts <= " + span.toUs(),
        null,
        0);
  }
}
