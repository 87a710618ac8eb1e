package io.deungdae.collector.forward;

import io.deungdae.collector.signal.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Takes whole numbers that are not negative; can be made unreachable. */
final class FakeSender implements Sender {

  final List<Long> taken = new ArrayList<>();
  int sends;
  boolean down;
  Duration pause = Duration.ZERO;
  boolean closed;
  boolean takesNegative;
  boolean killBefore;
  boolean killAfter;
  final BitSet everTaken = new BitSet();

  /** What a process does not survive. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public void send(List<Outgoing> batch) throws SendException {
    sends++;
    if (killBefore) {
      throw new Killed();
    }
    if (down) {
      throw new SendException(SendException.Kind.UNREACHABLE, "down", pause);
    }
    for (Outgoing outgoing : batch) {
      if (number(outgoing) < 0 && !takesNegative) {
        throw new SendException(SendException.Kind.REFUSED, "negative");
      }
    }
    batch.forEach(outgoing -> taken.add(number(outgoing)));
    batch.forEach(outgoing -> everTaken.set((int) Math.abs(number(outgoing))));
    if (killAfter) {
      throw new Killed();
    }
  }

  private static long number(Outgoing outgoing) {
    return ((Value.Whole) outgoing.row().value()).number();
  }

  @Override
  public void close() {
    closed = true;
  }
}
