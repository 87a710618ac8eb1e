package io.deungdae.control.run;

import io.deungdae.collector.driver.DeviceCounters;
import io.deungdae.collector.driver.DeviceCounters.Failure;
import io.deungdae.collector.driver.DeviceStatus;
import io.deungdae.collector.driver.LinkState;
import io.deungdae.collector.driver.RoundTrips;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.store.Board;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * What Prometheus is told of devices and their groups of tags. Everything is read when it is
 * scraped, from the devices that are then in force.
 */
final class DeviceMetrics implements MultiCollector {

  private final Devices devices;
  private final Board board;
  private final Clock clock;

  DeviceMetrics(Devices devices, Board board, Clock clock) {
    this.devices = devices;
    this.board = board;
    this.clock = clock;
  }

  @Override
  public MetricSnapshots collect() {
    List<MetricSnapshot> all = new ArrayList<>();
    statuses(all);
    all.add(failures());
    all.add(qualities());
    all.add(exchanges());
    long nowNs = clock.nanoTime();
    all.add(
        gauge(
            "deungdae_device_oldest_seconds",
            "age of the tag heard of least recently",
            d -> seconds(Ages.oldestMs(d.settings().tags(), board, nowNs))));
    groups(all, nowNs);
    return new MetricSnapshots(all);
  }

  private void statuses(List<MetricSnapshot> all) {
    all.add(count("deungdae_device_samples", "samples delivered", DeviceStatus::samples));
    all.add(
        count("deungdae_device_samples_bad", "bad samples delivered", DeviceStatus::badSamples));
    all.add(count("deungdae_device_requests", "exchanges on the wire", DeviceStatus::requests));
    all.add(count("deungdae_device_errors", "failures", DeviceStatus::errors));
    all.add(
        count(
            "deungdae_device_reconnects",
            "times the link was made again",
            DeviceStatus::reconnects));
    all.add(count("deungdae_device_overruns", "scans missed", DeviceStatus::overruns));
    all.add(count("deungdae_device_writes", "setpoints written", DeviceStatus::writes));
    all.add(
        gauge(
            "deungdae_device_up",
            "1 while values flow",
            d -> d.agent().status().state() == LinkState.UP ? 1 : 0));
    all.add(
        gauge(
            "deungdae_device_round_trip_seconds",
            "last exchange",
            d -> d.agent().status().roundTripMicros() / 1e6));
    all.add(
        gauge(
            "deungdae_device_samples_per_second",
            "over the last ten seconds",
            d -> d.rate().perSecond()));
  }

  private CounterSnapshot count(String name, String help, ToLongFunction<DeviceStatus> value) {
    CounterSnapshot.Builder builder = CounterSnapshot.builder().name(name).help(help);
    for (Devices.Running device : devices.all()) {
      builder.dataPoint(point(labels(device), value.applyAsLong(device.agent().status())));
    }
    return builder.build();
  }

  private GaugeSnapshot gauge(String name, String help, ToDoubleFunction<Devices.Running> value) {
    GaugeSnapshot.Builder builder = GaugeSnapshot.builder().name(name).help(help);
    for (Devices.Running device : devices.all()) {
      builder.dataPoint(
          GaugeSnapshot.GaugeDataPointSnapshot.builder()
              .labels(labels(device))
              .value(value.applyAsDouble(device))
              .build());
    }
    return builder.build();
  }

  private CounterSnapshot failures() {
    CounterSnapshot.Builder builder =
        CounterSnapshot.builder().name("deungdae_device_failures").help("failures by kind");
    for (Devices.Running device : devices.all()) {
      for (Failure kind : Failure.values()) {
        builder.dataPoint(
            point(
                labels(device).add("kind", lower(kind)), device.agent().counters().failures(kind)));
      }
    }
    return builder.build();
  }

