package io.deungdae.collector.forward;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a batch.
 *
 * @param batch the batch
 * @param dealtWith how many rows from its start were taken or refused
 * @param refused those of them that were refused
 * @param failure why the rest was not sent, or null when all is dealt with
 * @param tookNs how long it took
 */
record Outcome(
    Batch batch,
    int dealtWith,
    List<Refusal> refused,
    @Nullable SendException failure,
    long tookNs) {

  /** A row that the receiver will never take. */
  record Refusal(Outgoing row, String reason) {}

  Outcome {
    refused = List.copyOf(refused);
  }
}
