package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.TimeSource;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.ULong;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.jspecify.annotations.Nullable;

/**
 * A tag within one session: the node as this session numbers it, and the last sample. Used by the
 * device's thread.
 */
final class Point {

  private final OpcUaTag tag;
  private final NodeId node;
  private @Nullable Sample last;

  Point(OpcUaTag tag, NodeId node) {
    this.tag = tag;
    this.node = node;
  }

  OpcUaTag tag() {
    return tag;
  }

  NodeId node() {
    return node;
  }

  /** The node's value, or its element. */
  ReadValueId valueId() {
    return new ReadValueId(
        node, AttributeId.Value.uid(), tag.address().indexRange(), QualifiedName.NULL_VALUE);
  }

  /**
   * A sample of a change that was told; empty when it was told before, as a republished message may
   * do.
   */
  Optional<Sample> changed(DataValue told, Instant now, long nowNs) {
    Sample sample = sample(told, sourceTime(told, now), now, nowNs);
    return same(sample) ? Optional.empty() : Optional.of(keep(sample));
  }

  /**
   * A sample of a value that was read. One that has not changed since keeps the time it has from
   * its source; only its arrival is new.
   */
  Sample read(DataValue answer, Instant now, long nowNs) {
    return keep(sample(answer, sourceTime(answer, now), now, nowNs));
  }

  /** What an answer says, without taking it for the last sample. */
  Sample peek(DataValue answer, Instant now, long nowNs) {
    return sample(answer, sourceTime(answer, now), now, nowNs);
  }

  /** A bad sample for a status code. */
  Sample bad(StatusCode status, Instant now, long nowNs) {
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

  private boolean same(Sample sample) {
    return last != null
        && last.sourceTime().equals(sample.sourceTime())
        && last.quality() == sample.quality()
        && last.value().equals(sample.value());
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
    Object one = value;
    if (tag.address().element() >= 0) {
      one = value instanceof Object[] array && array.length == 1 ? array[0] : null;
    }
    if (one instanceof ULong large) {
      return new BigInteger(large.toString());
    }
    if (one instanceof LocalizedText text) {
      return text.text();
    }
    return one instanceof DateTime time ? time.getJavaInstant().toString() : one;
  }

  /** Age of the last sample at {@code nowNs}, monotonic; 0 when there is none. */
  long ageNs(long nowNs) {
    return last == null ? 0 : last.ageNs(nowNs);
  }
}
