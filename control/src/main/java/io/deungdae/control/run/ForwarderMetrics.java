package io.deungdae.control.run;

import io.deungdae.collector.forward.Forwarder;
import io.deungdae.collector.forward.ForwarderStatus;
import io.deungdae.collector.signal.Clock;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;

/** What Prometheus is told of the forwarders that are in force when it scrapes. */
final class ForwarderMetrics implements MultiCollector {

  private final Forwarders forwarders;
  private final Clock clock;

  ForwarderMetrics(Forwarders forwarders, Clock clock) {
    this.forwarders = forwarders;
    this.clock = clock;
  }

  @Override
  public MetricSnapshots collect() {
    CounterSnapshot.Builder sent = counter("sent", "rows taken by the receiver");
    CounterSnapshot.Builder refused = counter("refused", "rows refused");
    GaugeSnapshot.Builder lagRows = gauge("lag_rows", "rows not sent yet");
    GaugeSnapshot.Builder lagSeconds = gauge("lag_seconds", "age of the oldest row not sent");
    Instant now = clock.now();
    for (Forwarder forwarder : forwarders.all()) {
      ForwarderStatus status = forwarder.status(now);
      Labels labels = Labels.of("forwarder", status.name());
      sent.dataPoint(count(labels, status.sent()));
      refused.dataPoint(count(labels, status.refused()));
      lagRows.dataPoint(value(labels, (double) status.lagRows()));
      lagSeconds.dataPoint(value(labels, status.lag().toMillis() / 1000.0));
    }
    return MetricSnapshots.of(sent.build(), refused.build(), lagRows.build(), lagSeconds.build());
  }

  private static CounterSnapshot.Builder counter(String name, String help) {
    return CounterSnapshot.builder().name("deungdae_forwarder_" + name).help(help);
  }

  private static GaugeSnapshot.Builder gauge(String name, String help) {
    return GaugeSnapshot.builder().name("deungdae_forwarder_" + name).help(help);
  }

  private static CounterSnapshot.CounterDataPointSnapshot count(Labels labels, long value) {
    return CounterSnapshot.CounterDataPointSnapshot.builder()
        .labels(labels)
        .value((double) value)
        .build();
  }

  private static GaugeSnapshot.GaugeDataPointSnapshot value(Labels labels, double value) {
    return GaugeSnapshot.GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }
}
