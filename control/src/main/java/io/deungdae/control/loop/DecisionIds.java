package io.deungdae.control.loop;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Gives decisions their ids: readable, sortable within a unit, not used twice by one gateway. */
final class DecisionIds {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmssSSS").withZone(ZoneOffset.UTC);

  private int count;

  String next(String unit, Instant now) {
    count++;
    return unit + "-" + STAMP.format(now) + "-" + count;
  }
}
