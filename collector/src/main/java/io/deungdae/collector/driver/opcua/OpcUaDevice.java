package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.Device;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.driver.Traffic;
import io.deungdae.collector.driver.WriteResult;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to an OPC UA server. Each opening builds everything anew: connection, session,
 * subscriptions, items; there is no other way back after a loss of any kind, so none that is tested
 * less.
 */
final class OpcUaDevice implements Device {

  private static final Logger log = LoggerFactory.getLogger(OpcUaDevice.class);
  private static final int SAMPLES_PER_BATCH = 1000;
  private static final long RENEWAL_LOOK_NS = Duration.ofHours(6).toNanos();

  private final OpcUaSpec spec;
  private final SampleSink sink;
  private final Clock clock;
  private final Runnable wake;
  private final List<Sample> batch = new ArrayList<>();
  private final Told told = new Batched();
  private @Nullable Conversation conversation;
  private Traffic traffic = Traffic.NONE;
  private @Nullable EndpointDescription before;
  private long renewalSeenNs;

  OpcUaDevice(OpcUaSpec spec, SampleSink sink, Clock clock, Runnable wake) {
    this.spec = spec;
    this.sink = sink;
    this.clock = clock;
    this.wake = wake;
  }

  @Override
  public void open() throws DeviceException {
    close();
    Link link = Link.open(spec, clock.now(), wake);
    renewalSeenNs = clock.nanoTime();
    tellWeaker(link.endpoint());
    try {
      conversation = Conversation.start(link, clock, wake, told);
    } finally {
      if (conversation == null) {
        link.close();
      }
      flush();
    }
  }

  /** The strongest that is offered may be less than it was. */
  private void tellWeaker(EndpointDescription now) {
    if (before != null && EndpointChoice.isStronger(before, now)) {
      log.warn(
          "device={} the server no longer offers {}, so {} is used; to refuse that, name security"
              + " and mode in the settings",
          spec.device(),
          EndpointChoice.show(List.of(before)),
          EndpointChoice.show(List.of(now)));
    }
    before = now;
  }

  @Override
  public long service(long nowNs) throws DeviceException {
    Conversation running = running();
    boolean exchanged = running.exchangeDue(nowNs, told);
    running.takeArrived(nowNs, told);
    long overruns = running.takeOverruns();
    if (exchanged || overruns > 0) {
      traffic =
          new Traffic(
              traffic.requests() + (exchanged ? 1 : 0),
              traffic.overruns() + overruns,
              running.roundTripMicros());
    }
    renewInTime(nowNs);
    flush();
    return running.nextNs();
  }

  /** A session may last longer than what is left of our certificate. */
  private void renewInTime(long nowNs) {
    if (nowNs - renewalSeenNs < RENEWAL_LOOK_NS) {
      return;
    }
    renewalSeenNs = nowNs;
    OpcUaSettings settings = spec.settings();
    try {
      var unused = new Pki(settings.pki()).own(clock.now(), settings.certificate());
    } catch (IOException | GeneralSecurityException e) {
      log.warn("device={} our certificate cannot be looked after: {}", spec.device(), e.toString());
    }
  }

  @Override
  public WriteResult write(Tag tag, double value, Confirmation confirmation)
      throws DeviceException {
    return running().write(tag, value, confirmation);
  }

  private Conversation running() throws DeviceException {
    if (conversation == null) {
      throw new DeviceException(Kind.CONNECT, spec.device(), "not open");
    }
    return conversation;
  }

  @Override
  public void close() {
    batch.clear();
    if (conversation != null) {
      conversation.close();
      conversation = null;
    }
  }

  @Override
  public Traffic traffic() {
    return traffic;
  }

  /** Where all samples go. */
  private final class Batched implements Told {
    @Override
    public void accept(Sample sample) {
      batch.add(sample);
      if (batch.size() >= SAMPLES_PER_BATCH) {
        flush();
      }
    }

    @Override
    public void reason(Tag tag, String text) {
      sink.reason(tag, text);
    }
  }

  private void flush() {
    if (!batch.isEmpty()) {
      sink.accept(List.copyOf(batch));
      batch.clear();
    }
  }
}
