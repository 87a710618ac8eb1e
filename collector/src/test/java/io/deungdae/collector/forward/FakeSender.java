package io.deungdae.collector.forward;

import io.deungdae.collector.signal.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Takes whole numbers that are not negative; can be made unreachable. */
final class FakeSender implements Sender {

  final List<Long> taken = new ArrayList<>();
  int sends;
  boolean down;
  Duration pause = Duration.ZERO;
  boolean closed;

  @Override
  public void send(List<Outgoing> batch) throws SendException {
    sends++;
    if (down) {
      throw new SendException(SendException.Kind.UNREACHABLE, "down", pause);
    }
    for (Outgoing outgoing : batch) {
      if (number(outgoing) < 0) {
        throw new SendException(SendException.Kind.REFUSED, "negative");
      }
    }
    batch.forEach(outgoing -> taken.add(number(outgoing)));
  }

  private static long number(Outgoing outgoing) {
    return ((Value.Whole) outgoing.row().value()).number();
  }

  @Override
  public void close() {
    closed = true;
  }
}
