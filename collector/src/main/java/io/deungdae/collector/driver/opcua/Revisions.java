package io.deungdae.collector.driver.opcua;

import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server gives in place of what it was asked for. A server may sample less often and keep
 * fewer changes than it is asked to, and tells so only in its answer (OPC UA Part 4 §5.12.2). Used
 * by the device's thread.
 */
final class Revisions {

  private static final Logger log = LoggerFactory.getLogger(Revisions.class);

  /** Servers round to their own clock's steps. */
  private static final double NOTICED = 1.5;

  private final String device;
  private int slower;
  private int shorter;
  private @Nullable String slow;
  private @Nullable String small;

  Revisions(String device) {
    this.device = device;
  }

  /** Looks at what came of asking for {@code samplingMs} and {@code queue}. */
  void see(Point point, double samplingMs, int queue, MonitoredItemCreateResult result) {
    Double every = result.getRevisedSamplingInterval();
    if (every != null && every > samplingMs * NOTICED) {
      slower++;
      slow = slow == null ? say(point, every + " ms", samplingMs + " ms") : slow;
    }
    UInteger kept = result.getRevisedQueueSize();
    if (kept != null && kept.longValue() < queue) {
      shorter++;
      small = small == null ? say(point, kept.toString(), Integer.toString(queue)) : small;
    }
  }

  private static String say(Point point, String given, String wanted) {
    return "tag=" + point.tag().tag() + " " + given + " instead of " + wanted;
  }

  /** Logs what is worse than asked for, once for all tags alike. */
  void tell() {
    if (slower > 0) {
      log.warn("device={} the server samples {} tags less often, e.g. {}", device, slower, slow);
    }
    if (shorter > 0) {
      log.warn(
          "device={} the server keeps fewer changes of {} tags, e.g. {}; changes between two"
              + " publishings may be lost. A shorter publishingInterval helps",
          device,
          shorter,
          small);
    }
  }
}
