package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.signal.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.jspecify.annotations.Nullable;

/**
 * Reads points of one period in a loop, one request at a time. A point that is late is read once,
 * not caught up on. Used by the device's thread.
 */
final class ReadLoop {

  /** How often a value that stays as it is is handed on, where it is read more often. */
  private static final Duration REPEAT = Duration.ofMillis(100);

  private final Link link;
  private final Clock clock;
  private List<Point> points;
  private final long periodNs;
  private final long repeatNs;
  private List<List<Point>> parts;
  private int batch;
  private final long timeoutNs;
  private @Nullable CompletableFuture<Optional<ReadResponse>> underWay;
  private long sentNs;
  private int nextPart;
  private long scanNs;
  private long overruns;
  private long roundTripNs;

  ReadLoop(Link link, Clock clock, List<Point> points, int batch, Duration period, long nowNs) {
    this.link = link;
    this.clock = clock;
    this.points = points;
    this.batch = batch;
    this.parts = Limits.parts(points, batch);
    this.periodNs = period.toNanos();
    this.repeatNs = Math.max(periodNs, REPEAT.toNanos()) * 9 / 10; // scans are never quite on time
    this.scanNs = nowNs;
    this.timeoutNs = link.spec().settings().timeout().toNanos();
  }

  /** When there is something to do, monotonic: the next request, or giving up on an answer. */
  long dueNs() {
    return underWay == null ? scanNs : sentNs + timeoutNs;
  }

  /** How many scans began more than one period late since the last call. */
  long takeOverruns() {
    long taken = overruns;
    overruns = 0;
    return taken;
  }

  /** From the last request that was answered to when its answer was taken; 0 before the first. */
  long roundTripNs() {
    return roundTripNs;
  }

  /** True while an answer is waited for. */
  boolean isUnderWay() {
    return underWay != null;
  }

  /** True when an answer has arrived, or is overdue. */
  boolean isAnswered(long nowNs) {
    return underWay != null && (underWay.isDone() || dueNs() - nowNs <= 0);
  }

  /** Makes the next request and waits for its answer. */
  void read(long nowNs, Told out) throws DeviceException {
    send(nowNs, () -> {});
    take(out);
  }

  /** Makes the next request; {@code wake} is called when its answer arrives, by any thread. */
  void send(long nowNs, Runnable wake) {
    CompletableFuture<Optional<ReadResponse>> answer =
        link.client()
            .readAsync(
                0,
                TimestampsToReturn.Both,
                parts.get(nextPart).stream().map(Point::valueId).toList())
            .thenApply(Optional::of);
    var unused = answer.whenComplete((response, failure) -> wake.run());
    underWay = answer;
    sentNs = nowNs;
  }

  /** Takes the answer, waiting for it if need be. */
  void take(Told out) throws DeviceException {
    CompletableFuture<Optional<ReadResponse>> answer = Objects.requireNonNull(underWay);
    underWay = null;
    List<Point> part = parts.get(nextPart);
    Optional<ReadResponse> response =
        link.await(
            "reading " + part.size() + " values",
            answer,
            part.size() > 1 ? Limits.TOO_LARGE : Set.of(),
            refused -> Optional.empty());
    if (response.isEmpty()) {
      batch = (part.size() + 1) / 2;
      cut(points);
      return;
    }
    roundTripNs = clock.nanoTime() - sentNs;
    DataValue[] answers = response.get().getResults();
    Instant at = clock.now();
    long atNs = clock.nanoTime();
    for (int i = 0; i < part.size(); i++) {
      boolean answered = answers != null && i < answers.length;
      Point point = part.get(i);
      if (answered) {
        DataValue value = answers[i];
        point.read(value, at, atNs, repeatNs).ifPresent(sample -> out.tell(sample, value));
      } else {
        out.accept(point.bad(new StatusCode(StatusCodes.Bad_NoData), at, atNs));
      }
    }
    advance(sentNs);
  }

  private void cut(List<Point> some) {
    points = some;
    parts = Limits.parts(some, batch);
    nextPart = 0;
  }

  /** Reads these no longer. Not while an answer is waited for. */
  void leaveOut(Set<Point> some) {
    if (points.stream().anyMatch(some::contains)) {
      cut(points.stream().filter(point -> !some.contains(point)).toList());
    }
  }

  /** True when there is nothing left to read. */
  boolean isEmpty() {
    return points.isEmpty();
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
