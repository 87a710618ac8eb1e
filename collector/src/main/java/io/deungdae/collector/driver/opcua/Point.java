package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.TimeSource;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.jspecify.annotations.Nullable;

/**
 * A tag within one session: the node as this session numbers it, and the last sample. Used by the
 * device's thread.
 */
final class Point {

  private final OpcUaTag tag;
  private final NodeId node;
  private final @Nullable Method method;
  private @Nullable Sample last;

  // What was told last, taken apart: ten thousand whole answers, each living until the next, would
  // outgrow the space that young objects have.
  private @Nullable Variant told;
  private long toldStatus;
  private long toldTime;

  /**
   * What a write calls.
   *
   * @param object the object that has the method
   * @param node the method
   */
  record Method(NodeId object, NodeId node) {}

  private Point(OpcUaTag tag, NodeId node, @Nullable Method method) {
    this.tag = tag;
    this.node = node;
    this.method = method;
  }

  /** The tag as a session numbers its node; empty when there is no such namespace. */
  static Optional<Point> find(OpcUaTag tag, NamespaceTable namespaces) {
    NodeAddress address = tag.address();
    Optional<NodeId> node =
        address.readable() ? address.node().toNodeId(namespaces) : Optional.of(NodeId.NULL_VALUE);
    NodeAddress.Method called = address.method();
    if (called == null) {
      return node.map(found -> new Point(tag, found, null));
    }
    Optional<NodeId> object = called.object().toNodeId(namespaces);
    Optional<NodeId> method = called.node().toNodeId(namespaces);
    return node.isPresent() && object.isPresent() && method.isPresent()
        ? Optional.of(new Point(tag, node.get(), new Method(object.get(), method.get())))
        : Optional.empty();
  }

  OpcUaTag tag() {
    return tag;
  }

  NodeId node() {
    return node;
  }

  /** What a write calls; null when it writes the node. */
  @Nullable Method method() {
    return method;
  }

  /** The node's value, or its element. */
  ReadValueId valueId() {
    return new ReadValueId(
        node, AttributeId.Value.uid(), tag.address().range(), QualifiedName.NULL_VALUE);
  }

  /**
   * A sample of a change that was told; empty when it was told before, as a republished message may
   * do.
   */
  Optional<Sample> changed(DataValue change, Instant now, long nowNs) {
    if (sameValue(change) && sameTime(change)) {
      return Optional.empty();
    }
    remember(change);
    return Optional.of(keep(sample(change, sourceTime(change, now), now, nowNs)));
  }

  /**
   * A sample of a value that was read; empty when it is as it was and has been handed on within
   * {@code repeatNs}. One that has not changed since keeps the time it has from its source; only
   * its arrival is new.
   */
  Optional<Sample> read(DataValue answer, Instant now, long nowNs, long repeatNs) {
    if (sameValue(answer) && ageNs(nowNs) < repeatNs) {
      return Optional.empty();
    }
    remember(answer);
    return Optional.of(keep(sample(answer, sourceTime(answer, now), now, nowNs)));
  }

  private void remember(DataValue value) {
    told = value.value();
    toldStatus = value.statusCode().value();
    toldTime = ticks(value.sourceTime());
  }

  private boolean sameValue(DataValue value) {
    return told != null && told.equals(value.value()) && toldStatus == value.statusCode().value();
  }

  private boolean sameTime(DataValue value) {
    return told != null && toldTime == ticks(value.sourceTime());
  }

  private static long ticks(@Nullable DateTime time) {
    return time == null ? Long.MIN_VALUE : time.getUtcTime();
  }

  /** What an answer says, without taking it for the last sample. */
  Sample peek(DataValue answer, Instant now, long nowNs) {
    return sample(answer, sourceTime(answer, now), now, nowNs);
  }

  /** A bad sample for a status code. */
  Sample bad(StatusCode status, Instant now, long nowNs) {
    told = null;
    return keep(Sample.bad(tag.tag(), StatusQuality.of(status), now, nowNs));
  }

  /**
   * The last sample again, because its subscription has vouched for it at {@code vouched}, the
   * server's time: nothing has changed. Its time stays that of its source, unless the tag goes by
   * the server's. Empty when there is none that is of use.
   */
  Optional<Sample> again(Instant vouched, Instant now, long nowNs) {
    Sample known = last;
    return known == null || known.quality().isBad()
        ? Optional.empty()
        : Optional.of(keep(at(known, vouched, now, nowNs)));
  }

  private Sample keep(Sample sample) {
    last = sample;
    return sample;
  }

  private Sample at(Sample known, Instant vouched, Instant now, long nowNs) {
    boolean servers = tag.conversion().time() == TimeSource.SERVER;
    Instant time = servers && vouched.isAfter(known.sourceTime()) ? vouched : known.sourceTime();
    return new Sample(known.tag(), known.value(), known.quality(), time, now, nowNs);
  }

  private Sample sample(DataValue told, Instant sourceTime, Instant now, long nowNs) {
    return tag.conversion()
        .sample(
            raw(told.value().value()), StatusQuality.of(told.statusCode()), sourceTime, now, nowNs);
  }

  private Instant sourceTime(DataValue told, Instant now) {
    return tag.conversion()
        .time()
        .choose(instant(told.sourceTime()), instant(told.serverTime()), now);
  }

  private static @Nullable Instant instant(@Nullable DateTime time) {
    return time == null || time.isNull() ? null : time.getJavaInstant();
  }

  private @Nullable Object raw(@Nullable Object value) {
    return tag.address().isElement() ? Raw.element(value) : Raw.scalar(value);
  }

  /** Age of the last sample at {@code nowNs}, monotonic; 0 when there is none. */
  long ageNs(long nowNs) {
    return last == null ? 0 : last.ageNs(nowNs);
  }
}
