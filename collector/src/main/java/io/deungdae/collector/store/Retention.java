package io.deungdae.collector.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes whole days that are too old, the oldest first and one at a time, at most one an hour: a
 * gateway whose clock has jumped years ahead then loses a few days before somebody notices, and not
 * all.
 */
final class Retention {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final long PAUSE_NS = Duration.ofHours(1).toNanos();
  private static final long NONE = Long.MIN_VALUE;

  private final Database database;
  private final Spans spans;
  private final Ledger ledger;
  private final Duration age;
  private long lastNs = NONE;

  Retention(Database database, Spans spans, Ledger ledger, Duration age) {
    this.ledger = ledger;
    this.database = database;
    this.spans = spans;
    this.age = age;
  }

  /** Deletes a day if one is due. */
  void tick(Instant now, long nowNs) throws IOException {
    if (age.isZero() || (lastNs != NONE && nowNs - lastNs < PAUSE_NS)) {
      return;
    }
    lastNs = nowNs;
    long oldestUs = database.number("SELECT ts FROM samples LIMIT 1", null, NONE);
    if (oldestUs == NONE) {
      return;
    }
    LocalDate day = LocalDate.ofInstant(SourceTimes.instant(oldestUs), ZoneOffset.UTC);
    Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    if (end.isBefore(now.minus(age))) {
      database.execute("ALTER TABLE samples DROP PARTITION LIST '" + day + "'");
      spans.forgetBefore(SourceTimes.micros(end));
      ledger.forgetBefore(SourceTimes.micros(end));
      LOG.info("history deleted day={} older_than={}", day, age);
    }
  }
}
