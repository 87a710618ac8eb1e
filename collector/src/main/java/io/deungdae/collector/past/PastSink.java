package io.deungdae.collector.past;

import java.io.IOException;
import java.util.List;

/** Takes values of the past for the history. */
public interface PastSink {

  /**
   * What came of a batch.
   *
   * @param stored values that are in the history now
   * @param known values that it had already, with the same tag, time and value
   * @param differing those of the stored for whose tag and time it had another value
   * @param refusals those it would not take
   */
  record Answer(long stored, long known, long differing, List<Refusal> refusals) {
    public Answer {
      refusals = List.copyOf(refusals);
    }
  }

  /**
   * A value that was not taken.
   *
   * @param index its place in the batch, from 0
   * @param expected what would have been
   */
  record Refusal(int index, String expected) {}

  /** Takes a batch; it is on disk only after {@link #finish}. */
  Answer put(List<PastValue> batch) throws IOException;

  /** Waits until all that was put is safe on disk. */
  void finish() throws IOException;
}