  private CounterSnapshot qualities() {
    CounterSnapshot.Builder builder =
        CounterSnapshot.builder().name("deungdae_device_quality").help("samples by quality");
    for (Devices.Running device : devices.all()) {
      for (Quality quality : Quality.values()) {
        builder.dataPoint(
            point(
                labels(device).add("quality", lower(quality)),
                device.agent().counters().samples(quality)));
      }
    }
    return builder.build();
  }

  private HistogramSnapshot exchanges() {
    HistogramSnapshot.Builder builder =
        HistogramSnapshot.builder()
            .name("deungdae_device_exchange_seconds")
            .help("how long exchanges took");
    for (Devices.Running device : devices.all()) {
      RoundTrips trips = device.agent().counters().roundTrips();
      ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
      for (RoundTrips.Step step : trips.steps()) {
        double end =
            step.upToMicros() == Long.MAX_VALUE
                ? Double.POSITIVE_INFINITY
                : step.upToMicros() / 1e6;
        buckets.bucket(end, step.count());
      }
      builder.dataPoint(
          HistogramSnapshot.HistogramDataPointSnapshot.builder()
              .labels(labels(device))
              .classicHistogramBuckets(buckets.build())
              .sum(trips.sumMicros() / 1e6)
              .build());
    }
    return builder.build();
  }

  private void groups(List<MetricSnapshot> all, long nowNs) {
    CounterSnapshot.Builder samples =
        CounterSnapshot.builder().name("deungdae_group_samples").help("samples delivered");
    CounterSnapshot.Builder bad =
        CounterSnapshot.builder().name("deungdae_group_samples_bad").help("bad samples delivered");
    GaugeSnapshot.Builder tags =
        GaugeSnapshot.builder().name("deungdae_group_tags").help("tags of the group");
    GaugeSnapshot.Builder oldest =
        GaugeSnapshot.builder()
            .name("deungdae_group_oldest_seconds")
            .help("age of the tag heard of least recently");
    CounterSnapshot.Builder qualities =
        CounterSnapshot.builder().name("deungdae_group_quality").help("samples by quality");
    SummarySnapshot.Builder delays =
        SummarySnapshot.builder()
            .name("deungdae_group_delay_seconds")
            .help("from the device's time of a good sample to its arrival");
    for (Devices.Running device : devices.all()) {
      for (DeviceCounters.Group group : device.agent().counters().groups()) {
        Labels labels = labels(device).add("group", group.name());
        samples.dataPoint(point(labels, group.samples()));
        bad.dataPoint(point(labels, group.badSamples()));
        tags.dataPoint(gaugePoint(labels, group.tags().size()));
        oldest.dataPoint(gaugePoint(labels, seconds(Ages.oldestMs(group.tags(), board, nowNs))));
        delays.dataPoint(delay(labels, group));
        for (Quality quality : Quality.values()) {
          if (group.samples(quality) > 0) { // there are many groups, and few qualities in each
            qualities.dataPoint(
                point(labels.add("quality", lower(quality)), group.samples(quality)));
          }
        }
      }
    }
    all.addAll(
        List.of(
            samples.build(),
            bad.build(),
            tags.build(),
            oldest.build(),
            qualities.build(),
            delays.build()));
  }

  private static SummarySnapshot.SummaryDataPointSnapshot delay(
      Labels labels, DeviceCounters.Group group) {
    return SummarySnapshot.SummaryDataPointSnapshot.builder()
        .labels(labels)
        .count(group.timedSamples())
        .sum(group.delayMicros() / 1e6)
        .build();
  }

  private static Labels labels(Devices.Running device) {
    return Labels.of("device", device.settings().name(), "protocol", device.settings().protocol());
  }

  private static CounterSnapshot.CounterDataPointSnapshot point(Labels labels, long value) {
    return CounterSnapshot.CounterDataPointSnapshot.builder()
        .labels(labels)
        .value((double) value)
        .build();
  }

  private static GaugeSnapshot.GaugeDataPointSnapshot gaugePoint(Labels labels, double value) {
    return GaugeSnapshot.GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  private static double seconds(long ms) {
    return ms < 0 ? Double.NaN : ms / 1000.0;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
