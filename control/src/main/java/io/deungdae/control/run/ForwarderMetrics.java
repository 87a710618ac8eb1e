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
    CounterSnapshot.Builder failures = counter("failures", "failed attempts");
    CounterSnapshot.Builder bytes = counter("bytes", "bytes sent, before compression");
    CounterSnapshot.Builder batches = counter("batches", "batches dealt with");
    CounterSnapshot.Builder sending = counter("batch_seconds", "time that batches took");
    CounterSnapshot.Builder lost =
        counter("dead_letters_lost", "refused rows that were pushed out by newer ones");
    GaugeSnapshot.Builder lagRows = gauge("lag_rows", "rows not sent yet");
    GaugeSnapshot.Builder lagSeconds = gauge("lag_seconds", "age of the oldest row not sent");
    GaugeSnapshot.Builder backlog =
        gauge("backlog_rows", "rows not sent yet that are sent beside what is live");
    GaugeSnapshot.Builder liveLag =
        gauge(
            "live_lag_seconds",
            "age of the newest row that the receiver has, while newer ones wait");
    GaugeSnapshot.Builder letters = gauge("dead_letters", "refused rows set aside");
    Instant now = clock.now();
    for (Forwarder forwarder : forwarders.all()) {
      ForwarderStatus status = forwarder.status(now);
      Labels labels = Labels.of("forwarder", status.name());
      sent.dataPoint(count(labels, (double) status.sent()));
      refused.dataPoint(count(labels, (double) status.refused()));
      failures.dataPoint(count(labels, (double) status.failures()));
      bytes.dataPoint(count(labels, (double) status.bytes()));
      batches.dataPoint(count(labels, (double) status.batches()));
      sending.dataPoint(count(labels, status.sending().toNanos() / 1e9));
      lost.dataPoint(count(labels, (double) status.lostLetters()));
      lagRows.dataPoint(value(labels, (double) status.lagRows()));
      lagSeconds.dataPoint(value(labels, status.lag().toMillis() / 1000.0));
      backlog.dataPoint(value(labels, (double) status.backlogRows()));
      liveLag.dataPoint(value(labels, status.liveLag().toMillis() / 1000.0));
      letters.dataPoint(value(labels, (double) status.deadLetters()));
    }
    return MetricSnapshots.of(
        sent.build(),
        refused.build(),
        failures.build(),
        bytes.build(),
        batches.build(),
        sending.build(),
        lost.build(),
        lagRows.build(),
        lagSeconds.build(),
        backlog.build(),
        liveLag.build(),
        letters.build());
  }

  private static CounterSnapshot.Builder counter(String name, String help) {
    return CounterSnapshot.builder().name("deungdae_forwarder_" + name).help(help);
  }

  private static GaugeSnapshot.Builder gauge(String name, String help) {
    return GaugeSnapshot.builder().name("deungdae_forwarder_" + name).help(help);
  }

  private static CounterSnapshot.CounterDataPointSnapshot count(Labels labels, double value) {
    return CounterSnapshot.CounterDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  private static GaugeSnapshot.GaugeDataPointSnapshot value(Labels labels, double value) {
    return GaugeSnapshot.GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }
}
