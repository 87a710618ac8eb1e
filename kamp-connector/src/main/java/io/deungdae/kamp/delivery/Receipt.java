package io.deungdae.kamp.delivery;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What has been delivered: a line of the usage ledger.
 *
 * @param time when
 * @param dataSet name of the data set
 * @param from start of its window, included
 * @param to end of its window, excluded
 * @param rows rows; 0 when nothing was collected and nothing was sent
 * @param bytes bytes of all its files
 * @param place bucket and folder in the store, empty when nothing was sent
 * @param manifest SHA-256 of the manifest, hexadecimal, empty when nothing was sent
 * @param provider who provides the data
 * @param contract number of the sharing contract, empty for none
 * @param licence terms of use
 */
public record Receipt(
    Instant time,
    String dataSet,
    Instant from,
    Instant to,
    long rows,
    long bytes,
    String place,
    String manifest,
    String provider,
    String contract,
    String licence) {

  /** Its fields in the order of the ledger. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("time", time.toString());
    fields.put("event", rows > 0 ? "delivered" : "empty");
    fields.put("dataset", dataSet);
    fields.put("from", from.toString());
    fields.put("to", to.toString());
    fields.put("rows", rows);
    fields.put("bytes", bytes);
    fields.put("place", place);
    fields.put("manifest", manifest);
    fields.put("provider", provider);
    fields.put("contract", contract);
    fields.put("licence", licence);
    return fields;
  }
}
