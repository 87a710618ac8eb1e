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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection to an OPC UA server. Each opening builds everything anew: connection, session,
 * subscriptions, items; there is no other way back after a loss of any kind, so none that is tested
 * less.
 */
final class OpcUaDevice implements Device {

  private static final int SAMPLES_PER_BATCH = 1000;

  private final OpcUaSpec spec;
  private final SampleSink sink;
  private final Clock clock;
  private final Runnable wake;
  private final List<Sample> batch = new ArrayList<>();
  private final Told told = new Batched();
  private @Nullable Conversation conversation;
  private Traffic traffic = Traffic.NONE;

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
    try {
      conversation = Conversation.start(link, clock, wake, told);
    } finally {
      if (conversation == null) {
        link.close();
      }
      flush();
    }
  }

  @Override
  public long service(long nowNs) throws DeviceException {
    Conversation running = running();
    boolean exchanged = running.exchangeDue(nowNs, told);
    if (exchanged) {
      traffic =
          new Traffic(
              traffic.requests() + 1,
              traffic.overruns() + running.takeOverruns(),
              running.roundTripMicros());
    }
    running.takeArrived(nowNs, told);
    flush();
    return running.nextNs();
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
