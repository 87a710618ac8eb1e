package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.signal.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;

/**
 * Reads points of one period in a loop, one request at a time. A point that is late is read once,
 * not caught up on. Used by the device's thread.
 */
final class ReadLoop {

  /** How often a value that stays as it is is handed on, where it is read more often. */
  private static final Duration REPEAT = Duration.ofMillis(100);

  private final Link link;
  private final Clock clock;
  private final List<Point> points;
  private final long periodNs;
  private final long repeatNs;
  private List<List<Point>> parts;
  private int nextPart;
  private long scanNs;
  private long overruns;

  ReadLoop(Link link, Clock clock, List<Point> points, int batch, Duration period, long nowNs) {
    this.link = link;
    this.clock = clock;
    this.points = points;
    this.parts = Limits.parts(points, batch);
    this.periodNs = period.toNanos();
    this.repeatNs = Math.max(periodNs, REPEAT.toNanos()) * 9 / 10; // scans are never quite on time
    this.scanNs = nowNs;
  }

  /** When the next request is due, monotonic. */
  long dueNs() {
    return scanNs;
  }

  /** How many scans began more than one period late since the last call. */
  long takeOverruns() {
    long taken = overruns;
    overruns = 0;
    return taken;
  }

  /** Makes the next request. */
  void read(long nowNs, Told out) throws DeviceException {
    List<Point> part = parts.get(nextPart);
    Optional<ReadResponse> response =
        link.await(
            "reading " + part.size() + " values",
            link.client()
                .readAsync(0, TimestampsToReturn.Both, part.stream().map(Point::valueId).toList())
                .thenApply(Optional::of),
            part.size() > 1 ? Limits.TOO_LARGE : Set.of(),
            refused -> Optional.empty());
    if (response.isEmpty()) {
      parts = Limits.parts(points, (part.size() + 1) / 2);
      nextPart = 0;
      return;
    }
    DataValue[] answers = response.get().getResults();
    Instant at = clock.now();
    long atNs = clock.nanoTime();
    for (int i = 0; i < part.size(); i++) {
      boolean answered = answers != null && i < answers.length;
      Point point = part.get(i);
      if (answered) {
        DataValue answer = answers[i];
        point.read(answer, at, atNs, repeatNs).ifPresent(sample -> out.tell(sample, answer));
      } else {
        out.accept(point.bad(new StatusCode(StatusCodes.Bad_NoData), at, atNs));
      }
    }
    advance(nowNs);
  }

  private void advance(long nowNs) {
    nextPart = (nextPart + 1) % parts.size();
    if (nextPart != 0) {
      return;
    }
    overruns += nowNs - scanNs > periodNs ? 1 : 0;
    scanNs = Math.max(scanNs + periodNs, nowNs);
  }
}
