package io.deungdae.collector.store;

import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.signal.Sample;
import java.util.List;

/**
 * Where every sample comes in: up on the board, and into the historian. Called by any device
 * thread.
 */
public final class Intake implements SampleSink {

  private final Board board;
  private final Historian historian;

  /** Feeds both. */
  public Intake(Board board, Historian historian) {
    this.board = board;
    this.historian = historian;
  }

  @Override
  public long accept(List<Sample> batch) {
    board.put(batch);
    return historian.append(batch);
  }

  @Override
  public long acceptPast(List<Sample> batch) {
    return historian.append(batch);
  }

  @Override
  public long committed() {
    return historian.committedTicket();
  }

  @Override
  public List<Sample> unknown(List<Sample> again) {
    return historian.unknown(again);
  }
}
