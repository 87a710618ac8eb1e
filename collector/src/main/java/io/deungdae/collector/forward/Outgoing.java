package io.deungdae.collector.forward;

import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.StoredSample;

/**
 * A row on its way out.
 *
 * @param row the row
 * @param turn how many rows with lower numbers have the same tag and source time; 0 nearly always.
 *     A receiver that keeps one point for a tag and time tells such rows apart by it
 * @param lane whether newer rows may have been sent before it
 */
public record Outgoing(StoredSample row, int turn, Lane lane) {

  private static final int USUAL_BYTES = 120;

  /** About how many bytes it takes on its way. */
  int bytes() {
    int text = row.value() instanceof Value.Text value ? value.text().length() : 0;
    return USUAL_BYTES + row.tag().length() + text;
  }
}
